import type { Environment } from "../core/environment.ts";
import { type SeededRandom, seededRandom } from "../core/seeded-random.ts";
import type { Tool } from "../core/tool.ts";
import { toolDocument } from "../core/tool-document.ts";
import type { WritableCall } from "../episode/renderer.ts";
import type { EpisodeSetting } from "../episode/setting.ts";
import { hiddenAt } from "../task/held-out.ts";
import { momentKey, type Policy } from "./policy.ts";
import { randomFields, randomValue, type ValueSchema } from "./random-value.ts";

/** How often a tool's own candidates for an argument are tried before any value that fits. */
const candidateShare = 0.8;
const endOfTurnShare = 0.3;
const mostCalls = 3;

/**
 * Calls tools at random, with arguments that they take. What it does at a point of an episode depends on the seed, the task, the
 * sample and that point alone, so neither other episodes nor concurrency change it.
 */
export function randomPolicy(seed: number): Policy {
  return {
    name: "random",
    async respond(moment) {
      const { setting, episode } = moment;
      const random = seededRandom(`random policy ${seed} ${momentKey(moment)}`);
      if (random.number() < endOfTurnShare) return { role: "assistant", content: "Done." };
      const hidden = hiddenAt(setting.task.turns, episode.turns.length - 1);
      const calls = Array.from({ length: 1 + random.below(mostCalls) }, () =>
        randomCall(setting, episode.state, hidden, random),
      );
      return setting.renderer.write(calls);
    },
  };
}

function randomCall(
  { environment, task }: EpisodeSetting,
  state: object,
  hidden: ReadonlySet<string>,
  random: SeededRandom,
): WritableCall {
  const names = Object.keys(environment.tools).filter((name) => !hidden.has(name));
  for (let attempts = 0; attempts < 200; attempts++) {
    const tool = random.pick(names);
    const args = randomArguments(environment, tool, state, random);
    if (environment.tools[tool]!.spec.args.safeParse(args).success) return { tool, args };
  }
  throw new Error(`${task.id}: found no arguments that a tool takes`);
}

function randomArguments(
  environment: Environment,
  name: string,
  state: object,
  random: SeededRandom,
): Record<string, unknown> {
  const tool: Tool = environment.tools[name]!;
  const { candidates = {} } = tool.spec;
  const own = stateOf(environment, name, state);
  return randomFields(toolDocument(name, tool).parameters as ValueSchema, random, (argument, schema) => {
    const listed = random.number() < candidateShare ? (candidates[argument]?.(own) ?? []) : [];
    return listed.length > 0 ? random.pick(listed) : randomValue(schema, random);
  });
}

/** The state of the environment that owns a tool; only a joined one keeps its parts' states under their names. */
function stateOf(environment: Environment, tool: string, state: object): unknown {
  const [name, part] = Object.entries(environment.parts).find(([, { tools }]) => Object.hasOwn(tools, tool))!;
  return part === environment ? state : (state as Readonly<Record<string, unknown>>)[name];
}

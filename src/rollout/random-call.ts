import type { Environment } from "../core/environment.ts";
import { ownerOf } from "../core/owner.ts";
import type { SeededRandom } from "../core/seeded-random.ts";
import type { Tool } from "../core/tool.ts";
import { toolDocument } from "../core/tool-document.ts";
import type { WritableCall } from "../episode/renderer.ts";
import { randomFields, randomValue, type ValueSchema } from "./random-value.ts";

/** How often a tool's own candidates for an argument are tried before any value that fits. */
const candidateShare = 0.8;

/** A call of a tool that is not hidden, with arguments that it takes: mostly the tool's own candidates in that state. */
export function randomCall(
  environment: Environment,
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
  throw new Error(`${environment.name}: found no arguments that a tool takes`);
}

function randomArguments(
  environment: Environment,
  name: string,
  state: object,
  random: SeededRandom,
): Record<string, unknown> {
  const tool: Tool = environment.tools[name]!;
  const { candidates = {} } = tool.spec;
  const own = ownerOf(environment, name, state)!.state;
  return randomFields(toolDocument(name, tool).parameters as ValueSchema, random, (argument, schema) => {
    const listed = random.number() < candidateShare ? (candidates[argument]?.(own) ?? []) : [];
    return listed.length > 0 ? random.pick(listed) : randomValue(schema, random);
  });
}

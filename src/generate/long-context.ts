import type { SeededRandom } from "../core/seeded-random.ts";
import type { Task } from "../task/task.ts";
import type { Conversation } from "./conversation.ts";
import { plainTurns, taskOf, type Worded } from "./variants.ts";
import type { World } from "./world.ts";

/** Why no long-context tasks can be had; undefined where they can. */
export function longContextReason(
  world: World,
  config: Conversation["config"],
  extension: unknown,
): string | undefined {
  if (isExtended(world, config, extension) || enlargers(world).length > 0) return undefined;
  const names = world.parts.join(" and ");
  return extension === undefined
    ? `no extension is given, and ${names} has no requests with 'enlarge'`
    : `the extension adds nothing to ${names}, which has no requests with 'enlarge'`;
}

/** The conversation in a fuller world: with the extension where that changes anything, else from enlarged configs. */
export function longContextOf(
  world: World,
  worded: Worded,
  extension: unknown,
  random: SeededRandom,
): Task | undefined {
  const turns = plainTurns(worded);
  if (isExtended(world, worded.config, extension)) return taskOf(world, worded, "long_context", turns, true);
  const config: Record<string, unknown> = { ...worded.config };
  for (const { environment, enlarge } of enlargers(world)) {
    const part = world.parts.find((name) => world.environment.parts[name] === environment)!;
    config[part] = enlarge!(config[part] ?? {}, random);
  }
  // An author may leave a config as it is, which makes no long context.
  if (JSON.stringify(config) === JSON.stringify(worded.config)) return undefined;
  return taskOf(world, { ...worded, config }, "long_context", turns);
}

const enlargers = ({ requests, environment }: World) =>
  requests.filter((one) => one.enlarge && Object.values(environment.parts).includes(one.environment));

function isExtended({ environment }: World, config: Conversation["config"], extension: unknown): boolean {
  if (extension === undefined) return false;
  return JSON.stringify(environment.init(config)) !== JSON.stringify(environment.init(config, extension));
}

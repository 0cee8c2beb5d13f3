import type { Environment } from "../core/environment.ts";
import { type SeededRandom, seededRandom } from "../core/seeded-random.ts";
import { categories as allCategories, type Task } from "../task/task.ts";
import { compose, type Shape, type Usage } from "./compose.ts";
import type { Conversation } from "./conversation.ts";
import type { Requests } from "./define-requests.ts";
import type { Range } from "./dice.ts";
import { flawOf } from "./flaw.ts";
import { longContextOf, longContextReason } from "./long-context.ts";
import { plainTurns, taskOf, type Worded, withMissingTool, withMissingValue, word } from "./variants.ts";
import { type World, worldOf } from "./world.ts";

/** Configs to start from: a list to pick from, or a seeded function. Of several joined environments: by their names. */
export type StartingConfigs = readonly unknown[] | ((random: SeededRandom) => unknown);

export interface GenerateOptions {
  /** One environment, or several joined. */
  readonly environment: Environment;
  readonly configs: StartingConfigs;
  /** How many tasks. */
  readonly count: number;
  /** 0 unless given. */
  readonly seed?: number | string;
  /** All four unless given. Each conversation becomes one task of each of them. */
  readonly categories?: readonly Task["category"][];
  /** The calls of a task (3 to 8), least and most. */
  readonly calls?: Range;
  /** The turns of a conversation (2 to 4), before a missing tool or value adds one. */
  readonly turns?: Range;
  /** How users speak of the environments; tools without a request are worded from their descriptions. */
  readonly requests?: readonly Requests[];
  /** What long-context mode adds; tasks of that category then say `longContext`. */
  readonly extension?: unknown;
}

export interface Generated {
  readonly tasks: readonly Task[];
  /** Conversations begun. */
  readonly attempts: number;
  /** Conversations given up, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Categories that cannot be had, with the reason. */
  readonly left: Readonly<Partial<Record<Task["category"], string>>>;
}

/** So many conversations in a row without a task, and the rest is given up. */
const patience = 1000;

/**
 * Composes tasks out of calls that were executed, each verified by execution. The same options make the same tasks, to the
 * byte. Where fewer come back than were asked for, `rejected` says why.
 */
export function generateTasks(options: GenerateOptions): Generated {
  const { environment, configs, count, seed = 0, requests = [], extension } = options;
  const shape: Shape = {
    calls: rangeOf("calls", options.calls ?? [3, 8]),
    turns: rangeOf("turns", options.turns ?? [2, 4]),
  };
  if (shape.turns[0] > shape.calls[1])
    throw new Error(`${shape.turns[0]} turns need as many calls, and no task may have more than ${shape.calls[1]}`);
  if (!Number.isInteger(count) || count < 0) throw new Error(`count must be a whole number from 0, not ${count}`);
  const world = worldOf(environment, requests);
  const draw = configOf(world, configs);
  const random = seededRandom(JSON.stringify(["generate", String(seed), world.parts]));
  const left: Partial<Record<Task["category"], string>> = {};
  const wanted = [...new Set(options.categories ?? allCategories)];
  const reason = wanted.includes("long_context") && longContextReason(world, draw(seededRandom("probe")), extension);
  if (reason) left.long_context = reason;
  const categories = wanted.filter((category) => left[category] === undefined);
  const tasks: Task[] = [];
  const rejected = new Map<string, number>();
  const families = new Set<string>();
  const usage: Usage = new Map();
  let attempts = 0;
  let inVain = 0;
  while (tasks.length < count && inVain < patience && categories.length > 0) {
    attempts++;
    const config = draw(random);
    const start = world.environment.init(config);
    const made = compose(world, config, start, shape, usage, random);
    const family = made === "tooShort" ? made : familyOf(world, made, start, categories, families, extension, random);
    if (typeof family === "string") {
      rejected.set(family, (rejected.get(family) ?? 0) + 1);
      inVain++;
      continue;
    }
    inVain = 0;
    tasks.push(...family.slice(0, count - tasks.length));
  }
  const sorted = [...rejected].sort(([a], [b]) => (a < b ? -1 : 1));
  return { tasks, attempts, rejected: Object.fromEntries(sorted), left };
}

/** One verified task of each category, or why there is none. */
function familyOf(
  world: World,
  conversation: Conversation,
  start: object,
  categories: readonly Task["category"][],
  families: Set<string>,
  extension: unknown,
  random: SeededRandom,
): readonly Task[] | string {
  const worded = word(world, conversation, random);
  if (families.has(worded.family)) return "repeated";
  const plain = taskOf(world, worded, "base", plainTurns(worded));
  const flaw = flawOf(plain, world, undefined);
  if (flaw) return flaw.rule;
  const tasks: Task[] = [];
  for (const category of categories) {
    const task = category === "base" ? plain : variantOf(world, worded, start, category, extension, random);
    if (!task || (task !== plain && flawOf(task, world, extension))) return `no ${category}`;
    tasks.push(task);
  }
  families.add(worded.family);
  return tasks;
}

function variantOf(
  world: World,
  worded: Worded,
  start: object,
  category: Exclude<Task["category"], "base">,
  extension: unknown,
  random: SeededRandom,
): Task | undefined {
  if (category === "long_context") return longContextOf(world, worded, extension, random);
  const turns =
    category === "miss_func"
      ? withMissingTool(world, worded, start, random)
      : withMissingValue(world, worded, start, random);
  return turns && taskOf(world, worded, category, turns);
}

/** Draws a config by environment, as tasks hold it. */
function configOf(world: World, configs: StartingConfigs): (random: SeededRandom) => Conversation["config"] {
  if (typeof configs !== "function" && configs.length === 0)
    throw new Error(`${world.environment.name}: there is no config to start from; give one or more`);
  return (random) => {
    const config = typeof configs === "function" ? configs(random) : random.pick(configs);
    const [part, ...others] = world.parts;
    return (others.length === 0 ? { [part!]: config } : config) as Conversation["config"];
  };
}

function rangeOf(name: string, range: Range): Range {
  const [least, greatest] = range;
  if (Number.isInteger(least) && Number.isInteger(greatest) && least >= 1 && greatest >= least) return range;
  throw new Error(`${name} must be two whole numbers from 1, the least and the greatest, not [${range.join(", ")}]`);
}

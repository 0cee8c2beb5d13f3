import { sha256 } from "../../core/canonical.ts";
import type { Environment } from "../../core/environment.ts";
import { joinEnvironments } from "../../core/join.ts";
import type { Hints } from "../../feedback/define-hints.ts";
import type { Requests } from "../../generate/define-requests.ts";
import { generateTasks, type StartingConfigs } from "../../generate/generate-tasks.ts";
import type { Reward } from "../../progress/reward.ts";
import type { Task } from "../../task/task.ts";
import { endsAlone } from "./ends-alone.ts";
import { checkSides, type LearnabilitySubject } from "./subject.ts";

/** How a subject's tasks are composed. */
interface SubjectTasks {
  readonly configs: StartingConfigs;
  /** How users speak of the environment; without it they speak as the tools' descriptions do. */
  readonly requests?: readonly Requests[];
  /** Tasks to learn from (48) and to be tested on (24), of different families. */
  readonly count?: number;
  readonly heldOut?: number;
  /** Base, missing tools and missing values in turn unless given: a long context is nothing that a linear policy would notice. */
  readonly categories?: readonly Task["category"][];
  readonly seed?: number | string;
  /** The share of families whose users name the ends and not the means (0.5); those are what hints are for. */
  readonly endsAlone?: number;
}

export interface GeneratedSubject extends SubjectTasks {
  readonly hints: Hints;
  readonly name?: string;
  readonly reward?: Reward;
}

/** Probes an environment on generated tasks. Throws where no two families can be composed. */
export function generatedSubject(parts: GeneratedSubject): LearnabilitySubject {
  const { hints, reward, name = hints.environment.name } = parts;
  const { environment } = hints;
  const joined = joinedAlone(environment);
  return {
    ...{ name, environmentOf: () => joined, hints: { [environment.name]: hints } },
    ...composedTasks(joined, parts),
    ...(reward ? { reward } : {}),
  };
}

/** So many times the conversations that are needed are composed, to find some with means that can be left out. */
const surplus = 2;

/** Generated tasks, those to learn from and those to be tested on. Throws where there are too few. */
function composedTasks(environment: Environment, parts: SubjectTasks): Pick<LearnabilitySubject, "tasks" | "heldOut"> {
  const { configs, requests = [], count = 48, heldOut = 24, seed = 0, endsAlone: share = 0.5 } = parts;
  const wanted = count + heldOut;
  const compose = (categories: readonly Task["category"][]) =>
    generateTasks({
      ...{ environment, configs, requests, categories, seed: `learnability ${seed}` },
      ...{ calls: [2, 5], turns: [1, 3], count: surplus * wanted * categories.length },
    });
  let generated = compose(parts.categories ?? ["base", "miss_func", "miss_param"]);
  // Some environments have no tool that could be missing, or no value.
  if (generated.tasks.length === 0) generated = compose(["base"]);
  const tasks = chosenOf(environment, generated.tasks, share, wanted);
  const families = [...new Set(tasks.map(({ family }) => family))];
  if (families.length < 2) {
    const reasons = Object.entries(generated.rejected).map(([reason, times]) => `${reason}: ${times}`);
    throw new Error(
      `${environment.name}: the probe needs tasks of two families at least, and ${families.length} could be composed (${reasons.join(", ") || "no reason known"}); give more configs, candidates or requests, or tasks of your own`,
    );
  }
  const most = Math.round((families.length * count) / wanted);
  const learned = new Set(families.slice(0, Math.min(families.length - 1, Math.max(1, most))));
  return {
    tasks: tasks.filter(({ family }) => learned.has(family)),
    heldOut: tasks.filter(({ family }) => !learned.has(family)),
  };
}

/**
 * One task a family, the categories in turn. Up to a share of them have their means left out, where there are so many; both kinds
 * come to both sides of the split.
 */
function chosenOf(environment: Environment, all: readonly Task[], share: number, wanted: number): readonly Task[] {
  const families = new Map<string, Task[]>();
  for (const task of all) families.set(task.family, [...(families.get(task.family) ?? []), task]);
  const [plain, curt]: [Task[], Task[]] = [[], []];
  for (const [index, family] of [...families.values()].entries()) {
    const task = family[index % family.length]!;
    const told = curt.length < share * wanted ? endsAlone(task, environment) : task;
    (told === task ? plain : curt).push(told);
  }
  const placed = [curt, plain.slice(0, wanted - curt.length)].flatMap((list) =>
    list.map((task, index) => ({ task, at: (index + 0.5) / list.length })),
  );
  return placed.sort((one, other) => one.at - other.at).map(({ task }) => task);
}

export interface GivenSubject {
  readonly hints: Hints | readonly Hints[];
  readonly tasks: readonly Task[];
  /** Of other families than `tasks`; about a third of its families, drawn by their names, unless given. */
  readonly heldOut?: readonly Task[];
  readonly name?: string;
  readonly reward?: Reward;
  /** Needed where a task joins several environments. */
  readonly environmentOf?: LearnabilitySubject["environmentOf"];
}

/** Probes an environment on tasks of its own. Throws where a family stands on both sides, a side is empty, or an id comes twice. */
export function givenSubject(parts: GivenSubject): LearnabilitySubject {
  const { tasks: all, reward } = parts;
  const list = "environment" in parts.hints ? [parts.hints] : parts.hints;
  const library = Object.fromEntries(list.map((one) => [one.environment.name, one]));
  const { name = Object.keys(library).join("+"), environmentOf = (names) => environmentIn(library, names) } = parts;
  const sides = parts.heldOut ? { tasks: all, heldOut: parts.heldOut } : splitTasks(all);
  checkSides({ name, ...sides });
  return { name, environmentOf, hints: library, ...sides, ...(reward ? { reward } : {}) };
}

function environmentIn(library: Readonly<Record<string, Hints>>, [name, ...others]: readonly string[]): Environment {
  const hints = others.length === 0 && name !== undefined ? library[name] : undefined;
  if (hints) return joinedAlone(hints.environment);
  throw new Error(`a task joins ${[name, ...others].join(", ")}; give environmentOf, which joins them`);
}

/** A third of the families, by the hash of their names, is held out. */
function splitTasks(all: readonly Task[]): Pick<LearnabilitySubject, "tasks" | "heldOut"> {
  const families = [...new Set(all.map(({ family }) => family))].sort(
    (a, b) => chance(`split ${a}`) - chance(`split ${b}`) || (a < b ? -1 : 1),
  );
  const held = new Set(families.slice(0, Math.max(1, Math.round(families.length / 3))));
  return {
    tasks: all.filter(({ family }) => !held.has(family)),
    heldOut: all.filter(({ family }) => held.has(family)),
  };
}

/** As tasks have their environments: with config and state under the name, be it of one alone. */
const joinedAlone = (environment: Environment): Environment =>
  joinEnvironments({ [environment.name]: environment }, environment.notation) as Environment;

const chance = (text: string): number => Number.parseInt(sha256(text).slice(0, 8), 16) / 2 ** 32;

import { sha256 } from "../core/canonical.ts";
import type { Environment } from "../core/environment.ts";
import { ownerOf } from "../core/owner.ts";
import { seededRandom } from "../core/seeded-random.ts";
import type { Task, TaskCall, TaskTurn } from "../task/task.ts";
import { shuffled } from "./dice.ts";
import { flawOf } from "./flaw.ts";
import { leavesOf } from "./leaves.ts";
import { inDocument, occurs } from "./readable.ts";
import { renamedGoal, stillNames } from "./renamed-goal.ts";
import { likeValue, type Renaming, renamed, renamedText } from "./renaming.ts";
import { type World, worldOf } from "./world.ts";

export interface MutateOptions {
  /** 0 unless given. */
  readonly seed?: number | string;
  readonly extension?: unknown;
}

export interface Mutation {
  /** Of the original's family: a split by family keeps the two together. */
  readonly task: Task;
  /** What was replaced, by the old value. */
  readonly renamed: Readonly<Record<string, string | number>>;
  /** Values of calls that stayed, because the environment or the wording depends on them. */
  readonly kept: readonly (string | number)[];
}

const triesPerValue = 3;

/**
 * The same task with other names and values: the same calls of the same tools in the same turns, changed alike in config,
 * messages, calls and goals, and verified by execution. Every value is tried by itself and stays where the task no longer holds with
 * another. Undefined where the task does not hold to begin with, or nothing in it can change.
 */
export function mutateTask(task: Task, environment: Environment, options: MutateOptions = {}): Mutation | undefined {
  const { seed = 0, extension } = options;
  const world = worldOf(environment, []);
  const random = seededRandom(JSON.stringify(["mutate", String(seed), task.id]));
  const original = shapeOf(task, world, extension);
  if (!original || flawOf(task, world, extension)) return undefined;
  const renaming = new Map<string | number, string | number>();
  let mutant: Task | undefined;
  const values = shuffled(random, valuesOf(task, world, extension));
  for (const value of values)
    for (let tries = 0; tries < triesPerValue; tries++) {
      const other = likeValue(value, random);
      if (other === value || [...renaming.values()].includes(other) || isWritten(other, task)) continue;
      const next: Renaming = new Map([...renaming, [value, other]]);
      const rewritten = rewrite(task, next, world, extension);
      if (!rewritten || !isFree(value, rewritten, world, extension)) continue;
      if (shapeOf(rewritten, world, extension) !== original || flawOf(rewritten, world, extension)) continue;
      renaming.set(value, other);
      mutant = rewritten;
      break;
    }
  if (!mutant) return undefined;
  const id = `${task.id}_mutant_${sha256(JSON.stringify([mutant.config, mutant.turns])).slice(0, 8)}`;
  return {
    task: { ...mutant, id },
    renamed: Object.fromEntries([...renaming].map(([from, to]) => [String(from), to])),
    kept: values.filter((value) => !renaming.has(value)),
  };
}

/** The texts and numbers of calls that no earlier answer gives: the task's own, to be replaced. */
function valuesOf(task: Task, { environment, toolNamed }: World, extension: unknown): (string | number)[] {
  const values = new Set<string | number>();
  const answered = new Set<string | number>();
  const said: string[] = [];
  let state: object = environment.init(task.config, task.longContext ? extension : undefined);
  for (const { user, groundTruth } of task.turns) {
    said.push(user);
    for (const call of groundTruth) {
      const tool = toolNamed.get(call.tool)?.tool;
      for (const { value } of leavesOf(call.args))
        if (!answered.has(value) && tool && value !== "" && !inDocument(value, call.tool, tool)) values.add(value);
      const step = environment.step(state, call);
      state = step.state;
      if (step.outcome.ok)
        for (const { value } of leavesOf(step.outcome.value)) if (!values.has(value)) answered.add(value);
    }
  }
  // A small number is in too many places for another reason.
  return [...values].filter((value) => typeof value !== "number" || !Number.isInteger(value) || Math.abs(value) >= 10);
}

/**
 * The task with values replaced: config, messages, calls, goals. What calls and later messages take from answers is taken from the
 * new answers, at the same place. Undefined where a call fails, or an answer has no such place.
 */
function rewrite(task: Task, renaming: Renaming, { environment }: World, extension: unknown): Task | undefined {
  const config = renamed(task.config, renaming) as Task["config"];
  let before: object;
  let state: object;
  try {
    before = environment.init(task.config, task.longContext ? extension : undefined);
    state = environment.init(config, task.longContext ? extension : undefined);
  } catch {
    return undefined;
  }
  const current = new Map(renaming);
  /** Old answers that are no longer given: nobody may still speak of them. */
  const gone = new Set<string | number>();
  const isStale = (text: string) => [...gone].some((value) => occurs(value, text));
  /** What stands now where an answer had a value: the latest, as it stands there. */
  const answers = new Map<string | number, unknown>();
  const said: string[] = [];
  const argument = (value: unknown): unknown => {
    const [leaf] = leavesOf(value);
    const isAnswer =
      leaf?.path.length === 0 && answers.has(leaf.value) && !said.some((text) => occurs(leaf.value, text));
    return isAnswer ? answers.get(leaf.value) : renamed(value, new Map(current));
  };
  const turns: TaskTurn[] = [];
  for (const turn of task.turns) {
    said.push(turn.user);
    const user = renamedText(turn.user, new Map(current));
    if (isStale(user)) return undefined;
    const groundTruth: TaskCall[] = [];
    for (const call of turn.groundTruth) {
      const args = Object.fromEntries(Object.entries(call.args).map(([name, value]) => [name, argument(value)]));
      if (leavesOf(args).some(({ value }) => gone.has(value) || (typeof value === "string" && isStale(value))))
        return undefined;
      const old = environment.step(before, call);
      const step = environment.step(state, { tool: call.tool, args });
      if (!step.outcome.ok || !old.outcome.ok) return undefined;
      [before, state] = [old.state, step.state];
      groundTruth.push({ tool: call.tool, args });
      const news = new Map(leavesOf(step.outcome.value).map((leaf) => [leaf.path.join("\n"), leaf]));
      for (const { path, value } of leavesOf(old.outcome.value)) {
        const other = news.get(path.map((key) => renamedText(key, current)).join("\n"));
        if (other) answers.set(value, other.raw);
        if (other?.value === value || current.has(value)) continue;
        if (other) current.set(value, other.value);
        if (isDistinct(value)) gone.add(value);
      }
    }
    const goal = turn.goal && renamedGoal(turn.goal, new Map(current));
    if (goal && stillNames(goal, renaming)) return undefined;
    if (leavesOf(goal).some(({ value }) => gone.has(value) || (typeof value === "string" && isStale(value))))
      return undefined;
    turns.push({ ...turn, user, groundTruth, ...(goal ? { goal } : {}) });
  }
  return { ...task, config, turns };
}

/** Whether a value in a message can hardly mean anything else. */
const isDistinct = (value: string | number): boolean =>
  typeof value === "string" ? value.length >= 4 : Math.abs(value) >= 100 || !Number.isInteger(value);

/** Whether the environment has stopped offering a value, now that nothing in the task says it: else it is the environment's own. */
function isFree(value: string | number, task: Task, world: World, extension: unknown): boolean {
  const start: object = world.environment.init(task.config, task.longContext ? extension : undefined);
  const random = seededRandom("");
  const used = new Set(task.turns.flatMap(({ groundTruth }) => groundTruth.map(({ tool }) => tool)));
  return world.tools.every(({ name, tool }) => {
    if (!used.has(name)) return true;
    const own = ownerOf(world.environment, name, start)!.state;
    return Object.values(tool.spec.candidates ?? {}).every(
      (candidates) => !leavesOf((candidates as any)(own, random)).some((leaf) => leaf.value === value),
    );
  });
}

const isWritten = (value: string | number, task: Task): boolean =>
  JSON.stringify([task.config, task.turns]).includes(String(value));

/** The calls and answers with every text and number left out; undefined where a call fails. */
function shapeOf(task: Task, { environment }: World, extension: unknown): string | undefined {
  let state: object = environment.init(task.config, task.longContext ? extension : undefined);
  const shapes: unknown[] = [];
  for (const { groundTruth } of task.turns)
    for (const call of groundTruth) {
      const step = environment.step(state, call);
      if (!step.outcome.ok) return undefined;
      state = step.state;
      shapes.push([call.tool, skeleton(call.args), skeleton(step.outcome.value)]);
    }
  return JSON.stringify(shapes);
}

/** What is left of a value without its texts and numbers: how many of what, nested how; names of fields may be renamed. */
function skeleton(value: unknown): unknown {
  if (typeof value === "string") return value === "" ? "" : "text";
  if (typeof value === "number") return 0;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(skeleton);
  return "$float" in value || "$int" in value ? 0 : Object.values(value).map(skeleton);
}

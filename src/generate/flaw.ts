import type { Call } from "../core/call.ts";
import { grade } from "../grading/grade.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import { profiles } from "../grading/profile.ts";
import { checkTask } from "../task/check.ts";
import type { Task } from "../task/task.ts";
import { groundedCalls } from "./grounding.ts";
import type { World } from "./world.ts";

/** What is wrong with a task: which rule it breaks, and where. */
export interface Flaw {
  readonly rule: "unusable" | "failingCall" | "groundTruthFails" | "unneededCall" | "ungrounded";
  readonly detail: string;
}

/**
 * Holds a task against what every generated one must be: loads without a warning; every call of its ground truth succeeds; it
 * passes under both profiles; without any one call it fails; every value can be read before it is needed.
 */
export function flawOf(task: Task, world: World, extension: unknown): Flaw | undefined {
  return unusable(task, world) ?? failing(task, world, extension) ?? graded(task, world, extension);
}

function unusable(task: Task, { environment }: World): Flaw | undefined {
  const { problems, warnings } = checkTask(task, (names) =>
    names.length === task.environments.length ? environment : (environment.parts[names[0]!] ?? environment),
  );
  const found = problems[0] ?? warnings[0];
  return found && { rule: "unusable", detail: `${found.path.join(".")}: ${found.message}` };
}

/** The calls one by one: each succeeds, with values that were read before. */
function failing(task: Task, { environment }: World, extension: unknown): Flaw | undefined {
  for (const { call, outcome, ungrounded } of groundedCalls(task, environment, extension)) {
    if (ungrounded.length > 0) return { rule: "ungrounded", detail: `${call.tool}.${ungrounded[0]!.path[0]}` };
    if (!outcome.ok) return { rule: "failingCall", detail: `${call.tool}.${outcome.error.code}` };
  }
  return undefined;
}

function graded(task: Task, { environment }: World, extension: unknown): Flaw | undefined {
  const truth = replayGroundTruth(task, environment, extension);
  for (const profile of Object.values(profiles)) {
    const { failure } = grade(truth, trajectory(truth), profile);
    if (failure) return { rule: "groundTruthFails", detail: failure.type };
  }
  for (const [turn, { groundTruth }] of task.turns.entries())
    for (const [position, { tool }] of groundTruth.entries())
      if (grade(truth, trajectory(truth, turn, position), profiles.bfcl).valid)
        return { rule: "unneededCall", detail: tool };
  return undefined;
}

/** The ground truth with each call a step of its own; without the one at a turn and position, if given. */
const trajectory = ({ task }: GroundTruth, withoutTurn = -1, withoutCall = -1): Call[][][] =>
  task.turns.map(({ groundTruth }, turn) =>
    groundTruth.filter((_, position) => turn !== withoutTurn || position !== withoutCall).map((call) => [call]),
  );

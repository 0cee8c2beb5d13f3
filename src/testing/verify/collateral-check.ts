import type { Call } from "../../core/call.ts";
import { seededRandom } from "../../core/seeded-random.ts";
import { grade } from "../../grading/grade.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import { profiles } from "../../grading/profile.ts";
import { changeText, type StateChange, stateChanges } from "../../grading/state-change.ts";
import { randomCall } from "../../rollout/random-call.ts";
import { alternatives, type Goal, isCallCondition } from "../../task/goal.ts";
import { hiddenAt } from "../../task/held-out.ts";
import type { Check, Finding } from "./check.ts";
import { lookAtTasks } from "./look-at-tasks.ts";
import { solutionOf, trajectoryOf, turnsOf } from "./passes-with.ts";

/** Random calls drawn after a turn in the hope of a change. */
const draws = 25;
const mostTried = 3;

export const collateralCheck: Check = {
  name: "collateral",
  ofTasks: true,
  statement: "a right solution with one more change, of something else, fails its turn",
  run(subject) {
    const findings: Finding[] = [];
    const figures = { turns: 0, changes: 0, noticed: 0, "turns without a change to try": 0 };
    lookAtTasks(subject, findings, (task, truth) => {
      const last = task.turns.findLastIndex(({ groundTruth }) => groundTruth.length > 0);
      for (const [turn, { goal }] of task.turns.entries()) {
        if (task.turns[turn]!.groundTruth.length === 0 || (!goal && turn !== last)) continue;
        figures.turns++;
        let tried = 0;
        for (const { call, change } of changesElsewhere(truth, turn, goal, subject.seed)) {
          if (++tried > mostTried) break;
          figures.changes++;
          if (!turnPasses(truth, turn, call)) figures.noticed++;
          else
            findings.push({
              ...{ task: task.id, turn, tool: call.tool },
              problem: `the turn is passed though ${call.tool}(${JSON.stringify(call.args)}) is called at its end, which changes ${changeText(change)}`,
              fix: goal
                ? "narrow the paths with * or ** in the goal's reach and mayChange to the records that the user speaks of"
                : "the environment's comparison does not see this change; correct its public attributes",
            });
        }
        if (tried === 0) figures["turns without a change to try"]++;
      }
    });
    return { findings, figures };
  },
};

interface Elsewhere {
  readonly call: Call;
  readonly change: StateChange;
}

/** Calls that succeed after a turn and change what neither its ground truth changed nor its goal names. */
function* changesElsewhere(
  truth: GroundTruth,
  turn: number,
  goal: Goal | undefined,
  seed: string,
): Generator<Elsewhere> {
  const { task, environment, initial, turns } = truth;
  const random = seededRandom(JSON.stringify([seed, "collateral", task.id, turn]));
  const hidden = hiddenAt(task.turns, turn);
  const { state } = turns[turn]!;
  let meant: ReadonlySet<string> | undefined;
  for (let drawn = 0; drawn < draws; drawn++) {
    const call = randomCall(environment, state, hidden, random) as Call;
    const step = environment.step(state, call);
    if (!step.outcome.ok || step.state === state || environment.same(state, step.state)) continue;
    const changes = stateChanges(environment, state, step.state);
    if (goal) {
      meant ??= meantRecords(goal, stateChanges(environment, turn === 0 ? initial : turns[turn - 1]!.state, state));
      if (changes.some(({ path }) => meant!.has(recordOf(path)))) continue;
    }
    yield { call, change: changes[0]! };
  }
}

/** What a turn is about: the records that its solution changes, and those that its goal names in full. */
function meantRecords({ reach, mayChange = [] }: Goal, solution: readonly StateChange[]): ReadonlySet<string> {
  const named = reach.flatMap(alternatives).flatMap((one) => (isCallCondition(one) ? [] : [one.path]));
  return new Set([...solution.map(({ path }) => path), ...named, ...mayChange].map(recordOf));
}

/** Environment, attribute and key: `ShopAPI/orders/1002`. */
const recordOf = (path: string): string => path.split("/").slice(0, 3).join("/");

function turnPasses(truth: GroundTruth, turn: number, extra: Call): boolean {
  const { task } = truth;
  const turns = solutionOf(task).with(turn, [...task.turns[turn]!.groundTruth, extra]);
  if (task.turns.some(({ goal }) => goal)) return grade(truth, trajectoryOf(turns), profiles.bfcl).turns[turn]!.passed;
  return grade(turnsOf(truth, turn, turn + 1), trajectoryOf([turns[turn]!]), profiles.bfcl).valid;
}

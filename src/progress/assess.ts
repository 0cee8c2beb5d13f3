import { type Execution, executeModelCall } from "../grading/execution.ts";
import { type GoalVerdict, judgeGoal } from "../grading/goal.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import type { Profile } from "../grading/profile.ts";
import { stateChanges } from "../grading/state-change.ts";
import { hiddenIn } from "../task/held-out.ts";
import { goalDifferences, goalOutputs } from "./goal-turn.ts";
import { once } from "./once.ts";
import type { PlayedEpisode, PlayedStep, PlayRules } from "./played.ts";
import type { TurnAssessment } from "./turn-assessment.ts";
import { turnReasons } from "./turn-reasons.ts";

/** An episode with every turn of its task judged; what rewards are computed from. */
export interface AssessedEpisode {
  readonly truth: GroundTruth;
  readonly played: PlayedEpisode;
  readonly profile: Profile;
  readonly rules: PlayRules;
  /** One for each turn of the task, whether or not the episode came to it. */
  readonly turns: readonly TurnAssessment[];
}

/**
 * Executes once more what a model called, and judges every turn against the ground truth, which advances whatever the model did,
 * or by its goal, where it has one.
 * A result serves once in an episode: what an earlier turn's ground truth has used up is not found again by a later one.
 */
export function assess(truth: GroundTruth, played: PlayedEpisode, profile: Profile, rules: PlayRules): AssessedEpisode {
  const { task, environment, initial } = truth;
  let state = initial;
  let truthBefore = initial;
  let hidden: ReadonlySet<string> = new Set();
  let unused: string[] = [];
  let earlier: readonly Execution[] = [];
  const turns = task.turns.map((turn, index): TurnAssessment => {
    const steps = played.turns[index] ?? [];
    const ended = index < played.turns.length - (played.ended === "completed" ? 0 : 1);
    const forced =
      steps.filter(({ calls, unreadable }) => calls.length > 0 || unreadable !== undefined).length > rules.stepLimit;
    if (rules.startOfTurn === "groundTruthState") state = truthBefore;
    hidden = hiddenIn(turn, hidden);
    const before = state;
    const executions: Execution[] = [];
    for (const call of executedCalls(steps)) {
      const execution = executeModelCall(environment, state, call, profile, profile.hidesHeldOutTools ? hidden : none);
      state = execution.state;
      executions.push(execution);
    }
    unused = [...unused, ...executions.map(({ text }) => text)];
    const after = state;
    const { state: truthAfter, texts } = truth.turns[index]!;
    const needsCalls = turn.groundTruth.length > 0;
    const acted = steps.some(({ calls }) => calls.length > 0);
    const abstained = !acted && !forced;
    let goal: GoalVerdict | undefined;
    let expected = texts;
    let missing: readonly string[];
    if (turn.goal) {
      goal = judgeGoal(turn.goal, environment, { before, after, executions, earlier });
      ({ expected, missing } = goalOutputs(turn.goal, goal));
    } else ({ missing, left: unused } = take(expected, unused));
    earlier = [...earlier, ...executions];
    const right = goal ? goal.state : needsCalls ? environment.same(after, truthAfter) : abstained;
    const told = goal ? goal.response : needsCalls ? missing.length === 0 : abstained;
    const scores = { state: ended && right ? 1 : 0, response: ended && told ? 1 : 0 };
    const called = !needsCalls || executions.length > 0;
    const assessed = {
      ...{ turn: index, ended, forced, needsCalls, acted, steps, executions },
      ...{ before, after, truthBefore, truthAfter, expected, missing },
      ...{ ...scores, score: called ? scores.state * scores.response : 0 },
      ...(goal && turn.goal ? { goal: { ...turn.goal, verdict: goal } } : {}),
      differences: once(() =>
        goal ? goalDifferences(goal, environment, after) : stateChanges(environment, after, truthAfter),
      ),
    };
    truthBefore = truthAfter;
    return { ...assessed, reasons: once(() => turnReasons(assessed, environment, rules)) };
  });
  return { truth, played, profile, rules, turns };
}
const none: ReadonlySet<string> = new Set();

const executedCalls = (steps: readonly PlayedStep[]) =>
  steps.filter(({ notExecuted }) => !notExecuted).flatMap(({ calls }) => calls);

/** Takes the expected texts out of those that are unused, later ones first: an old result is kept for where nothing else is. */
function take(expected: readonly string[], unused: readonly string[]) {
  const left = [...unused];
  const missing = expected.filter((text) => {
    const index = left.lastIndexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { missing, left };
}

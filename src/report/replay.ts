import { evaluationRules } from "../episode/rules.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { type Profile, profiles } from "../grading/profile.ts";
import { type StateChange, stateChanges } from "../grading/state-change.ts";
import { assess } from "../progress/assess.ts";
import type { TurnAssessment } from "../progress/turn-assessment.ts";
import { callText } from "../python/call-text.ts";
import type { PyValue } from "../python/value.ts";
import { playedOfTrace, type Trace } from "../rollout/trace.ts";
import type { Change, EpisodeReplay, Missing, TaskDetail } from "./report-data.ts";

/**
 * Executes a trace's calls again, from the task's initial state. A trace does not say under which profile it was played, nor where
 * its turns start: that is right which gives the results that were recorded.
 */
export function replayTrace(truth: GroundTruth, trace: Trace, likely: Profile): EpisodeReplay | Missing {
  const others = Object.values(profiles).filter((profile) => profile !== likely);
  for (const startOfTurn of ["modelState", "groundTruthState"] as const)
    for (const profile of [likely, ...others]) {
      const { turns } = assess(truth, playedOfTrace(trace), profile, { ...evaluationRules, startOfTurn });
      const played = turns.slice(0, trace.turns.length);
      if (played.every(isAsRecorded)) return { turns: played.map((turn) => turnReplay(truth, turn)) };
    }
  return {
    missing: "Replayed, its calls return other results than those recorded: tasks or environments have changed.",
  };
}

const executedSteps = ({ steps }: TurnAssessment) => steps.filter(({ notExecuted }) => !notExecuted);

function isAsRecorded(turn: TurnAssessment): boolean {
  const recorded = executedSteps(turn).flatMap(({ results }) => results);
  return recorded.every(({ text }, index) => text === turn.executions[index]?.text);
}

function turnReplay({ environment }: GroundTruth, turn: TurnAssessment): EpisodeReplay["turns"][number] {
  let { before } = turn;
  let next = 0;
  const steps = turn.steps.map(({ calls, notExecuted }) =>
    calls.map((): readonly Change[] => {
      if (notExecuted) return [];
      const { state } = turn.executions[next++]!;
      const changes = stateChanges(environment, before, state).map(changeOf);
      before = state;
      return changes;
    }),
  );
  return { steps, wrong: turn.differences().map(changeOf) };
}

/** A task's ground truth: its calls with their results, and what each turn changes. */
export function taskDetail({ task, environment, initial, turns }: GroundTruth): TaskDetail {
  let before = initial;
  return {
    turns: turns.map(({ texts, state }, turn) => {
      const calls = task.turns[turn]!.groundTruth.map(({ tool, args }, index) => ({
        call: callText(tool, Object.entries(args) as [string, PyValue][]),
        result: texts[index]!,
      }));
      const changes = stateChanges(environment, before, state).map(changeOf);
      before = state;
      return { calls, changes };
    }),
  };
}

const changeOf = ({ path, from, to }: StateChange): Change => ({
  path,
  ...(from === undefined ? {} : { from: valueText(from) }),
  ...(to === undefined ? {} : { to: valueText(to) }),
});

/** JSON, with floats as Python writes them. */
const valueText = (value: unknown): string => JSON.stringify(value).replace(/\{"\$float":"([^"]+)"\}/g, "$1");

import { z } from "zod";
import type { Call } from "../core/call.ts";
import { type Episode, playedOf } from "../episode/episode.ts";
import type { AssistantMessage } from "../episode/message.ts";
import type { EpisodeSetting } from "../episode/setting.ts";
import type { CallResult, EpisodeStep } from "../episode/transcript.ts";
import { hintLevels } from "../feedback/level.ts";
import { type Grade, grade, inferenceError } from "../grading/grade.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import type { Profile } from "../grading/profile.ts";
import { trajectoryOf, unexecutedTurns } from "../grading/trajectory.ts";
import { abstentionOf } from "../progress/abstention.ts";
import { assess } from "../progress/assess.ts";
import type { PlayedEpisode, PlayedStep } from "../progress/played.ts";
import type { Reward } from "../progress/reward.ts";
import { turnReasonCodes } from "../progress/turn-reason.ts";
import { categories } from "../task/task.ts";

/** Arguments are kept as they are: a schema for their keys would lose a model's `__proto__`. */
const argumentsByName = z.custom<Call["args"]>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  { error: "expected arguments by name" },
);
const ModelCall = z.union([
  z.string(),
  z.strictObject({ tool: z.string(), args: argumentsByName, positional: z.array(z.unknown()).optional() }),
]);
const ToolCall = z.strictObject({
  id: z.string(),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
});
const Message = z.strictObject({
  role: z.literal("assistant"),
  content: z.string().nullable(),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(ToolCall).optional(),
  tokens: z.int().nonnegative().optional(),
  cut: z.literal(true).optional(),
  raw: z.literal(true).optional(),
});
/** Whose fault something is, where it is not the model's. */
const othersFault = z.enum(["harness", "task"]).optional();
const Result = z.strictObject({
  text: z.string(),
  failure: z.string().optional(),
  hint: z
    .strictObject({
      level: z.enum(hintLevels).exclude(["off"]),
      text: z.string(),
      suggestion: z.strictObject({
        unmet: z.array(z.string()).optional(),
        argument: z.string().optional(),
        values: z.array(z.unknown()).optional(),
        tools: z.array(z.string()).optional(),
      }),
    })
    .optional(),
  fault: othersFault,
});
const Step = z.strictObject({
  /** What the model said, as it came. */
  message: Message,
  calls: z.array(ModelCall),
  results: z.array(Result),
  unreadable: z.string().optional(),
  notExecuted: z.literal(true).optional(),
  notice: z.string().optional(),
  fault: othersFault,
});
const TraceGrade = z.strictObject({
  valid: z.boolean(),
  failure: z.strictObject({ type: z.string(), turn: z.int().optional(), message: z.string() }).optional(),
  /** Turns passed, each judged on its own. */
  turns: z.array(z.boolean()),
  progress: z.number(),
  refusals: z.int(),
});

/** Why a turn failed, the most telling reason first. */
const Reason = z.strictObject({ code: z.enum(turnReasonCodes), message: z.string() });
const TraceReward = z.strictObject({
  name: z.string(),
  value: z.number(),
  turns: z.array(z.number()).optional(),
  parts: z.record(z.string(), z.number()).optional(),
});

/** The record of one episode, a line of `traces.jsonl`. Nothing in it depends on the clock or on other episodes. */
export const Trace = z.strictObject({
  id: z.string(),
  /** Which of the episodes of this task it is, from 0. */
  sample: z.int().nonnegative(),
  family: z.string(),
  category: z.enum(categories),
  policy: z.string(),
  ended: z.enum(["completed", "stepLimit", "tokenLimit", "aborted"]),
  /** Why it was aborted. */
  reason: z.string().optional(),
  fault: othersFault,
  turns: z.array(z.strictObject({ user: z.string(), steps: z.array(Step), reasons: z.array(Reason).optional() })),
  grade: TraceGrade,
  /** Its turns by whether calls were needed and made; see `Abstention`. */
  abstention: z.strictObject({ acted: z.int(), idle: z.int(), abstained: z.int(), rash: z.int() }),
  reward: TraceReward.optional(),
});
export type Trace = z.output<typeof Trace>;

/** The trace of an ended episode. Fields come in a fixed order, so that equal episodes have equal lines. */
export function traceOf(
  { truth, profile, rules }: EpisodeSetting,
  episode: Episode,
  { policy, sample, reward }: { readonly policy: string; readonly sample: number; readonly reward?: Reward },
): Trace {
  const { task } = truth;
  const { ending } = episode;
  if (!ending) throw new Error(`${task.id}: an episode that still goes on has no trace`);
  const assessed = assess(truth, playedOf(episode), profile, rules);
  const played = {
    id: task.id,
    sample,
    family: task.family,
    category: task.category,
    policy,
    ended: ending.why,
    ...("reason" in ending ? { reason: ending.reason, fault: ending.fault } : {}),
    turns: episode.turns.map((steps, index) => {
      const reasons = assessed.turns[index]!.reasons().map(({ code, message }) => ({ code, message }));
      const { user } = task.turns[index]!;
      return { user, steps: steps.map(stepOf), ...(reasons.length > 0 ? { reasons } : {}) };
    }),
  };
  return {
    ...played,
    grade: shortGrade(gradeTrace(truth, played, profile)),
    abstention: abstentionOf(assessed.turns),
    ...(reward ? { reward: { name: reward.name, ...reward.score(assessed) } as z.output<typeof TraceReward> } : {}),
  };
}

/** A recorded episode as rewards read it. */
export function playedOfTrace({ turns, ended }: Pick<Trace, "turns" | "ended">): PlayedEpisode {
  return { turns: turns.map(({ steps }) => steps as readonly PlayedStep[]), ended };
}

/** Grades a recorded episode anew; an aborted one is an inference error, as in the reference. */
export function gradeTrace(
  truth: GroundTruth,
  trace: Pick<Trace, "turns" | "ended" | "reason">,
  profile: Profile,
): Grade {
  if (trace.ended === "aborted") return inferenceError(truth.task.turns.length, trace.reason ?? "aborted");
  const played = playedOfTrace(trace);
  return grade(truth, trajectoryOf(played), profile, unexecutedTurns(played));
}

/** What the model owes is left out: it can be computed again, and takes megabytes in long context. */
function shortGrade({ valid, failure, turns, progress, refusals }: Grade): Trace["grade"] {
  return {
    valid,
    ...(failure ? { failure: shortFailure(failure) } : {}),
    turns: turns.map(({ passed }) => passed),
    progress,
    refusals,
  };
}

const shortFailure = ({ type, turn, message }: NonNullable<Grade["failure"]>) => ({
  type,
  ...(turn === undefined ? {} : { turn }),
  message,
});

function stepOf({
  message,
  calls,
  results,
  unreadable,
  notExecuted,
  notice,
  fault,
}: EpisodeStep): z.output<typeof Step> {
  return {
    message: messageOf(message),
    calls: calls.map((call) => {
      if (typeof call === "string") return call;
      const { tool, args, positional } = call;
      return { tool, args, ...(positional ? { positional: [...positional] } : {}) };
    }),
    results: results.map(resultOf),
    ...(unreadable === undefined ? {} : { unreadable }),
    ...(notExecuted ? { notExecuted } : {}),
    ...(notice === undefined ? {} : { notice }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function resultOf({ text, failure, hint, fault }: CallResult): z.output<typeof Result> {
  return {
    text,
    ...(failure === undefined ? {} : { failure }),
    ...(hint === undefined ? {} : { hint: hint as z.output<typeof Result>["hint"] }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function messageOf({
  content,
  reasoning_content,
  tool_calls,
  tokens,
  cut,
  raw,
}: AssistantMessage): z.output<typeof Message> {
  return {
    role: "assistant",
    content,
    ...(reasoning_content === undefined ? {} : { reasoning_content }),
    ...(tool_calls === undefined
      ? {}
      : {
          tool_calls: tool_calls.map(({ id, type, function: { name, arguments: text } }) => ({
            id,
            type,
            function: { name, arguments: text },
          })),
        }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(cut ? { cut } : {}),
    ...(raw ? { raw } : {}),
  };
}

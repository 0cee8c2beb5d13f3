import { canonicalJson, sha256 } from "../core/canonical.ts";
import { branchAt } from "../episode/branch.ts";
import { callOf } from "../episode/call-history.ts";
import { act, type Episode, observe } from "../episode/episode.ts";
import type { AssistantMessage } from "../episode/message.ts";
import type { EpisodeSetting } from "../episode/setting.ts";
import type { EpisodeStep } from "../episode/transcript.ts";
import { grade } from "../grading/grade.ts";
import { trajectoryOf, unexecutedTurns } from "../grading/trajectory.ts";
import type { Policy } from "../rollout/policy.ts";
import type { Trace } from "../rollout/trace.ts";
import type { ProbeRecord } from "./probe-record.ts";

/** A message of a played episode with a failed call, from before which the episode is continued. */
export interface ProbePoint extends Pick<ProbeRecord, "task" | "family" | "turn" | "step" | "said" | "tool" | "code"> {
  readonly trace: Trace;
  readonly message: AssistantMessage;
}

/**
 * The first messages of a trace in which a call fails by the model's fault, at most `most`: for each the first such call whose
 * tool does not succeed later in the same message. Calls of tools that cannot be called are left out: they can never succeed.
 */
export function probePoints(trace: Trace, most: number): ProbePoint[] {
  const points: ProbePoint[] = [];
  const messages: AssistantMessage[] = [];
  for (const [turn, { steps }] of trace.turns.entries())
    for (const [step, played] of (steps as readonly EpisodeStep[]).entries()) {
      const { message } = played;
      messages.push(message);
      const failed = lastingFailure(played);
      if (!failed) continue;
      const said = sha256(canonicalJson(JSON.parse(JSON.stringify(messages)))).slice(0, 16);
      points.push({ task: trace.id, family: trace.family, turn, step, said, ...failed, trace, message });
      if (points.length === most) return points;
    }
  return points;
}

function lastingFailure(step: EpisodeStep): { readonly tool: string; readonly code: string } | undefined {
  for (const [index, { failure, fault }] of step.results.entries()) {
    const tool = callOf(step.calls[index]!)?.tool;
    if (failure === undefined || fault || failure === "unknownTool" || tool === undefined) continue;
    if (!succeeds(step, tool, index + 1)) return { tool, code: failure };
  }
  return undefined;
}

const succeeds = (step: EpisodeStep, tool: string, from = 0): boolean =>
  step.results.some(
    ({ failure }, index) =>
      index >= from && failure === undefined && !step.notExecuted && callOf(step.calls[index]!)?.tool === tool,
  );

export interface Continuing {
  readonly policy: Policy;
  readonly sample: number;
  /** Messages of the model after the failed call at most; a turn that is not over by then has not passed. */
  readonly messages: number;
  readonly signal: AbortSignal;
}

/** What came of a continuation. */
export type Continued = Pick<ProbeRecord, "hint" | "repaired" | "passed" | "messages">;

/**
 * Goes back to before the message of a point, makes it again in another setting, and lets the policy go on until the turn is
 * over. What the policy throws aborts the continuation, with the error's message as the reason; when `signal` is aborted, it
 * comes through.
 */
export async function continueFrom(
  { trace, turn, step, tool, message }: ProbePoint,
  setting: EpisodeSetting,
  { policy, sample, messages, signal }: Continuing,
): Promise<Continued | { readonly aborted: string }> {
  // The way to the point is the same in every arm: it is played as it was, and answered without hints.
  const before = branchAt(
    withoutHints(setting),
    trace.turns.map(({ steps }) => steps as readonly EpisodeStep[]),
    { turn, step },
  );
  let episode = act(setting, before, message);
  const hint = episode.turns[turn]![step]!.results.find(({ hint }) => hint)?.hint?.text;
  let made = 0;
  let repaired = false;
  while (isInTurn(episode, turn) && made < messages) {
    signal.throwIfAborted();
    let answer: AssistantMessage;
    try {
      answer = await policy.respond({ observation: observe(setting, episode), setting, episode, sample, signal });
    } catch (error) {
      if (signal.aborted) throw error;
      return { aborted: error instanceof Error ? error.message : String(error) };
    }
    episode = act(setting, episode, answer);
    made++;
    repaired ||= succeeds(episode.turns[turn]!.at(-1)!, tool);
  }
  const over = !isInTurn(episode, turn) && (episode.ending?.why ?? "completed") === "completed";
  const passed =
    over && grade(setting.truth, trajectoryOf(episode), setting.profile, unexecutedTurns(episode)).turns[turn]!.passed;
  return { ...(hint === undefined ? {} : { hint }), repaired, passed, messages: made };
}

const isInTurn = ({ ending, turns }: Episode, turn: number): boolean => !ending && turns.length === turn + 1;

function withoutHints({ hints: _, ...setting }: EpisodeSetting): EpisodeSetting {
  return setting;
}

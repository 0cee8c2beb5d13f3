import { hintOn } from "../feedback/feedback.ts";
import { drawLevel } from "../feedback/level-mix.ts";
import { type Execution, executeModelCall } from "../grading/execution.ts";
import type { StepCalls } from "../grading/trajectory.ts";
import type { PlayedEpisode } from "../progress/played.ts";
import { hiddenAt } from "../task/held-out.ts";
import { callHistory, callOf } from "./call-history.ts";
import { type Fault, faultOfCall } from "./fault.ts";
import type { AssistantMessage } from "./message.ts";
import type { Observation } from "./renderer.ts";
import type { EpisodeSetting } from "./setting.ts";
import type { CallResult, EpisodeStep } from "./transcript.ts";
import { transcriptOf } from "./transcript-of.ts";
import { abstainNotice, limitNotice, unfinishedNotice } from "./turn-notice.ts";

/** A conversation about a task, as plain JSON: any value of it can be kept, saved, and gone on from more than once. */
export interface Episode {
  readonly task: string;
  /** The environment's state, after everything that was executed. */
  readonly state: object;
  /** The steps of each turn that was revealed; the last one is being played, unless the episode has ended. */
  readonly turns: readonly (readonly EpisodeStep[])[];
  readonly ending?: Ending;
}

/** Why an episode is over: all turns played, too many steps, too many tokens, or something outside of it broke. */
export type Ending =
  | { readonly why: "completed" | "stepLimit" | "tokenLimit" }
  | { readonly why: "aborted"; readonly reason: string; readonly fault: Exclude<Fault, "model"> };

/** Whether an episode was cut off, rather than played to the end of its task. */
export const isTruncated = ({ ending }: Episode): boolean => ending !== undefined && ending.why !== "completed";

export function startEpisode(setting: EpisodeSetting): Episode {
  return { task: setting.task.id, state: setting.initial, turns: [[]] };
}

/** All that a model may know at this point. */
export function observe(setting: EpisodeSetting, episode: Episode): Observation {
  return setting.renderer.observe(transcriptOf(setting, episode.turns));
}

/**
 * The episode after a message of the model. Its calls are executed in order; a message without calls ends the turn, and so
 * does one that cannot be read, unless the rules have it explained. Throws where the episode has ended already.
 */
export function act(setting: EpisodeSetting, episode: Episode, message: AssistantMessage): Episode {
  if (episode.ending) throw new Error(`${episode.task}: this episode has ended (${episode.ending.why})`);
  const next = respond(setting, episode, message);
  const { tokenLimit } = setting.rules;
  if (next.ending || tokenLimit === undefined || (message.tokens ?? 0) <= tokenLimit) return next;
  return cutOff(next, "tokenLimit");
}

function respond(setting: EpisodeSetting, episode: Episode, message: AssistantMessage): Episode {
  const { rules, task } = setting;
  const { calls, unreadable, fault } = setting.renderer.read(message);
  if (unreadable !== undefined) {
    const step = { message, calls: [], results: [], unreadable, ...(fault === undefined ? {} : { fault }) };
    return rules.unreadable === "endTurn"
      ? endTurn(setting, episode, step)
      : withAttempt(setting, episode, step, episode.state);
  }
  if (calls.length === 0)
    return endTurn(setting, episode, withNotice({ message, calls, results: [] }, unfinishedNotice(setting, episode)));
  if (rules.withoutGroundTruth === "abstain" && task.turns[episode.turns.length - 1]!.groundTruth.length === 0) {
    const results = calls.map(() => ({ text: notExecuted }));
    return endTurn(setting, episode, { message, calls, results, notExecuted: true, notice: abstainNotice });
  }
  const { results, state } = execute(setting, episode, message, calls);
  return withAttempt(setting, episode, { message, calls, results }, state);
}
const notExecuted = "This call was not executed.";

/** Executes the calls of a message one after the other; each failure gets its hint at once, from the state it left. */
function execute(setting: EpisodeSetting, episode: Episode, message: AssistantMessage, calls: StepCalls) {
  const { environment, profile, task } = setting;
  const hidden = hiddenAt(task.turns, episode.turns.length - 1);
  const refused = profile.hidesHeldOutTools ? hidden : noTools;
  const results: CallResult[] = [];
  let { state } = episode;
  for (const [index, call] of calls.entries()) {
    const execution = executeModelCall(environment, state, call, profile, refused);
    state = execution.state;
    results.push(resultOf(setting, episode, execution, { message, hidden, made: calls.slice(0, index), results }));
  }
  return { results, state };
}
const noTools: ReadonlySet<string> = new Set();

interface SoFar {
  readonly message: AssistantMessage;
  readonly hidden: ReadonlySet<string>;
  readonly made: StepCalls;
  readonly results: readonly CallResult[];
}

function resultOf(setting: EpisodeSetting, episode: Episode, execution: Execution, soFar: SoFar): CallResult {
  const { outcome, text, call } = execution;
  if (outcome.ok) return { text };
  const fault = faultOfCall(call, outcome.error, soFar.message);
  const hint = hintOf(setting, episode, execution, soFar);
  return {
    text,
    failure: outcome.error.code,
    ...(hint ? { hint } : {}),
    ...(fault === "model" ? {} : { fault }),
  };
}

function hintOf(setting: EpisodeSetting, { turns, task }: Episode, execution: Execution, soFar: SoFar) {
  const { hints, environment, documents } = setting;
  if (!hints || execution.outcome.ok) return undefined;
  const { level, seed = "" } = hints;
  const place = [task, turns.length - 1, turns.at(-1)!.length, soFar.results.length];
  const drawn = typeof level === "string" ? level : drawLevel(level, JSON.stringify([seed, ...place]));
  if (drawn === "off") return undefined;
  const offered = new Set(documents.map(({ name }) => name).filter((name) => !soFar.hidden.has(name)));
  const history = callHistory(turns, soFar.made, soFar.results);
  const { state, call, outcome } = execution;
  const moment = { environment, state, call: callOf(call), error: outcome.error, history, offered };
  return typeof hints.library === "function" ? hints.library(moment, drawn) : hintOn(hints.library, moment, drawn);
}

/** The episode after an attempt, which may have been one too many. */
function withAttempt(setting: EpisodeSetting, episode: Episode, step: EpisodeStep, state: object): Episode {
  const { stepLimit, beyondLimit } = setting.rules;
  // Every step of a turn that is still being played was an attempt.
  const attempts = episode.turns.at(-1)!.length + 1;
  const next = { ...episode, state };
  if (attempts <= stepLimit) return withStep(next, step);
  if (beyondLimit === "endEpisode") return { ...withStep(next, step), ending: { why: "stepLimit" } };
  return endTurn(setting, next, { ...step, notice: limitNotice(stepLimit) });
}

/** Ends an episode for a reason that is none of the model's: by default the harness's, such as an endpoint that fails. */
export function abort(episode: Episode, reason: string, fault: Exclude<Fault, "model"> = "harness"): Episode {
  return { ...episode, ending: { why: "aborted", reason, fault } };
}

/** Why a conversation ends before its task: it has no room left for another message, or may have no further one. */
export type CutOff = "tokenLimit" | "stepLimit";

export const cutOff = (episode: Episode, why: CutOff): Episode => ({ ...episode, ending: { why } });

/** The episode as rewards read it. */
export const playedOf = ({ turns, ending }: Episode): PlayedEpisode => ({ turns, ended: ending?.why });

function withNotice(step: EpisodeStep, notice: string | undefined): EpisodeStep {
  return notice === undefined ? step : { ...step, notice };
}

function withStep(episode: Episode, step: EpisodeStep): Episode {
  return { ...episode, turns: [...episode.turns.slice(0, -1), [...episode.turns.at(-1)!, step]] };
}

function endTurn({ task, rules, truth }: EpisodeSetting, episode: Episode, step: EpisodeStep): Episode {
  const ended = withStep(episode, step);
  const played = ended.turns.length;
  if (played === task.turns.length) return { ...ended, ending: { why: "completed" } };
  const state = rules.startOfTurn === "groundTruthState" ? truth.turns[played - 1]!.state : ended.state;
  return { ...ended, state, turns: [...ended.turns, []] };
}

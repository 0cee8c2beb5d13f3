import { executeModelCall } from "../grading/execution.ts";
import type { StepCalls, Trajectory } from "../grading/trajectory.ts";
import { hiddenAt } from "../task/held-out.ts";
import type { AssistantMessage } from "./message.ts";
import type { Observation } from "./renderer.ts";
import type { EpisodeSetting } from "./setting.ts";
import type { EpisodeStep, Transcript } from "./transcript.ts";

/** A conversation about a task, as plain JSON: any value of it can be kept, saved, and gone on from more than once. */
export interface Episode {
  readonly task: string;
  /** The environment's state, after everything that was executed. */
  readonly state: object;
  /** The steps of each turn that was revealed; the last one is being played, unless the episode has ended. */
  readonly turns: readonly (readonly EpisodeStep[])[];
  readonly ending?: Ending;
}

/** Why an episode is over: all turns played, too many steps in one, or something outside of it broke. */
export type Ending = { readonly why: "completed" | "stepLimit" } | { readonly why: "aborted"; readonly reason: string };

export function startEpisode(setting: EpisodeSetting): Episode {
  return { task: setting.task.id, state: setting.initial, turns: [[]] };
}

/** All that a model may know at this point. */
export function observe(setting: EpisodeSetting, episode: Episode): Observation {
  return setting.renderer.observe(transcriptOf(setting, episode));
}

/**
 * The episode after a message of the model. Its calls are executed in order; a message without calls, or with calls that cannot
 * be read, ends the turn. Throws where the episode has ended already.
 */
export function act(setting: EpisodeSetting, episode: Episode, message: AssistantMessage): Episode {
  if (episode.ending) throw new Error(`${episode.task}: this episode has ended (${episode.ending.why})`);
  const { calls, unreadable } = setting.renderer.read(message);
  if (calls.length === 0)
    return endTurn(setting, withStep(episode, { message, calls, results: [], ...(unreadable ? { unreadable } : {}) }));
  const { environment, profile, task, stepLimit } = setting;
  const hidden = profile.hidesHeldOutTools ? hiddenAt(task.turns, episode.turns.length - 1) : noTools;
  let { state } = episode;
  const results = calls.map((call) => {
    const { outcome, text, ...after } = executeModelCall(environment, state, call, profile, hidden);
    state = after.state;
    return outcome.ok ? { text } : { text, failure: outcome.error.code };
  });
  const next = withStep({ ...episode, state }, { message, calls, results });
  // Every step of a turn that is still being played was executed.
  return next.turns.at(-1)!.length > stepLimit ? { ...next, ending: { why: "stepLimit" } } : next;
}
const noTools: ReadonlySet<string> = new Set();

/** Ends an episode for a reason that is none of the model's. */
export function abort(episode: Episode, reason: string): Episode {
  return { ...episode, ending: { why: "aborted", reason } };
}

/** What the model did, for grading: the steps that were executed. */
export function trajectoryOf({
  turns,
}: {
  readonly turns: readonly (readonly Pick<EpisodeStep, "calls">[])[];
}): Trajectory {
  return turns.map((steps) => steps.map(({ calls }): StepCalls => calls).filter((calls) => calls.length > 0));
}

function withStep(episode: Episode, step: EpisodeStep): Episode {
  return { ...episode, turns: [...episode.turns.slice(0, -1), [...episode.turns.at(-1)!, step]] };
}

function endTurn({ task }: EpisodeSetting, episode: Episode): Episode {
  if (episode.turns.length === task.turns.length) return { ...episode, ending: { why: "completed" } };
  return { ...episode, turns: [...episode.turns, []] };
}

function transcriptOf({ task, documents }: EpisodeSetting, { turns }: Episode): Transcript {
  const hiddenAtStart = hiddenAt(task.turns, 0);
  const hiddenNow = hiddenAt(task.turns, turns.length - 1);
  const named = (name: string) => documents.filter((document) => document.name === name);
  const atStart = documents.filter(({ name }) => !hiddenAtStart.has(name));
  const told = turns.map((steps, index) => {
    const { user, release = [], holdOut = [] } = task.turns[index]!;
    if (index === 0) return { user, released: [], withdrawn: [], steps };
    return { user, released: release.flatMap(named), withdrawn: holdOut, steps };
  });
  const everOffered = new Set([...atStart, ...told.flatMap(({ released }) => released)]);
  return { documents: atStart, offered: [...everOffered].filter(({ name }) => !hiddenNow.has(name)), turns: told };
}

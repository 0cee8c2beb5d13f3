import { act, type Episode, startEpisode } from "./episode.ts";
import type { AssistantMessage } from "./message.ts";
import type { EpisodeSetting } from "./setting.ts";

/** A place in an episode, both counted from 0: before the model's message of that number in that turn. */
export interface BranchPoint {
  readonly turn: number;
  readonly step: number;
}
/** What was said, as traces and episodes keep it. */
type Said = readonly (readonly { readonly message: AssistantMessage }[])[];

/**
 * A new episode that has come as far as an earlier one had before one of its messages: the model's messages up to there are
 * played again, which gives the same states under the same rules. Throws where the earlier one never came to that place.
 */
export function branchAt(setting: EpisodeSetting, said: Said, { turn, step }: BranchPoint): Episode {
  let episode = startEpisode(setting);
  const missing = () => new Error(`${setting.task.id}: there is no step ${step} of turn ${turn} to branch from`);
  for (let at = 0; at <= turn; at++) {
    const steps = said[at];
    if (!steps || (at === turn && step > steps.length)) throw missing();
    for (const { message } of at === turn ? steps.slice(0, step) : steps) {
      if (episode.ending) throw missing();
      episode = act(setting, episode, message);
    }
  }
  if (episode.ending || episode.turns.length !== turn + 1) throw missing();
  return episode;
}

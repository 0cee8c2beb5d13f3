import { abort, act, cutOff, type Episode, observe, startEpisode } from "../episode/episode.ts";
import type { AssistantMessage } from "../episode/message.ts";
import type { EpisodeSetting } from "../episode/setting.ts";
import { OutOfTokens } from "./out-of-tokens.ts";
import type { Moment, Policy } from "./policy.ts";

/**
 * Plays one episode to its end. A policy that throws aborts it, with the error's message as the reason, unless it is out of
 * tokens; when `signal` is aborted, the episode is given up and the policy's error comes through. `onWork` is told of the
 * milliseconds that observing and acting took, each time that they are done.
 */
export async function playEpisode(
  setting: EpisodeSetting,
  policy: Policy,
  { sample = 0, signal = never, onWork, outlivesErrors = false }: PlayOptions = {},
): Promise<Episode> {
  let start = performance.now();
  let episode = startEpisode(setting);
  while (!episode.ending) {
    const moment = { observation: observe(setting, episode), setting, episode, sample, signal };
    onWork?.(performance.now() - start);
    const spoken = await speak(policy, moment);
    start = performance.now();
    if (!("message" in spoken))
      episode = spoken.outOfTokens ? cutOff(episode, "tokenLimit") : abort(episode, spoken.reason);
    else {
      try {
        episode = act(setting, episode, spoken.message);
      } catch (error) {
        if (!outlivesErrors) throw error;
        episode = abort(episode, messageOf(error), "task");
      }
    }
  }
  onWork?.(performance.now() - start);
  return episode;
}

interface PlayOptions {
  readonly sample?: number;
  readonly signal?: AbortSignal;
  readonly onWork?: (milliseconds: number) => void;
  /** An error of the environment or its hints aborts this one episode, as the task's fault, instead of coming through. */
  readonly outlivesErrors?: boolean;
}
const never = new AbortController().signal;

type Spoken = { readonly message: AssistantMessage } | { readonly reason: string; readonly outOfTokens: boolean };

async function speak(policy: Policy, moment: Moment): Promise<Spoken> {
  moment.signal.throwIfAborted();
  try {
    return { message: await policy.respond(moment) };
  } catch (error) {
    if (moment.signal.aborted) throw error;
    return {
      reason: messageOf(error),
      outOfTokens: error instanceof OutOfTokens,
    };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

import {
  abort,
  act,
  type CutOff,
  cutOff,
  type Episode,
  observe,
  playedOf,
  startEpisode,
} from "../../episode/episode.ts";
import type { AssistantMessage, ChatMessage, ToolDefinition } from "../../episode/message.ts";
import type { EpisodeSetting } from "../../episode/setting.ts";
import type { EpisodeStep } from "../../episode/transcript.ts";
import { assess } from "../../progress/assess.ts";
import type { Reward } from "../../progress/reward.ts";

/** An episode as one session plays it: what was shown and paid of it so far. */
export interface LiveEpisode {
  readonly setting: EpisodeSetting;
  /** Undefined in free play. */
  readonly reward: Reward | undefined;
  readonly episode: Episode;
  /** Everything that was shown. */
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ToolDefinition[];
  /** What the steps so far were rewarded with, in all. */
  readonly paid: number;
  /** 1 or 0 for each turn that ended, and for every turn of the task once the episode has. */
  readonly turnScores: readonly number[];
}

export function startLive(setting: EpisodeSetting, reward: Reward | undefined): LiveEpisode {
  const episode = startEpisode(setting);
  return { setting, reward, episode, ...observe(setting, episode), paid: 0, turnScores: [] };
}

/** What a message of the model brought about. */
export interface Advance {
  readonly live: LiveEpisode;
  /** What came after the model's own message. */
  readonly said: readonly ChatMessage[];
  readonly reward: number | null;
  /** The code of the first call that failed; `unreadable` or `notExecuted` where none was executed. */
  readonly failure?: string;
}

/**
 * The episode after a message, which may be the last that it takes. An error of the environment, its hints or the reward is the
 * author's: it aborts this episode alone.
 */
export function advance(before: LiveEpisode, message: AssistantMessage, isLast: boolean): Advance {
  const { setting } = before;
  try {
    const acted = act(setting, before.episode, message);
    const episode = isLast && !acted.ending ? cutOff(acted, "stepLimit") : acted;
    const { messages, tools } = observe(setting, episode);
    const step = episode.turns[before.episode.turns.length - 1]!.at(-1)!;
    const failure = failureOf(step);
    const { paid, turnScores } = scored(before, episode);
    const { reward } = before;
    const live = { setting, reward, episode, messages, tools: sameTools(before.tools, tools), paid, turnScores };
    return {
      live,
      said: messages.slice(before.messages.length + 1),
      reward: reward ? paid - before.paid : null,
      ...(failure === undefined ? {} : { failure }),
    };
  } catch (error) {
    return aborted(before, error);
  }
}

function failureOf({ unreadable, notExecuted, results }: EpisodeStep): string | undefined {
  if (unreadable !== undefined) return "unreadable";
  return notExecuted ? "notExecuted" : results.find(({ failure }) => failure !== undefined)?.failure;
}

/** The episode, ended where it stands. What it is worth so is paid now: the turn that was being played counts as not ended. */
export function endLive(before: LiveEpisode, why: CutOff): Advance {
  try {
    const episode = cutOff(before.episode, why);
    const live = { ...before, episode, ...scored(before, episode) };
    return { live, said: [], reward: before.reward ? live.paid - before.paid : null };
  } catch (error) {
    return aborted(before, error);
  }
}

function aborted(before: LiveEpisode, error: unknown): Advance {
  const episode = abort(before.episode, error instanceof Error ? error.message : String(error), "task");
  return { live: { ...before, episode }, said: [], reward: before.reward ? 0 : null };
}

/**
 * Step rewards add up to the episode's reward: where it is a mean over turns, a turn's share is paid as the turn ends; what is
 * left is paid with the last step.
 */
function scored({ setting, reward, paid, turnScores, episode: before }: LiveEpisode, episode: Episode) {
  const { truth, profile, rules } = setting;
  if (!reward || (!episode.ending && episode.turns.length === before.turns.length)) return { paid, turnScores };
  const assessed = assess(truth, playedOf(episode), profile, rules);
  const judged = episode.ending ? assessed.turns : assessed.turns.slice(0, episode.turns.length - 1);
  const { value, turns } = reward.score(assessed);
  const soFar = () => turns?.slice(0, judged.length).reduce((sum, share) => sum + share, 0);
  const due = episode.ending ? value : turns ? soFar()! / turns.length : paid;
  return { paid: due, turnScores: judged.map(({ score }) => score) };
}

/** The tools as they were shown before, where they are the same ones. */
function sameTools(before: readonly ToolDefinition[], now: readonly ToolDefinition[]): readonly ToolDefinition[] {
  return before.length === now.length && now.every((tool, index) => tool === before[index]) ? before : now;
}

import { setMaxListeners } from "node:events";
import { type Episode, isTruncated } from "../../episode/episode.ts";
import type { EpisodeSetting } from "../../episode/setting.ts";
import type { Reward } from "../../progress/reward.ts";
import { playEpisode } from "../../rollout/play.ts";
import { type Trace, traceOf } from "../../rollout/trace.ts";
import type { SampledSequence, Sampler } from "../sampler.ts";
import { sampleFirstMessages } from "../tokens/first-messages.ts";
import type { TokenEpisode } from "../tokens/token-episode.ts";
import { type SamplingOptions, startTokenRollout } from "../tokens/token-rollout.ts";
import { concurrently } from "./concurrently.ts";
import type { Meter } from "./meter.ts";
import { rememberingFormat } from "./remembering-format.ts";
import { type RolloutFault, rolloutFault } from "./rollout-fault.ts";
import { seedOf } from "./seed-of.ts";
import type { Playground } from "./train-options.ts";

/** Rollouts of one task that start from one request. */
export interface GroupPlan {
  readonly setting: EpisodeSetting;
  /** The numbers of its rollouts among those of the task. */
  readonly samples: readonly number[];
}

export interface GroupPlay {
  readonly playground: Playground;
  readonly sampler: Sampler;
  readonly temperature: number;
  /** Tokens that an episode may add to its first prompt. */
  readonly responseTokens?: number | undefined;
  readonly reward: Reward;
  /** What seeds of sampling are drawn from, besides task and sample; none where the server heeds no seeds. */
  readonly seedKey: readonly (string | number)[] | undefined;
  readonly meter: Meter;
  readonly signal: AbortSignal;
  readonly onDone?: ((done: number, of: number) => void) | undefined;
}

export interface Rollout {
  readonly episode: Episode;
  readonly tokens: TokenEpisode;
  readonly trace: Trace;
  readonly reward: number;
  readonly isTruncated: boolean;
  readonly fault: RolloutFault | undefined;
}

/** Plays groups, each rollout as soon as there is room for it; none waits for others to end. */
export async function playGroups(plans: readonly GroupPlan[], play: GroupPlay): Promise<Rollout[][]> {
  const { concurrency } = play.playground;
  // Every request that waits listens to it.
  setMaxListeners(0, play.signal);
  const jobs = plans.flatMap((plan, group) => {
    const format = rememberingFormat(play.playground.format);
    const own = { ...play, playground: { ...play.playground, format } };
    const first = firstMessages(plan, own);
    return plan.samples.map((sample, index) => ({
      ...{ group, setting: plan.setting, sample, play: own },
      first: () => first()[index],
    }));
  });
  let done = 0;
  const played = await concurrently(jobs, concurrency, async (job) => {
    const rollout = await playOne(job);
    play.onDone?.(++done, jobs.length);
    return rollout;
  });
  return plans.map((_, group) => played.filter((_, index) => jobs[index]!.group === group));
}

interface Job {
  readonly setting: EpisodeSetting;
  readonly sample: number;
  readonly first: () => Promise<SampledSequence> | undefined;
  readonly play: GroupPlay;
}

async function playOne({ setting, sample, first, play }: Job): Promise<Rollout> {
  const { playground, reward, meter, signal } = play;
  const { thoughtHistory } = playground;
  let endpointFailed = false;
  const blamed = (error: unknown) => {
    endpointFailed = true;
    throw error;
  };
  const firstMessage = first()?.catch(blamed);
  // An episode that is given up does not ask for it.
  firstMessage?.catch(() => {});
  const { policy, episode: tokensOf } = startTokenRollout({
    ...samplingOptions(setting, sample, play, blamed),
    ...{ thoughtHistory, firstMessage },
  });
  const episode = await playEpisode(setting, policy, {
    sample,
    signal,
    onWork: meter.environment,
    outlivesErrors: true,
  });
  const start = performance.now();
  const trace = traceOf(setting, episode, { policy: policy.name, sample, reward });
  meter.environment(performance.now() - start);
  return {
    ...{ episode, tokens: tokensOf(), trace, reward: trace.reward!.value, isTruncated: isTruncated(episode) },
    fault: rolloutFault(episode, endpointFailed),
  };
}

/** The first messages of a group, asked for in one request once the first of its rollouts begins. */
function firstMessages({ setting, samples }: GroupPlan, play: GroupPlay) {
  let asked: ReturnType<typeof sampleFirstMessages> | undefined;
  return () => {
    asked ??= sampleFirstMessages(
      { ...samplingOptions(setting, samples[0]!, play), signal: play.signal },
      setting,
      samples.length,
    );
    return asked;
  };
}

function samplingOptions(
  setting: EpisodeSetting,
  sample: number,
  { sampler, playground, temperature, responseTokens, seedKey, meter }: GroupPlay,
  onFailure: (error: unknown) => never = rethrow,
): SamplingOptions {
  const { format, messageTokens, contextTokens } = playground;
  const key = [...(seedKey ?? []), setting.task.id, sample];
  return {
    sampler: {
      version: sampler.version,
      path: sampler.path,
      sample: (request) => meter.waiting("sampling", sampler.sample(request)).catch(onFailure),
    },
    ...{ format, temperature, messageTokens },
    contextTokens: Math.min(contextTokens, setting.rules.tokenLimit ?? contextTokens),
    ...(responseTokens === undefined ? {} : { responseTokens }),
    ...(seedKey ? { seed: seedOf(...key) } : {}),
    stickyKey: JSON.stringify(key),
  };
}

function rethrow(error: unknown): never {
  throw error;
}

import { type Episode, isTruncated, observe, startEpisode } from "../../episode/episode.ts";
import type { EpisodeSetting } from "../../episode/setting.ts";
import type { Reward } from "../../progress/reward.ts";
import { playEpisode } from "../../rollout/play.ts";
import { type Trace, traceOf } from "../../rollout/trace.ts";
import type { SampledSequence, Sampler } from "../sampler.ts";
import type { TokenEpisode } from "../tokens/token-episode.ts";
import { startTokenRollout } from "../tokens/token-rollout.ts";
import { concurrently } from "./concurrently.ts";
import type { Meter } from "./meter.ts";
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
  const groups = plans.map((plan) => ({ plan, first: firstMessages(plan, play) }));
  const jobs = groups.flatMap(({ plan, first }, group) =>
    plan.samples.map((sample, index) => ({ group, setting: plan.setting, sample, index, first })),
  );
  let done = 0;
  const played = await concurrently(jobs, concurrency, async (job) => {
    const rollout = await playOne(job, play);
    play.onDone?.(++done, jobs.length);
    return rollout;
  });
  return plans.map((_, group) => played.filter((_, index) => jobs[index]!.group === group));
}

interface Job {
  readonly setting: EpisodeSetting;
  readonly sample: number;
  /** Its place in the group. */
  readonly index: number;
  readonly first: () => Promise<readonly SampledSequence[]>;
}

async function playOne({ setting, sample, index, first }: Job, play: GroupPlay): Promise<Rollout> {
  const { playground, reward, meter, signal, seedKey, temperature, responseTokens } = play;
  const { format, messageTokens, contextTokens, thoughtHistory } = playground;
  const { id } = setting.task;
  let endpointFailed = false;
  const sampler = watched(play, () => {
    endpointFailed = true;
  });
  let rollout: ReturnType<typeof startTokenRollout> | undefined;
  const policy = {
    name: "trained model",
    async respond(moment: Parameters<ReturnType<typeof startTokenRollout>["policy"]["respond"]>[0]) {
      rollout ??= startTokenRollout({
        ...{ sampler, format, temperature, messageTokens, thoughtHistory },
        contextTokens: Math.min(contextTokens, setting.rules.tokenLimit ?? contextTokens),
        ...(responseTokens === undefined ? {} : { responseTokens }),
        ...(seedKey ? { seed: seedOf(...seedKey, id, sample) } : {}),
        stickyKey: JSON.stringify([...(seedKey ?? []), id, sample]),
        firstMessage: (
          await first().catch((error: unknown) => {
            endpointFailed = true;
            throw error;
          })
        )[index]!,
      });
      return rollout.policy.respond(moment);
    },
  };
  const episode = await playEpisode(setting, policy, { sample, signal, onWork: meter.environment });
  const start = performance.now();
  const trace = traceOf(setting, episode, { policy: policy.name, sample, reward });
  meter.environment(performance.now() - start);
  return {
    ...{ episode, trace, reward: trace.reward!.value, isTruncated: isTruncated(episode) },
    tokens: rollout?.episode() ?? { segments: [], promptTokens: 0, sampledTokens: 0, cutMessages: 0 },
    fault: rolloutFault(episode, endpointFailed),
  };
}

/** The first messages of a group, asked for in one request once the first of its rollouts begins. */
function firstMessages({ setting, samples }: GroupPlan, play: GroupPlay): Job["first"] {
  const { sampler, temperature, playground, seedKey, signal, responseTokens = Number.POSITIVE_INFINITY } = play;
  const { format, messageTokens, contextTokens } = playground;
  let asked: Promise<readonly SampledSequence[]> | undefined;
  return () => {
    asked ??= (async () => {
      const promptTokens = format.encode(format.render(observe(setting, startEpisode(setting)).messages));
      const { id } = setting.task;
      const room = Math.min(contextTokens, setting.rules.tokenLimit ?? contextTokens) - promptTokens.length;
      if (room <= 0)
        throw new Error(`the prompt of ${id} has ${promptTokens.length} tokens, of ${contextTokens} that there may be`);
      const first = samples[0]!;
      return watched({ sampler, meter: play.meter }).sample({
        ...{ promptTokens, samples: samples.length, temperature, stopTokens: format.stopTokens, signal },
        maxTokens: Math.min(messageTokens, responseTokens, room),
        stickyKey: JSON.stringify([...(seedKey ?? []), id, first]),
        ...(seedKey ? { seed: seedOf(...seedKey, id, first, "first") } : {}),
      });
    })();
    return asked;
  };
}

/** The sampler, whose requests are waited for on the meter. */
function watched({ sampler, meter }: Pick<GroupPlay, "sampler" | "meter">, onFailure?: () => void): Sampler {
  const { version, path } = sampler;
  return {
    ...{ version, path },
    async sample(request) {
      try {
        return await meter.waiting("sampling", sampler.sample(request));
      } catch (error) {
        onFailure?.();
        throw error;
      }
    },
  };
}

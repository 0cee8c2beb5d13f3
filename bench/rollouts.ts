import { setTimeout } from "node:timers/promises";
import { hints } from "../environments/index.ts";
import { hermes } from "../src/episode/renderers/hermes.ts";
import { trainingRules } from "../src/episode/rules.ts";
import { trainingSetting } from "../src/episode/setting.ts";
import { profiles } from "../src/grading/profile.ts";
import { progressReward } from "../src/progress/rewards/progress.ts";
import { playEpisode } from "../src/rollout/play.ts";
import type { Policy } from "../src/rollout/policy.ts";
import { groundTruthPolicy } from "../src/rollout/scripted-policies.ts";
import { traceOf } from "../src/rollout/trace.ts";
import { concurrently } from "../src/training/loop/concurrently.ts";
import { Meter } from "../src/training/loop/meter.ts";
import { type GroupPlan, playGroups } from "../src/training/loop/play-groups.ts";
import type { Sampler } from "../src/training/sampler.ts";
import { hosted } from "../src/training/tinker/profile.ts";
import { openTinkerBackend } from "../src/training/tinker-backend.ts";
import type { ChatFormat } from "../src/training/tokens/chat-format.ts";
import { supervisedEpisode } from "../src/training/tokens/supervised-episode.ts";
import { startMockTinker } from "../tests/training/mock-tinker/index.ts";
import type { Entry } from "./entry.ts";
import type { Figure } from "./figure.ts";

const concurrency = 256;
const groupSize = 16;
const milliseconds = 50;

/**
 * Rollouts, 256 at a time, of a model that knows the ground truth and takes 50 ms for each message, whatever else it is asked
 * meanwhile: as a function of messages, and as training has it, of token ids. The ratio is to what they would take if nothing but
 * the model took time; the same over HTTP, of a server in this process, has none.
 */
export async function rolloutFigures(entries: readonly Entry[], format: ChatFormat): Promise<Figure[]> {
  const chosen = entries.slice(0, 128);
  const options = { format, thoughtHistory: "kept", contextTokens: 1_000_000 } as const;
  const plans = chosen.map(
    ({ truth }): GroupPlan => ({
      setting: trainingSetting(truth, {
        profile: profiles.strict,
        renderer: hermes,
        rules: { ...trainingRules, stepLimit: 50 },
        hints: { library: hints, level: "guide" },
      }),
      samples: Array.from({ length: groupSize }, (_, index) => index),
    }),
  );
  const said = new Map<string, readonly number[]>();
  for (const { setting } of plans) {
    const { segments } = await supervisedEpisode(setting, groundTruthPolicy, options);
    for (const { prompt, message } of messagesOf(segments[0]!)) said.set(placeOf(prompt), message);
  }
  const sampler: Sampler = {
    ...{ version: 0, path: "" },
    async sample({ promptTokens, samples }) {
      await setTimeout(milliseconds);
      const tokens = said.get(placeOf(promptTokens))!;
      return Array.from({ length: samples }, () => ({ tokens, logprobs: tokens.map(() => -1), stopReason: "stop" }));
    },
  };
  const play = async (sampler: Sampler) => {
    const meter = new Meter();
    const start = performance.now();
    const cpu = process.cpuUsage();
    const groups = await playGroups(plans, {
      playground: {
        ...options,
        truthOf: undefined as never,
        renderer: hermes,
        hints,
        messageTokens: 10_000,
        concurrency,
      },
      ...{ sampler, temperature: 1, reward: progressReward, seedKey: undefined, meter },
      signal: new AbortController().signal,
    });
    const taken = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const wrong = groups.flat().filter(({ fault, reward }) => fault !== undefined || reward < 1).length;
    if (wrong > 0) throw new Error(`${wrong} rollouts of the ground truth went wrong`);
    const lengths = groups.flat().map(({ episode }) => episode.turns.flat().length);
    return { taken, lengths, seconds: meter.take(), cpu: (user + system) / 1000 };
  };
  await play(sampler);
  const { taken, lengths, seconds, cpu } = await play(sampler);
  const messages = lengths.reduce((a, b) => a + b, 0);
  const ideal = idealMilliseconds(lengths);
  const inWords = await playInWords(plans);
  await using server = await startMockTinker({ vocabulary: [0], respond: (prompt) => said.get(placeOf(prompt)) });
  const backend = await openTinkerBackend({ baseUrl: server.url, profile: hosted, rank: 1 });
  const overHttp = await play(await backend.publish(0));
  await backend.close();
  return [
    {
      name: "256 rollouts at a time, in messages",
      value: messages / (inWords / 1000),
      unit: "messages/s",
      reference: messages / (ideal / 1000),
      ratio: ideal / inWords,
    },
    {
      name: "256 rollouts at a time, in token ids",
      value: messages / (taken / 1000),
      unit: "messages/s",
      reference: messages / (ideal / 1000),
      ratio: ideal / taken,
    },
    { name: "CPU time of a message, in all threads", value: cpu / messages, unit: "ms" },
    {
      name: "environment and driver, a message",
      value: (1000 * (taken / 1000 - seconds.sampling)) / messages,
      unit: "ms",
    },
    { name: "256 rollouts at a time over HTTP", value: messages / (overHttp.taken / 1000), unit: "messages/s" },
    { name: "of these, the environment", value: (1000 * seconds.environment) / messages, unit: "ms" },
  ];
}

/** The same rollouts of a function that is given messages and gives one, graded and made traces of; milliseconds. */
async function playInWords(plans: readonly GroupPlan[]): Promise<number> {
  const policy: Policy = {
    name: "after 50 ms",
    async respond(moment) {
      await setTimeout(milliseconds);
      return groundTruthPolicy.respond(moment);
    },
  };
  const rollouts = plans.flatMap(({ setting, samples }) => samples.map((sample) => ({ setting, sample })));
  const start = performance.now();
  await concurrently(rollouts, concurrency, async ({ setting, sample }) => {
    const episode = await playEpisode(setting, policy, { sample });
    traceOf(setting, episode, { policy: policy.name, sample, reward: progressReward });
  });
  return performance.now() - start;
}

/** Each message with what it answers. */
function messagesOf({ tokens, actions }: { readonly tokens: readonly number[]; readonly actions: readonly boolean[] }) {
  const starts = actions.flatMap((isAction, at) => (isAction && !actions[at - 1] ? [at] : []));
  return starts.map((start) => {
    const length = actions.slice(start).indexOf(false);
    return { prompt: tokens.slice(0, start), message: tokens.slice(start, length < 0 ? undefined : start + length) };
  });
}

/** Tells prompts apart; their ends and lengths do. */
const placeOf = (prompt: readonly number[]): string => `${prompt.length} ${prompt.slice(-300).join(" ")}`;

/** How long the rollouts take if each starts as soon as one before it ends, and each message takes what the model takes. */
function idealMilliseconds(lengths: readonly number[]): number {
  const free = Array.from({ length: concurrency }, () => 0);
  for (const length of lengths) {
    const next = free.indexOf(Math.min(...free));
    free[next]! += length * milliseconds;
  }
  return Math.max(...free);
}

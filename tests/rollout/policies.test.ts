import { expect, test } from "vitest";
import { environmentOf, environments } from "../../environments/index.ts";
import { callFailureCodes } from "../../src/core/call.ts";
import { seededRandom } from "../../src/core/seeded-random.ts";
import { act, type Episode, observe, startEpisode } from "../../src/episode/episode.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import type { EpisodeSetting } from "../../src/episode/setting.ts";
import { profiles } from "../../src/grading/profile.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import type { Policy } from "../../src/rollout/policy.ts";
import { randomPolicy } from "../../src/rollout/random-policy.ts";
import { answerAlwaysPolicy, doNothingPolicy, groundTruthPolicy } from "../../src/rollout/scripted-policies.ts";
import { Trace, traceOf } from "../../src/rollout/trace.ts";
import { Task } from "../../src/task/task.ts";
import { copying, fileTask, prepare, sorting } from "../episode/sample-tasks.ts";

const tracePlayed = async ({ setting }: { readonly setting: EpisodeSetting }, policy: Policy, sample = 0) =>
  traceOf(setting, await playEpisode(setting, policy, { sample }), { policy: policy.name, sample });

test("the ground truth passes with every renderer and profile", async () => {
  for (const task of [copying, sorting])
    for (const renderer of Object.values(renderers))
      for (const profile of Object.values(profiles)) {
        const trace = await tracePlayed(prepare(task, renderer, profile), groundTruthPolicy);
        expect(trace).toMatchObject({ ended: "completed", grade: { valid: true, progress: 1 } });
      }
});

test("policies that never call score only the turns that ask for nothing", async () => {
  for (const policy of [doNothingPolicy, answerAlwaysPolicy]) {
    expect((await tracePlayed(prepare(copying), policy)).grade).toMatchObject({ valid: false, progress: 0 });
    expect((await tracePlayed(prepare(sorting), policy)).grade).toMatchObject({ valid: false, progress: 0.5 });
  }
});

// What a tool raises over its values is no fault of the arguments' form.
const refused: readonly unknown[] = [
  ...callFailureCodes.filter((code) => code !== "raised"),
  "malformedCall",
  "blockedName",
];

test("random calls fit every tool's arguments, in all environments and with every renderer", async () => {
  const seen = new Set<string>();
  for (const [name, { tools }] of Object.entries(environments)) {
    const turns = Array.from({ length: 4 }, () => ({ user: "Go on.", groundTruth: [] }));
    const task = Task.parse({ id: name, family: name, category: "base", environments: [name], turns });
    for (const renderer of Object.values(renderers))
      for (let sample = 0; sample < 25; sample++) {
        const { turns } = await tracePlayed(prepare(task, renderer), randomPolicy(1), sample);
        for (const { calls, results, unreadable } of turns.flatMap(({ steps }) => steps)) {
          expect(unreadable).toBeUndefined();
          for (const [index, { failure }] of results.entries()) {
            const call = calls[index]!;
            if (refused.includes(failure)) expect.fail(`${failure}: ${JSON.stringify(call)}`);
            if (typeof call !== "string") seen.add(`${name}.${call.tool}`);
          }
        }
      }
    for (const tool of Object.keys(tools)) expect(seen).toContain(`${name}.${tool}`);
  }
});

test("random calls leave out tools that are held out", async () => {
  for (let sample = 0; sample < 50; sample++) {
    const { turns } = await tracePlayed(prepare(sorting, renderers.openai, profiles.strict), randomPolicy(3), sample);
    const failures = turns.flatMap(({ steps }) =>
      steps.flatMap(({ results }) => results.map(({ failure }) => failure)),
    );
    expect(failures).not.toContain("unknownTool");
  }
});

test("a seed and a sample fix a random episode; another of either changes it", async () => {
  const line = async (seed: number, sample: number) =>
    JSON.stringify((await tracePlayed(prepare(copying), randomPolicy(seed), sample)).turns);
  expect(await line(1, 0)).toBe(await line(1, 0));
  expect(await line(1, 0)).not.toBe(await line(2, 0));
  expect(await line(1, 0)).not.toBe(await line(1, 1));
});

test("200 episodes interleaved at random give the bytes of the same episodes one after another", async () => {
  const tasks = [
    copying,
    sorting,
    fileTask(
      "long",
      Array.from({ length: 5 }, () => ({ user: "Go on.", groundTruth: [] })),
    ),
  ];
  const policies = [randomPolicy(7), groundTruthPolicy];
  const wanted = Array.from({ length: 200 }, (_, index) => ({
    task: prepare(tasks[index % tasks.length]!),
    policy: policies[index % policies.length]!,
    sample: index,
  }));
  const oneByOne: string[] = [];
  for (const { task, policy, sample } of wanted) oneByOne.push(JSON.stringify(await tracePlayed(task, policy, sample)));

  const random = seededRandom("interleaving");
  const shared = new Map(tasks.map((task) => [task.id, prepare(task)]));
  const playing = wanted.map(({ task, policy, sample }, index) => {
    const { setting } = shared.get(task.truth.task.id)!;
    return { index, setting, policy, sample, episode: startEpisode(setting) as Episode };
  });
  const interleaved: string[] = [];
  while (playing.length > 0) {
    const at = random.below(playing.length);
    const one = playing[at]!;
    const { setting, policy, sample } = one;
    const observation = observe(setting, one.episode);
    const { signal } = new AbortController();
    const message = await policy.respond({ observation, setting, episode: one.episode, sample, signal });
    one.episode = act(setting, one.episode, message);
    if (!one.episode.ending) continue;
    const trace = traceOf(setting, one.episode, { policy: policy.name, sample });
    interleaved[one.index] = JSON.stringify(trace);
    playing.splice(at, 1);
  }
  expect(interleaved.join("\n")).toBe(oneByOne.join("\n"));
});

test("a policy that throws aborts its episode with the reason; a trace survives its schema", async () => {
  const broken: Policy = { name: "broken", respond: () => Promise.reject(new Error("no idea")) };
  const trace = await tracePlayed(prepare(copying), broken);
  expect(trace).toMatchObject({
    ended: "aborted",
    reason: "no idea",
    grade: { valid: false, failure: { type: "multi_turn:inference_error", message: "no idea" } },
  });
  expect(Trace.parse(JSON.parse(JSON.stringify(trace)))).toEqual(trace);
});

test("an error of an environment is no model's fault: it comes through", async () => {
  const { setting } = prepare(copying);
  const environment = {
    ...environmentOf(["GorillaFileSystem"]),
    step: () => {
      throw new Error("broken tool");
    },
  };
  await expect(playEpisode({ ...setting, environment }, groundTruthPolicy)).rejects.toThrow("broken tool");
});

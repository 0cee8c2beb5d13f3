import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { profiles } from "../../src/grading/profile.ts";
import { trajectoryOf } from "../../src/grading/trajectory.ts";
import { endpointPolicy } from "../../src/rollout/endpoint-policy.ts";
import { summarizeEpisode } from "../../src/rollout/episode-summary.ts";
import type { RunManifest } from "../../src/rollout/manifest.ts";
import type { Policy } from "../../src/rollout/policy.ts";
import { randomPolicy } from "../../src/rollout/random-policy.ts";
import { type Progress, type Run, runEpisodes } from "../../src/rollout/run.ts";
import { summarizeRun } from "../../src/rollout/run-summary.ts";
import { groundTruthPolicy } from "../../src/rollout/scripted-policies.ts";
import { gradeTrace, playedOfTrace, type Trace } from "../../src/rollout/trace.ts";
import { readTraces } from "../../src/rollout/trace-file.ts";
import { copying, fileTask, prepare, sorting } from "../episode/sample-tasks.ts";
import { localEndpoint, saying, send } from "./local-endpoint.ts";

const base = mkdtempSync(join(tmpdir(), "envtune-run-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(base, String(folders++));

const tasks = [
  copying,
  sorting,
  ...Array.from({ length: 6 }, (_, index) => fileTask(`more-${index}`, copying.turns, "miss_param")),
];
const manifest: RunManifest = {
  envtune: "0.0.0",
  dataset: "sample",
  datasetHash: "abc",
  tasks: tasks.map(({ id }) => id),
  samples: 1,
  policy: "random",
  profile: "bfcl",
  renderer: "openai",
  seed: 1,
  stepLimit: 20,
};
const run = (folder: string, changes: Partial<Run> = {}) =>
  runEpisodes({
    folder,
    manifest,
    tasks,
    policy: randomPolicy(1),
    prepare: (task) => prepare(task).setting,
    concurrency: 3,
    ...changes,
  });
const read = (folder: string, file = "traces.jsonl") => readFileSync(join(folder, file), "utf8");
const lines = (folder: string, file?: string) => read(folder, file).split("\n").slice(0, -1);
const tracesIn = async (folder: string): Promise<Trace[]> => {
  const traces: Trace[] = [];
  for await (const trace of readTraces(join(folder, "traces.jsonl"))) traces.push(trace);
  return traces;
};
/** Waits longer for earlier episodes, so that they finish in the reverse order. */
const reversed = (policy: Policy): Policy => ({
  name: policy.name,
  async respond(moment) {
    await setTimeout(tasks.length - tasks.indexOf(moment.setting.task));
    return policy.respond(moment);
  },
});

test("traces come in the order of tasks and samples, whatever finishes first, and hold no clock", async () => {
  const [one, other] = [newFolder(), newFolder()];
  const twice = { manifest: { ...manifest, samples: 2 } };
  const result = await run(one, twice);
  await run(other, { ...twice, concurrency: 8, policy: reversed(randomPolicy(1)) });
  expect(read(one)).toBe(read(other));
  expect(result.episodes.map(({ id, sample }) => `${id} ${sample}`)).toEqual(
    tasks.flatMap(({ id }) => [`${id} 0`, `${id} 1`]),
  );
  expect((await tracesIn(one)).map(summarizeEpisode)).toEqual(result.episodes);
  expect(lines(one, "timings.jsonl")).toHaveLength(16);
  expect(JSON.parse(lines(one, "timings.jsonl")[0]!)).toEqual({
    id: "copying",
    sample: 0,
    milliseconds: expect.any(Number),
  });
  expect(JSON.parse(read(one, "run.json"))).toEqual(twice.manifest);
  expect(existsSync(join(one, "journal.jsonl"))).toBe(false);
});

test("a run that is finished plays nothing again, and --fresh plays all again", async () => {
  const folder = newFolder();
  await run(folder);
  const before = read(folder);
  const silent: Policy = { name: "random", respond: () => Promise.reject(new Error("asked again")) };
  const again = await run(folder, { policy: silent });
  expect(again).toMatchObject({ kept: tasks.length, interrupted: false });
  expect(read(folder)).toBe(before);
  expect((await run(folder, { policy: silent, fresh: true })).episodes.map(({ reason }) => reason)).toEqual(
    tasks.map(() => "asked again"),
  );
});

test("an interrupted run keeps what is finished and goes on from there to the same traces", async () => {
  const [whole, folder] = [newFolder(), newFolder()];
  await run(whole);
  const interruption = new AbortController();
  const onProgress = ({ finished }: Progress) => finished >= 3 && interruption.abort();
  const first = await run(folder, { signal: interruption.signal, onProgress, concurrency: 1 });
  expect(first.interrupted).toBe(true);
  expect(lines(folder)).toHaveLength(3);
  const second = await run(folder);
  expect(second).toMatchObject({ kept: 3, interrupted: false });
  expect(read(folder)).toBe(read(whole));
});

test("an episode whose request is cut off by the interruption is played again, not recorded as aborted", async () => {
  const folder = newFolder();
  await using endpoint = await localEndpoint(({ body }, response) => {
    if (body.messages[0].content.startsWith("Sort")) send(response, 200, saying("no"));
    else interruption.abort();
  });
  const interruption = new AbortController();
  const policy = endpointPolicy({ baseUrl: endpoint.baseUrl, model: "m" });
  const result = await run(folder, { policy, signal: interruption.signal, tasks: [sorting, copying], concurrency: 1 });
  expect(result.episodes.map(({ id, ended }) => [id, ended])).toEqual([["sorting", "completed"]]);
  expect(result.interrupted).toBe(true);
});

test("a kill leaves a journal, and maybe half a line: the whole lines are kept", async () => {
  const [whole, folder] = [newFolder(), newFolder()];
  await run(whole);
  await run(folder, { tasks: [], concurrency: 1 });
  const finished = lines(whole);
  writeFileSync(join(folder, "journal.jsonl"), `${finished[4]}\n${finished[1]}\n${finished[0]!.slice(0, 50)}`);
  writeFileSync(join(folder, "timings.jsonl"), '{"id":"more-2","sample":0,"milliseconds":1}\n{"id":"sor');
  const result = await run(folder);
  expect(result.kept).toBe(2);
  expect(read(folder)).toBe(read(whole));
  expect(lines(folder, "timings.jsonl").map((line) => JSON.parse(line).id)).toHaveLength(1 + tasks.length - 2);
});

test("a line that is no trace is named", async () => {
  const folder = newFolder();
  await run(folder);
  appendFileSync(join(folder, "traces.jsonl"), '{"id": 5}\n');
  await expect(run(folder)).rejects.toThrow(/traces\.jsonl:9: this line is no trace \(.*\); .*--fresh/);
});

test("aborted episodes do not stop the others, and are played again at the next sitting", async () => {
  const folder = newFolder();
  let down = true;
  await using endpoint = await localEndpoint(({ body }, response) => {
    if (down && body.messages[0].content.startsWith("Sort")) send(response, 500, "down");
    else send(response, 200, saying("no"));
  });
  const backoff = { tries: 2, firstMilliseconds: 1, longestMilliseconds: 2 };
  const policy = endpointPolicy({ baseUrl: endpoint.baseUrl, model: "m", backoff });
  const seen: Progress[] = [];
  const first = await run(folder, { policy, onProgress: (progress) => seen.push(progress) });
  expect(first.episodes.map(({ ended }) => ended).sort()).toEqual([
    "aborted",
    ...tasks.slice(1).map(() => "completed"),
  ]);
  expect(seen.at(-1)).toMatchObject({ total: 8, finished: 8, aborted: 1 });
  expect(summarizeRun(first.episodes).find(({ group }) => group === "miss_func")).toMatchObject({
    episodes: 1,
    aborted: 1,
  });
  down = false;
  const second = await run(folder, { policy });
  expect(second.kept).toBe(tasks.length - 1);
  expect(second.episodes.map(({ ended }) => ended)).not.toContain("aborted");
});

test("an interruption does not lose the record of what was aborted before", async () => {
  const folder = newFolder();
  const failing: Policy = { name: "random", respond: () => Promise.reject(new Error("down")) };
  await run(folder, { policy: failing });
  const interruption = new AbortController();
  interruption.abort();
  expect((await run(folder, { signal: interruption.signal })).interrupted).toBe(true);
  expect(lines(folder)).toHaveLength(tasks.length);
});

test.each<[Partial<RunManifest>, string]>([
  [
    { seed: 2 },
    "holds a run with seed 1, this one has seed 2; name another folder with --out, or replace what is there with --fresh",
  ],
  [{ profile: "strict" }, 'with profile "bfcl", this one has profile "strict"'],
  [{ datasetHash: "def" }, 'datasetHash "abc"'],
  [{ model: "m" }, 'with no model, this one has model "m"'],
  [{ server: "http://a" }, 'with no server, this one has server "http://a"'],
  [{ tasks: ["copying"] }, 'with 8 tasks from "copying", this one has 1 tasks from "copying"'],
])("a folder of another run is refused: %j", async (change, message) => {
  const folder = newFolder();
  await run(folder);
  const before = read(folder);
  await expect(run(folder, { manifest: { ...manifest, ...change } })).rejects.toThrow(message);
  expect(read(folder)).toBe(before);
});

test("traces without a manifest, and a manifest that is none, are refused", async () => {
  const folder = newFolder();
  await run(folder);
  rmSync(join(folder, "run.json"));
  await expect(run(folder)).rejects.toThrow("without a run.json");
  writeFileSync(join(folder, "run.json"), "{}");
  await expect(run(folder)).rejects.toThrow("is not of envtune run or envtune evaluate");
});

test("traces can be graded anew, and their trajectories are what was executed", async () => {
  const folder = newFolder();
  await run(folder, { policy: groundTruthPolicy });
  for (const [index, stored] of (await tracesIn(folder)).entries()) {
    const { truth } = prepare(tasks[index]!);
    expect(gradeTrace(truth, stored, profiles.bfcl).valid).toBe(true);
    expect(trajectoryOf(playedOfTrace(stored))).toEqual(
      tasks[index]!.turns.map(({ groundTruth }) => (groundTruth.length > 0 ? [groundTruth] : [])),
    );
    expect(gradeTrace(truth, { ...stored, ended: "aborted", reason: "x" }, profiles.bfcl).failure?.type).toBe(
      "multi_turn:inference_error",
    );
  }
});

test("a run stops at an error that is nobody's message", async () => {
  const folder = newFolder();
  const broken = {
    prepare: (task: (typeof tasks)[number]) => {
      if (task === tasks[2]) throw new Error("no such environment");
      return prepare(task).setting;
    },
  };
  await expect(run(folder, { ...broken, concurrency: 1 })).rejects.toThrow("no such environment");
  expect(lines(folder)).toHaveLength(2);
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { hints } from "../../environments/index.ts";
import { probeReport } from "../../src/cli/probe-hints.ts";
import { act, startEpisode } from "../../src/episode/episode.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { endpointPolicy } from "../../src/rollout/endpoint-policy.ts";
import { traceOf } from "../../src/rollout/trace.ts";
import { Task } from "../../src/task/task.ts";
import { type HintProbe, probeHints } from "../../src/testing/probe-hints.ts";
import { probePoints } from "../../src/testing/probe-point.ts";
import { type ProbeRecord, probeArms } from "../../src/testing/probe-record.ts";
import { type PairedDifference, summarizeProbe } from "../../src/testing/probe-summary.ts";
import { hintPool } from "../../src/testing/shuffled-hints.ts";
import { prepare } from "../episode/sample-tasks.ts";
import { type Answer, calling, localEndpoint, saying, send } from "../rollout/local-endpoint.ts";

const folders: string[] = [];
const newFolder = () => {
  folders.push(mkdtempSync(join(tmpdir(), "envtune-probe-")));
  return folders.at(-1)!;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Each family has a file of its own to read, whose name the model gets wrong at first. */
const reading = (name: string): Task => {
  const contents = { [`${name}.md`]: { type: "file", content: `all about ${name}` } };
  return Task.parse({
    id: name,
    family: name,
    category: "base",
    environments: ["GorillaFileSystem"],
    config: { GorillaFileSystem: { root: { home: { type: "directory", contents } } } },
    turns: [
      { user: `What does ${name} say?`, groundTruth: [{ tool: "cat", args: { file_name: `${name}.md` } }] },
      { user: "Thank you.", groundTruth: [] },
    ],
  });
};
const tasks = ["harvest", "orchard", "vineyard"].map(reading);

/** Reads the wrong file first; after that, whatever a hint names as closest, or nothing. */
const readsHints: Answer = ({ body }, response) => {
  const { role, content } = body.messages.at(-1);
  const asked = /What does (\w+) say/.exec(content)?.[1];
  const [, closest] = /Hint: .*closest for 'file_name': '([^']+)'/.exec(content) ?? [];
  if (asked) send(response, 200, calling(["cat", JSON.stringify({ file_name: `${asked.slice(0, -1)}.md` })]));
  else if (role === "tool" && closest) send(response, 200, calling(["cat", JSON.stringify({ file_name: closest })]));
  else send(response, 200, saying("That is all."));
};
const ignoresHints: Answer = ({ body }, response) => {
  const { content } = body.messages.at(-1);
  if (/What does/.test(content)) send(response, 200, calling(["cat", '{"file_name": "nothing.md"}']));
  else send(response, 200, saying("That is all."));
};

async function probe(answer: Answer, options: Partial<HintProbe> = {}) {
  await using endpoint = await localEndpoint(answer);
  const backoff = { tries: 1, firstMilliseconds: 1, longestMilliseconds: 1 };
  const result = await probeHints({
    folder: newFolder(),
    manifest: {
      ...{ envtune: "0", dataset: "reading", datasetHash: "0", tasks: tasks.map(({ id }) => id), samples: 1 },
      ...{ policy: "endpoint", profile: "bfcl", renderer: "openai", seed: 0, stepLimit: 20 },
    },
    tasks,
    policy: endpointPolicy({ baseUrl: endpoint.baseUrl, model: "m", backoff }),
    prepare: (task) => prepare(task, openai).setting,
    library: hints,
    pool: hintPool(
      hints,
      tasks.map((task) => prepare(task).truth),
      "0",
    ),
    ...{ concurrency: 1, samples: 2, perTask: 3, messages: 4, seed: "0" },
    ...options,
  });
  return { ...result, requests: endpoint.requests.length };
}
const plain = ({ arm, against, difference }: PairedDifference) => `${arm}-${against} ${difference}`;

test("an endpoint that reads hints repairs under those that name the file, and under no others", async () => {
  const { records, aborted } = await probe(readsHints);
  expect(aborted).toBe(0);
  expect(records).toHaveLength(tasks.length * probeArms.length * 2);
  for (const { arm, repaired, passed } of records)
    expect([arm, repaired, passed]).toEqual([
      arm,
      ...(arm === "guide" || arm === "direct" ? [true, true] : [false, false]),
    ]);
  const summary = summarizeProbe(records);
  expect(summary.all).toMatchObject({ points: 3, families: 3, raw: { repaired: 0, passed: 0 } });
  const expected = ["shuffled-raw 0", "diagnose-raw 0", "guide-raw 1", "direct-raw 1", "guide-shuffled 1"];
  for (const row of [summary.all, summary.weighted!, summary.kinds[0]!])
    for (const measure of ["repaired", "passed"] as const) {
      expect(row.differences[measure].map(plain)).toEqual(expected);
      expect(row.differences[measure][2]!.interval).toEqual({ low: 1, high: 1 });
    }
  expect(summary.kinds[0]).toMatchObject({ tool: "cat", code: "notFound" });
  expect(probeReport("reading, m", summary)).toMatch(
    /cat notFound +3 +\d\.\d% +0\.0% .*\+100\.0 \[\+100\.0, \+100\.0\]/,
  );
});

test("each arm says what it should: nothing, another family's hint on another tool, one's own", async () => {
  const { records } = await probe(readsHints);
  const hintIn = (arm: string) =>
    records.filter((one) => one.arm === arm && one.task === "orchard").map(({ hint }) => hint);
  expect(hintIn("raw")).toEqual([undefined, undefined]);
  for (const hint of hintIn("shuffled")) {
    expect(hint).toBeDefined();
    expect(hint).not.toContain("orchar");
    expect(hint).not.toContain("'cat'");
  }
  for (const hint of hintIn("diagnose")) expect(hint).not.toContain("orchard.md");
  for (const arm of ["guide", "direct"]) for (const hint of hintIn(arm)) expect(hint).toContain("'orchard.md'");
});

test("an endpoint that ignores hints shows no difference anywhere", async () => {
  const { records } = await probe(ignoresHints);
  const { all } = summarizeProbe(records);
  expect(records.length).toBeGreaterThan(0);
  for (const { difference, interval } of [...all.differences.repaired, ...all.differences.passed])
    expect([difference, interval]).toEqual([0, { low: 0, high: 0 }]);
});

test("an interrupted probe goes on from its folder, and comes to the same", async () => {
  const whole = await probe(readsHints);
  const folder = newFolder();
  const interruption = new AbortController();
  const first = await probe(readsHints, {
    ...{ folder, signal: interruption.signal },
    onProgress: (stage, { finished }) => {
      if (stage === "continuations" && finished === 7) interruption.abort();
    },
  });
  expect(first).toMatchObject({ interrupted: true, wanted: 30 });
  expect(first.records.length).toBeGreaterThanOrEqual(7);
  expect(first.records.length).toBeLessThan(30);
  appendFileSync(join(folder, "continuations.jsonl"), '{"task": "half a li');
  const second = await probe(readsHints, { folder, concurrency: 4 });
  expect(second.records).toEqual(whole.records);
  expect(second).toMatchObject({ kept: first.records.length, interrupted: false });
  expect(second.requests).toBeLessThan(whole.requests - 9);
  const third = await probe(readsHints, { folder });
  expect(third).toMatchObject({ requests: 0, kept: 30 });
  await expect(probe(readsHints, { folder, messages: 5 })).rejects.toThrow(/messages 4, this one has 5.*--fresh/);
  expect(readFileSync(join(folder, "continuations.jsonl"), "utf8").trim().split("\n")).toHaveLength(30);
});

test("a continuation that the endpoint aborts is told, left out, and made the next time", async () => {
  const folder = newFolder();
  const failing: Answer = (request, response, count) =>
    request.body.messages.some(({ content }) => String(content).includes("Hint:")) && request.body.messages.length < 4
      ? send(response, 400, { error: { message: "too long" } })
      : readsHints(request, response, count);
  const first = await probe(failing, { folder });
  expect(first).toMatchObject({ aborted: 24, interrupted: false, reason: expect.stringContaining("too long") });
  expect(first.records.map(({ arm }) => arm)).toEqual(Array.from({ length: 6 }, () => "raw"));
  expect(summarizeProbe(first.records).all.differences.repaired[2]).toMatchObject({ points: 0 });
  expect((await probe(readsHints, { folder })).records).toHaveLength(30);
});

test("a failure that the message itself repairs, and a fault of the harness, are not continued", () => {
  const { setting } = prepare(tasks[0]!);
  const cat = (file_name: string) => ({ tool: "cat", args: { file_name } });
  let episode = startEpisode(setting);
  episode = act(setting, episode, openai.write([cat("x"), cat("harvest.md")]));
  episode = act(setting, episode, openai.write([{ tool: "cat<|channel|>commentary", args: {} }]));
  episode = act(setting, episode, openai.write([cat("harvest.md"), cat("x")]));
  for (const content of ["Done.", "Bye."]) episode = act(setting, episode, { role: "assistant", content });
  const trace = traceOf(setting, episode, { policy: "p", sample: 0 });
  expect(probePoints(trace, 9).map(({ turn, step, tool, code }) => [turn, step, tool, code])).toEqual([
    [0, 2, "cat", "notFound"],
  ]);
});

test("kinds of failure weigh as real models meet them, and families as a whole", () => {
  const record = (family: string, code: string, arm: ProbeRecord["arm"], repaired: boolean): ProbeRecord => ({
    ...{ task: `${family}-${code}`, family, turn: 0, step: 0, said: "", tool: "cat", code, arm, sample: 0 },
    ...{ repaired, passed: false, messages: 1 },
  });
  const records = ["a", "b", "c"].flatMap((family) => [
    record(family, "often", "raw", false),
    record(family, "often", "guide", true),
    record(family, "seldom", "raw", false),
    record(family, "seldom", "guide", false),
    record(family, "unheard", "raw", true),
    record(family, "unheard", "guide", true),
  ]);
  const frequency = ({ code }: { code: string }) => ({ often: 9, seldom: 1 })[code] ?? 0;
  const { all, weighted, covered, kinds } = summarizeProbe(records, frequency, 20);
  expect(all.differences.repaired[2]).toMatchObject({ arm: "guide", difference: expect.closeTo(1 / 3), points: 9 });
  expect(weighted!.differences.repaired[2]).toMatchObject({ difference: expect.closeTo(0.9), points: 6 });
  expect(covered).toBe(0.5);
  expect(kinds.map(({ code, share }) => [code, share])).toEqual([
    ["often", 0.45],
    ["seldom", 0.05],
    ["unheard", 0],
  ]);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paperCurriculum, singleStageCurriculum } from "../../src/curriculum/paper-curriculum.ts";
import { writeReport } from "../../src/report/index.ts";
import type { EpisodeReplay, TaskDetail } from "../../src/report/report-data.ts";
import { groundTruthPolicy } from "../../src/rollout/scripted-policies.ts";
import { readReport } from "./read-report.ts";
import { atHand, linesOf, playedTraces, simulatedRecords, tasks, writeTrainingRun } from "./sample-runs.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const out = at("report.html");
const solving = { samples: 1, policies: [groundTruthPolicy] };

beforeAll(async () => {
  const records = simulatedRecords(paperCurriculum(), "healthy", 0);
  await writeTrainingRun(at("curriculum"), records, { model: "small", seed: 0 });
  const single = simulatedRecords(singleStageCurriculum(), "collapse", 0);
  await writeTrainingRun(at("single"), single, { model: "small", seed: 1 });
  writeFileSync(at("traces.jsonl"), linesOf(await playedTraces(solving)));
});

test("a training run: what it came to, stages, decisions in words, charts with data only", async () => {
  await writeReport([at("curriculum")], { ...atHand, out });
  const { data } = readReport(out);
  const [source] = data.sources;
  expect(source).toMatchObject({ name: "curriculum", kind: "training run", notes: [] });
  const facts = Object.fromEntries(source!.facts);
  expect(facts.stopped).toBe("finished the curriculum in 'all without hints'");
  expect(facts["last accuracy"]).toMatch(/^3\d\.\d% at step \d+$/);
  expect(source!.bands.map(({ stage }) => stage)).toEqual(paperCurriculum().stages.map(({ name }) => name));
  expect(source!.bands[0]!.from).toBe(0);
  expect(source!.decisions.at(-1)!.text).toMatch(/'all without hints': finish by plateau: steps \d+/);
  const ids = data.charts.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(["reward", "accuracy", "accuracy-miss_func", "hint-reliance", "time-split"]),
  );
  for (const { lines } of data.charts) for (const { values } of lines) expect(values).toHaveLength(data.steps.length);
  expect(new Set(data.episodes.map(({ kind, step }) => `${kind} ${step}`))).toEqual(
    new Set(["rollout 5", "rollout 10", "validation 10", "validation with hints 10"]),
  );
  expect(data.episodes.every(({ stage }) => stage === "syntax")).toBe(true);
});

test("figures that a run does not have make no charts", async () => {
  mkdirSync(at("bare"), { recursive: true });
  const records = simulatedRecords(paperCurriculum(), "healthy", 0)
    .slice(0, 20)
    .map((record) => {
      const { kl: _, gradientNorm: __, ...training } = record.training ?? {};
      return { ...record, ...(record.training ? { training } : {}), validation: undefined };
    });
  writeFileSync(at("bare/steps.jsonl"), linesOf(records));
  await writeReport([at("bare")], { ...atHand, out });
  const { data } = readReport(out);
  const ids = data.charts.map(({ id }) => id);
  expect(ids).toContain("reward");
  for (const absent of ["accuracy", "accuracy-base", "hint-reliance", "gradient-norm", "kl"])
    expect(ids).not.toContain(absent);
  expect(Object.fromEntries(data.sources[0]!.facts).stopped).toBe(
    "in 'syntax' at step 19, with the curriculum unfinished",
  );
});

test("groups without variance are a share of all that were played, also where they are trained on", async () => {
  mkdirSync(at("constant"), { recursive: true });
  const [record] = simulatedRecords(paperCurriculum(), "healthy", 0).filter(({ training }) => training);
  const groups = { played: 16, trained: 16, withoutVariance: 8, refilled: 0 };
  writeFileSync(at("constant/steps.jsonl"), linesOf([{ ...record!, training: { ...record!.training!, groups } }]));
  await writeReport([at("constant")], { ...atHand, out });
  const chart = readReport(out).data.charts.find(({ id }) => id === "groups-without-variance")!;
  expect(chart.lines[0]!.values).toEqual([0.5]);
});

test("several runs stand beside each other, and the settings in which they differ are named", async () => {
  await writeReport([at("curriculum"), at("single")], { ...atHand, out });
  const { data } = readReport(out);
  expect(data.sources.map(({ name }) => name)).toEqual(["curriculum", "single"]);
  expect(data.differing).toEqual(["seed"]);
  const reward = data.charts.find(({ id }) => id === "reward")!;
  expect(new Set(reward.lines.map(({ source }) => source))).toEqual(new Set([0, 1]));
  expect(Object.fromEntries(data.sources[1]!.facts).stopped).toBe("by gradientNorm and accuracy in 'all at once'");
});

test("a file of traces is replayed: what each call changed, and the ground truth", async () => {
  const { episodes: count, notes } = await writeReport([at("traces.jsonl")], { ...atHand, out });
  const { data, episodes, tasks: truths } = readReport(out);
  expect([count, data.episodes.length, notes]).toEqual([tasks.length, tasks.length, []]);
  expect(data.charts).toEqual([]);
  const index = data.episodes.findIndex(({ task }) => data.tasks[task]!.id === "miss_param_band_van");
  const { replay, trace } = episodes[index]!;
  const { turns } = replay as EpisodeReplay;
  expect(turns.flatMap(({ wrong }) => wrong)).toEqual([]);
  const call = trace.turns.flatMap(({ steps }, turn) =>
    steps.flatMap(({ calls }, step) =>
      calls.map((each, at) => ({ tool: (each as { tool: string }).tool, changes: turns[turn]!.steps[step]![at]! })),
    ),
  );
  expect(call.find(({ tool }) => tool === "lockDoors")!.changes).toContainEqual({
    path: "VehicleControlAPI/doorStatus/driver",
    from: '"unlocked"',
    to: '"locked"',
  });
  const truth = truths[data.episodes[index]!.task] as TaskDetail;
  expect(truth.turns.flatMap(({ calls }) => calls.map((each) => each.call)).join("\n")).toContain("lockDoors(");
});

test("without the tasks, with other ones or with a changed environment, the report says what it lacks", async () => {
  const without = await writeReport([at("traces.jsonl")], { ...atHand, tasks: [], out });
  expect(readReport(out).episodes[0]!.replay).toEqual({
    missing: expect.stringMatching(/^The task '.*' is not at hand/),
  });
  expect(without.notes[0]).toContain(`Without state diffs`);

  const [set] = atHand.tasks;
  await writeReport([at("curriculum")], { ...atHand, tasks: [{ ...set!, hash: "another-hash-altogether" }], out });
  expect(readReport(out).episodes[0]!.replay).toEqual({
    missing:
      "The tasks of 'bundled' at hand have another hash (another-hash) than those that were played (bundled-hash).",
  });

  const changed = (await playedTraces(solving)).map((trace) => JSON.parse(JSON.stringify(trace)));
  for (const trace of changed)
    for (const { steps } of trace.turns) for (const { results } of steps) for (const one of results) one.text += "!";
  writeFileSync(at("changed.jsonl"), linesOf(changed));
  await writeReport([at("changed.jsonl")], { ...atHand, out });
  expect(readReport(out).episodes[0]!.replay).toEqual({ missing: expect.stringMatching(/return other results/) });
});

test("of more episodes than a page can hold, some are shown, and the report says which", async () => {
  const { episodes, notes } = await writeReport([at("curriculum")], { ...atHand, out, mostEpisodes: 400 });
  expect(episodes).toBe(360);
  expect(readReport(out).data.episodes.map(({ step }) => step)).not.toContain(5);
  expect(notes[0]).toBe("360 of 480 episodes are shown: those of one in 2 rollout steps and validations.");
  const first = await writeReport([at("traces.jsonl")], { ...atHand, out, mostEpisodes: 10 });
  expect(first.notes).toEqual([`10 of ${tasks.length} episodes are shown: the first ones.`]);
  expect(Object.fromEntries(readReport(out).data.sources[0]!.facts).episodes).toBe(String(tasks.length));
});

test("of an episode that was played again, the last record is shown", async () => {
  mkdirSync(at("goes-on"), { recursive: true });
  const [one, two] = await playedTraces({ ...solving, most: 2 });
  const aborted = { ...one!, ended: "aborted", reason: "the server was down" };
  writeFileSync(at("goes-on/traces.jsonl"), linesOf([aborted, two]));
  writeFileSync(at("goes-on/journal.jsonl"), linesOf([one]));
  await writeReport([at("goes-on")], { ...atHand, out });
  const { data } = readReport(out);
  expect(data.episodes.map(({ ended }) => ended)).toEqual(["completed", "completed"]);
  expect(Object.fromEntries(data.sources[0]!.facts)).toMatchObject({ episodes: "2", accuracy: "100.0%" });
});

test("a last line that does not end is left out, and the report says so", async () => {
  writeFileSync(at("cut.jsonl"), linesOf(await playedTraces({ ...solving, most: 2 })).slice(0, -1));
  const { episodes, notes } = await writeReport([at("cut.jsonl")], { ...atHand, out });
  expect([episodes, notes]).toEqual([1, ["The last line does not end, as after a kill, and is left out."]]);
});

test("no byte of a trace reaches the page as HTML", async () => {
  const [trace] = await playedTraces({ ...solving, most: 1 });
  const evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028\u2029<!--";
  const turns = trace!.turns.map((turn) => ({ ...turn, user: evil }));
  writeFileSync(at("<b>evil.jsonl"), linesOf([{ ...trace, id: evil, policy: evil, turns }]));
  await writeReport([at("<b>evil.jsonl")], { ...atHand, out });
  const { html, episodes } = readReport(out);
  expect(episodes[0]!.trace.id).toBe(evil);
  expect(html).not.toContain("alert(1)");
  expect(html).toContain("<title>&lt;b&gt;evil.jsonl: envtune report</title>");
  expect(html.split("<script>")).toHaveLength(2);
});

test("what is no run is refused, with the fix", async () => {
  const report = (path: string) => writeReport([path], { ...atHand, out });
  await expect(report(at("nowhere"))).rejects.toThrow("nowhere: there is no such file or folder");
  mkdirSync(at("empty"), { recursive: true });
  await expect(report(at("empty"))).rejects.toThrow("name a folder with steps.jsonl or traces.jsonl in it");
  mkdirSync(at("wrong"), { recursive: true });
  writeFileSync(at("wrong/steps.jsonl"), '{"step": -1}\n');
  await expect(report(at("wrong"))).rejects.toThrow(/steps\.jsonl:1: this line is no record of a step \(step: /);
  await expect(report(at("wrong/steps.jsonl"))).rejects.toThrow(/this line is no trace/);
  writeFileSync(at("nothing.jsonl"), "");
  await expect(report(at("nothing.jsonl"))).rejects.toThrow("nothing.jsonl holds no trace");
  expect(readFileSync(out, "utf8")).toContain("evil");
});

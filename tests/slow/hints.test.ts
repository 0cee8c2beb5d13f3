import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { environmentOf, hints } from "../../environments/index.ts";
import { hintPage } from "../../src/cli/hints.ts";
import { playedTrajectories } from "../../src/cli/played-trajectories.ts";
import { type GroundTruth, replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import { loadBundledExtension, loadBundledTasks } from "../../src/task/bundled.ts";
import { trajectoryMoments, wanderingMoments } from "../../src/testing/failing-moments.ts";
import { hintExamples } from "../../src/testing/hint-examples.ts";
import { lintHints } from "../../src/testing/lint-hints.ts";
import { type Narrowing, narrowing, noTool } from "../../src/testing/narrowing.ts";
import { statesOf } from "../../src/testing/state-dependence.ts";
import { sharedPath } from "../shared-data.ts";

const bfcl = sharedPath("bfcl");
const traces = sharedPath("goldens/traces_train.jsonl.gz");

describe.skipIf(!bfcl || !traces)("hints on the failures of real models", () => {
  let ids: readonly string[];
  let truthOf: (id: string) => GroundTruth;
  let found: Narrowing;
  beforeAll(async () => {
    const { tasks, extension } = await readBfcl(bfcl!, { environmentOf });
    const byId = new Map(tasks.map((task) => [task.id, task]));
    ids = [...byId.keys()];
    truthOf = (id) => replayGroundTruth(byId.get(id)!, environmentOf(byId.get(id)!.environments), extension);
    const moments = playedTrajectories(traces!).flatMap(({ id, trajectory }) => [
      ...trajectoryMoments(truthOf(id), trajectory),
    ]);
    const wandered = ids.flatMap((id, at) => (at % 4 === 0 ? [...wanderingMoments(truthOf(id), "0", 20)] : []));
    found = narrowing(hints, moments, statesOf([...moments, ...wandered]));
  });

  test("every failing call is hinted, most by the state, and repairable ones are led on far more often than by a shuffled hint", () => {
    const { kinds, ...all } = found;
    console.log(JSON.stringify(all));
    const tools = new Set(Object.values(hints).flatMap(({ environment }) => Object.keys(environment.tools)));
    const covered = kinds.filter(({ tool }) => tool === noTool || tools.has(tool));
    const failures = covered.reduce((sum, kind) => sum + kind.failures, 0);
    const silent = covered.reduce((sum, kind) => sum + kind.silent, 0);
    expect(failures).toBeGreaterThan(1000);
    expect(covered.filter((kind) => kind.hinted + kind.silent < kind.failures)).toEqual([]);
    expect(silent / failures).toBeLessThan(0.01);
    expect(all.dependent / all.failures).toBeGreaterThan(0.6);
    expect(all.guided).toBeGreaterThan(2 * all.shuffled);
  });

  test("the table of how often real models meet a failure is counted from the recording", async () => {
    const kinds = found.kinds.toSorted((a, b) => (a.tool + a.code < b.tool + b.code ? -1 : 1));
    const tools = [...new Set(kinds.map(({ tool }) => tool))];
    const table = tools.map((name) => [
      name,
      Object.fromEntries(kinds.flatMap(({ tool, code, failures }) => (tool === name ? [[code, failures]] : []))),
    ]);
    // `vitest run --project slow tests/slow/hints.test.ts -u` writes it anew.
    await expect(`${JSON.stringify(Object.fromEntries(table), undefined, 2)}\n`).toMatchFileSnapshot(
      "../../src/testing/failure-frequencies.json",
    );
  });

  test("no hint on walks through the 800 entries breaks a rule", () => {
    const report = lintHints(
      hints,
      (function* () {
        for (const id of ids) yield truthOf(id);
      })(),
    );
    console.log(JSON.stringify({ ...report, findings: report.findings.length }));
    expect(report.findings).toEqual([]);
  });
});

test("docs/hints.md is what `envtune hints` prints", async () => {
  const extension = await loadBundledExtension();
  const truths = (await loadBundledTasks(environmentOf)).map((task) =>
    replayGroundTruth(task, environmentOf(task.environments), extension),
  );
  const page = readFileSync(new URL("../../docs/hints.md", import.meta.url), "utf8");
  expect(page).toBe(hintPage(hintExamples(hints, truths)));
});

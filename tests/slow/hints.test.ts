import { describe, expect, test } from "vitest";
import { environmentOf, hints } from "../../environments/index.ts";
import { readGoldens } from "../../src/conformance/golden.ts";
import { ownerOf } from "../../src/core/owner.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { decodeResult } from "../../src/grading/result-file.ts";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import { type TaskMoment, trajectoryMoments } from "../../src/testing/failing-moments.ts";
import { lintHints } from "../../src/testing/lint-hints.ts";
import { narrowing } from "../../src/testing/narrowing.ts";
import { sharedPath } from "../shared-data.ts";

const bfcl = sharedPath("bfcl");
const traces = sharedPath("goldens/traces_train.jsonl.gz");

describe.skipIf(!bfcl || !traces)("hints on the failures of real models", async () => {
  const { tasks, extension } = await readBfcl(bfcl!, { environmentOf });
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const truthOf = (id: string) => {
    const task = byId.get(id)!;
    return replayGroundTruth(task, environmentOf(task.environments), extension);
  };
  function* realFailures(): Generator<TaskMoment> {
    for (const record of readGoldens(traces!)) {
      const trajectory = record.format === "traces" ? decodeResult(record.result) : undefined;
      if (!trajectory) continue;
      for (const moment of trajectoryMoments(truthOf(record.id), trajectory)) {
        const owner = ownerOf(moment.environment, moment.call.tool, moment.state);
        if (!owner || hints[owner.name]) yield moment;
      }
    }
  }

  test("every failing call is hinted, and repairable ones are led on far more often than by a shuffled hint", () => {
    const found = narrowing(hints, realFailures());
    console.log(JSON.stringify(found));
    expect(found.failures).toBeGreaterThan(1000);
    expect(found.hinted + found.silent).toBe(found.failures);
    expect(found.silent / found.failures).toBeLessThan(0.01);
    expect(found.guided).toBeGreaterThan(2 * found.shuffled);
  });

  test("no hint on walks through the 800 entries breaks a rule", () => {
    const report = lintHints(
      hints,
      (function* () {
        for (const { id } of tasks) yield truthOf(id);
      })(),
    );
    console.log(JSON.stringify({ ...report, findings: report.findings.length }));
    expect(report.findings).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { Conformance } from "../../src/conformance/conformance.ts";
import { compared } from "../../src/conformance/tally.ts";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import { sharedPath } from "../shared-data.ts";

const bfcl = sharedPath("bfcl");
const goldens = sharedPath("goldens");
if (!bfcl || !goldens) console.log("skipped: no recordings of the reference at ../shared");

describe.skipIf(!bfcl || !goldens)("recordings of the reference", async () => {
  const conformance =
    bfcl && goldens ? new Conformance(await readBfcl(bfcl, { environmentOf }), environmentOf) : undefined;
  const replay = (file: string) => conformance!.replayFile(`${goldens}/${file}.jsonl.gz`);

  test("ground truths: every result and state equal", () => {
    const tally = replay("groundtruth");
    expect(tally.differences).toEqual([]);
    expect(tally.counts).toEqual({ equal: 4625, refused: 0, bydesign: 0, different: 0, skipped: 0 });
    expect([tally.sequences, tally.sequencesEqual]).toEqual([800, 800]);
  });

  test("well-typed calls: every result and state equal but for those that hang on chance", () => {
    const tally = replay("fuzz_typed_train");
    expect(tally.differences).toEqual([]);
    expect(tally.counts).toEqual({ equal: 26_991, refused: 0, bydesign: 0, different: 0, skipped: 9 });
  });

  test("hostile calls: equal, refused or by design", () => {
    const tally = replay("fuzz_train");
    expect(tally.differences).toEqual([]);
    expect(compared(tally)).toBeGreaterThanOrEqual(13_000);
  });

  test("perturbed trajectories: every official verdict", () => {
    const tally = replay("checker_train");
    expect(tally.differences).toEqual([]);
    expect([tally.verdicts, tally.verdictsEqual]).toEqual([2000, 2000]);
  });

  test("real models: results equal or refused, and every official verdict", () => {
    const tally = replay("traces_train");
    expect(tally.differences).toEqual([]);
    expect([tally.verdicts, tally.verdictsEqual]).toEqual([1626, 1626]);
  });
});

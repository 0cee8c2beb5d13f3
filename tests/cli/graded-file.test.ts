import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { gradeFile } from "../../src/cli/graded-file.ts";
import { profiles } from "../../src/grading/profile.ts";
import { copying } from "../episode/sample-tasks.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-graded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "results.jsonl");

function gradeLines(...lines: readonly unknown[]) {
  writeFileSync(path, lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
  return gradeFile(path, { name: "sample", hash: "", tasks: [copying], documents: {} }, environmentOf, profiles.bfcl);
}
const calls = (...steps: readonly unknown[]) => ({ id: "copying", result: steps });

test("both forms of the generator's results are graded", () => {
  const native = calls(
    [[{ cp: '{"source": "a.txt", "destination": "d"}' }], "words"],
    [[{ cat: '{"file_name": "a.txt"}' }]],
  );
  const prompted = calls(["`[cp(source='a.txt', destination='d')]`\n"], ["cat(file_name='a.txt')"]);
  for (const line of [native, prompted])
    expect(gradeLines(line)).toEqual([
      expect.objectContaining({ id: "copying", family: "copying", grade: expect.objectContaining({ valid: true }) }),
    ]);
});

test("a result that is no list of turns is an inference error", () => {
  for (const result of ["Error during inference: 429", null, {}])
    expect(gradeLines({ id: "copying", result })[0]!.grade.failure?.type).toBe("multi_turn:inference_error");
});

test("every line that cannot be graded is named", () => {
  const bad = () => gradeLines(calls([], []), "{", { id: "copying" }, { id: "gone", result: [] }, calls([]), { id: 5 });
  for (const message of [
    /results\.jsonl:2:\d+: not JSON/,
    /results\.jsonl:3: result: missing/,
    /results\.jsonl:4: id: the dataset has no task 'gone'/,
    /results\.jsonl:5: id: 'copying' stands in line 1 already/,
    /results\.jsonl:6: id: expected string, got number 5/,
  ])
    expect(bad).toThrow(message);
});

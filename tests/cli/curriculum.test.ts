import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { simulated, stageTable } from "../../src/cli/curriculum.ts";
import { paperCurriculum } from "../../src/curriculum/paper-curriculum.ts";

test("the stages are a table, one line each", () => {
  const lines = stageTable(paperCurriculum().stages).split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toMatch(
    /^ {2}syntax\s+base, easiest 75\s+syntax\s+standard\s+off\s+16 x 16\s+18192\s+plateau, 30 to 100 steps$/,
  );
});

test("a simulated collapse ends in the decision that was asked for", () => {
  expect(simulated("collapse", { action: "stop", seed: "0" })).toMatch(
    /flag by gradientNorm.*\n.*flag by accuracy.*\n.*: stop by gradientNorm and accuracy.*\nstopped after 77 steps/,
  );
  expect(simulated("collapse", { action: "rollBack", seed: "0" })).toContain("roll back to step 66");
  expect(() => simulated("collapse", { action: "stop", seed: "x" })).toThrow(
    "--seed: expected a whole number, got 'x'",
  );
});

test("the page shows what the command prints", () => {
  const page = readFileSync(new URL("../../docs/curriculum.md", import.meta.url), "utf8");
  expect(page).toContain(simulated("collapse", { action: "rollBack", seed: "0" }));
});

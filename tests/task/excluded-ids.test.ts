import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { readExcludedIds, withoutExcluded } from "../../src/task/excluded-ids.ts";
import type { Task } from "../../src/task/task.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-excluded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (text: string): string => {
  const path = join(folder, `${text.length}.json`);
  writeFileSync(path, text);
  return path;
};
const tasks = ["a", "b", "c"].map((id) => ({ id }) as Task);
const left = async (text: string) => {
  const path = written(text);
  return withoutExcluded(tasks, await readExcludedIds(path), path).map(({ id }) => id);
};

test("leaves out what a list of ids or the findings of a file name, and keeps what is only remarked upon", async () => {
  expect(await left("# known\na\n")).toEqual(["b", "c"]);
  const findings = [{ check: "x", task: "a" }, { check: "x", task: "b", remark: true }, { check: "laws" }];
  expect(await left(JSON.stringify({ card: 1, findings }))).toEqual(["b", "c"]);
});

test.each([
  ["other\n", "none of the 3 tasks is named there"],
  ["a\nb\nc\n", "all 3 tasks are named there"],
  ["{", "is no JSON"],
  ['{"tasks":[]}', "findings: missing"],
])("%j is refused", async (text, message) => {
  await expect(left(text)).rejects.toThrow(message);
});

test("BFCL's defects leave out 68 entries, of all four categories", async () => {
  const ids = await readExcludedIds(fileURLToPath(new URL("../../docs/bfcl-errata.json", import.meta.url)));
  expect(ids.size).toBe(68);
  const of = (category: string) => [...ids].filter((id) => id.startsWith(`multi_turn_${category}_`)).length;
  expect(["base", "miss_func", "miss_param", "long_context"].map(of)).toEqual([17, 19, 17, 15]);
});

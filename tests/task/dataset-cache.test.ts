import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import type { Dataset } from "../../src/task/dataset.ts";
import { datasetFolder, saveDataset } from "../../src/task/dataset-cache.ts";
import { openDataset } from "../../src/task/open-dataset.ts";
import { smallBfcl, wheelOf } from "./small-bfcl.ts";

let folder: string;
let cache: string;
let dataset: Dataset;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "envtune-test-"));
  cache = join(folder, "cache", "bfcl");
  await writeFile(join(folder, "bfcl.whl"), wheelOf(smallBfcl()));
  dataset = await readBfcl(join(folder, "bfcl.whl"), { families: 2 });
});
beforeEach(() => saveDataset(dataset, cache));
afterAll(() => rm(folder, { recursive: true }));

test("a dataset comes back as it was", async () => {
  expect(await openDataset(cache)).toEqual(dataset);
  expect((await readdir(cache)).sort()).toEqual(["dataset.json", "documents.json", "extension.json", "tasks.jsonl"]);
  expect(JSON.parse(await readFile(join(cache, "dataset.json"), "utf8"))).toEqual({
    format: 1,
    name: "bfcl",
    version: "9.8.7",
    hash: dataset.hash,
    counts: { base: 2, miss_func: 2, miss_param: 2, long_context: 2 },
  });
});

test("without a path, the cache is opened; undefined where nothing was imported", async () => {
  vi.stubEnv("ENVTUNE_CACHE", join(folder, "cache"));
  expect((await openDataset(undefined))?.hash).toBe(dataset.hash);
  vi.stubEnv("ENVTUNE_CACHE", join(folder, "none"));
  expect(await openDataset(undefined)).toBeUndefined();
  vi.unstubAllEnvs();
});

test("a path that is no imported folder is read as a package", async () => {
  await expect(openDataset(join(folder, "bfcl.whl"))).rejects.toThrow(/'multi_turn_base_2' is missing/);
});

test("the cache folder follows the environment", () => {
  expect(datasetFolder("bfcl", { ENVTUNE_CACHE: "/a", XDG_CACHE_HOME: "/b" })).toBe("/a/bfcl");
  expect(datasetFolder("bfcl", { ENVTUNE_CACHE: "", XDG_CACHE_HOME: "/b" })).toBe("/b/envtune/bfcl");
  expect(datasetFolder("bfcl", {})).toBe(join(homedir(), ".cache", "envtune", "bfcl"));
});

test.each([
  ["tasks.jsonl", "Enter the folder", "Leave the folder", /was changed since its import: its hash is/],
  ["documents.json", "Does cd", "Does not cd", /was changed since its import/],
  ["extension.json", "more text", "less text", /was changed since its import/],
  ["tasks.jsonl", '{"id"', '{"id', /is damaged; import it again with `envtune import bfcl`\n.*tasks\.jsonl:1:/],
  ["extension.json", '"carStatus"', '"car"', /is damaged.*\n.*extension\.json: vehicle\.carStatus: missing/],
  ["documents.json", "{", "", /documents\.json is no JSON/],
  ["dataset.json", '"format": 1', '"format": 2', /dataset\.json: format: expected 1, got number 2/],
])("a change of %s is noticed", async (file, from, to, message) => {
  const text = await readFile(join(cache, file), "utf8");
  expect(text).toContain(from);
  await writeFile(join(cache, file), text.replace(from, to));
  await expect(openDataset(cache)).rejects.toThrow(message);
});

test("a file that is gone is named", async () => {
  await rm(join(cache, "extension.json"));
  await expect(openDataset(cache)).rejects.toThrow(/extension\.json cannot be read .* import it again/);
});

test("an import that failed leaves what was there, and other files alone", async () => {
  await writeFile(join(cache, "mine.txt"), "kept");
  const broken = { ...dataset, tasks: [{ ...dataset.tasks[0]!, turns: [] }] };
  await expect(saveDataset(broken, cache)).rejects.toThrow(/cannot be saved/);
  expect((await openDataset(cache)).hash).toBe(dataset.hash);
  expect(await readFile(join(cache, "mine.txt"), "utf8")).toBe("kept");
});

test("an import that is cut short does not look whole", async () => {
  await rm(join(cache, "dataset.json"));
  await expect(openDataset(cache)).rejects.toThrow(/no BFCL data in/);
});

import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const module = new URL("results-table.mjs", import.meta.url).href;
const { tableOf, pageWith } = await import(module);
const root = fileURLToPath(new URL("../..", import.meta.url));

const of = (name: string, status: string, statuses: readonly string[]) => ({
  ...{ name: `${root}${name}`, status, startTime: 1000, endTime: 4600 },
  assertionResults: statuses.map((one) => ({ status: one })),
});
const table: string = tableOf({
  ...{ root, date: "2026-01-02", counts: [{ folder: "trl", passed: 41 }] },
  results: {
    success: false,
    testResults: [
      of("tests/slow/frameworks/trl.test.ts", "passed", ["passed"]),
      of("tests/slow/frameworks/openenv.test.ts", "failed", []),
      of("tests/heavy/one-episode.test.ts", "failed", ["passed", "passed", "failed", "skipped"]),
      of("tests/heavy/new-one.test.ts", "passed", ["passed"]),
    ],
  },
});

test("each row has versions as they are pinned, and what came of the tests", () => {
  expect(table).toContain("Run on 2026-01-02");
  expect(table).toContain("**not everything passed**");
  expect(table).toMatch(
    /^\| TRL \| trl [\d.]+, transformers [\d.]+, torch [\d.]+ \| \S+ \| 1 passed \(41 in pytest\) \| 4 \|$/m,
  );
  expect(table).toMatch(/^\| OpenEnv \| openenv [\d.]+ \| \S+ \| \*\*1 failed\*\* \| 4 \|$/m);
  expect(table).toMatch(/\| \*\*1 failed\*\*, 2 passed, 1 skipped \| 4 \|$/m);
  expect(table).toMatch(/^\| verl \|.* not run \|/m);
  expect(table).toMatch(/^\| Vercel AI SDK \| ai [\d.]+ /m);
  expect(table, "a test that no row is for").toContain("tests/heavy/new-one.test.ts");
  expect(table).not.toContain("?");
});

test("a page keeps all but what stands between its markers", () => {
  const page = "# Page\n<!-- npm run test:frameworks writes what stands from here -->\nold\n<!-- to here -->\nmore\n";
  const written = pageWith(page, "new");
  expect(written.replace(/\n+/g, "\n")).toBe(page.replace("old", "new"));
  expect(() => pageWith("# Page", "new")).toThrow("has no lines");
});

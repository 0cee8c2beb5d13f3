// `npm run test:frameworks`: every test against a framework, one file after the other, and the table of docs/frameworks.md from what
// came of them. With arguments (of vitest) it runs what they choose, and leaves the page as it is.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pageWith, tableOf } from "./results-table.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const chosen = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "envtune-frameworks-"));
const [json, counts] = [join(folder, "results.json"), join(folder, "counts.jsonl")];
const projects = ["unit", "slow", "heavy"].flatMap((name) => ["--project", name]);
// The light form of that test plays nothing that its whole form does not.
const once = ["--exclude", "tests/slow/frameworks/one-episode.test.ts"];
const all = ["tests/slow/frameworks/", "tests/heavy/", "tests/tools/ai-sdk.test.ts", ...once];
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${json}`];
const run = ["run", ...projects, "--no-file-parallelism", ...reporters, ...(chosen.length > 0 ? chosen : all)];

try {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const env = { ...process.env, ENVTUNE_COUNTS: counts };
  const { status } = spawnSync(process.execPath, [vitest, ...run], { cwd: root, env, stdio: "inherit" });
  if (chosen.length === 0 && existsSync(json)) {
    const counted = existsSync(counts) ? readFileSync(counts, "utf8").trim().split("\n") : [];
    const table = tableOf({
      ...{ root, date: new Date().toISOString().slice(0, 10), counts: counted.map((line) => JSON.parse(line)) },
      results: JSON.parse(readFileSync(json, "utf8")),
    });
    const page = join(root, "docs/frameworks.md");
    const temporary = `${page}.${process.pid}.part`;
    writeFileSync(temporary, pageWith(readFileSync(page, "utf8"), table));
    renameSync(temporary, page);
    console.log(`\n${table}\n\ndocs/frameworks.md has this now`);
  }
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

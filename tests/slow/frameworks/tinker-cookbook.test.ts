import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environmentOf, hints } from "../../../environments/index.ts";
import { openai } from "../../../src/episode/renderers/openai.ts";
import { createCatalog } from "../../../src/server/catalog.ts";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { createSessionTable } from "../../../src/server/session/session-table.ts";
import { loadBundledTasks } from "../../../src/task/bundled.ts";
import { frameworkPython } from "../../frameworks/python-venv.ts";
import { runPytest } from "../../frameworks/run-pytest.ts";

const python = await frameworkPython("tinker-cookbook");
const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "envtune-cookbook-"));
const defaults = { hints: "guide", reward: "progress" } as const;
const task = "miss_func_band_lyrics";
const bundled = await loadBundledTasks();
const held = bundled.filter(({ family }) => ["band_lyrics", "lost_dog"].includes(family));
const splits = { train: bundled.filter((one) => !held.includes(one)), test: held };
const catalog = createCatalog({ name: "bundled", tasks: bundled, splits, environmentOf, hints });

/** A model's message: words, calls, or text in which a call is broken. */
type Said = { readonly content: string; readonly calls?: readonly [tool: string, args: Record<string, unknown>][] };
const done: Said = { content: "Done." };
const turns = bundled.find(({ id }) => id === task)!.turns;
const solves = turns.flatMap(({ groundTruth }): Said[] =>
  groundTruth.length === 0
    ? [done]
    : [{ content: "", calls: groundTruth.map(({ tool, args }) => [tool, args as Record<string, unknown>]) }, done],
);
const scripts: Record<string, readonly Said[]> = {
  solves,
  // The second message names a file that is not there; every turn after the first is left undone.
  fails: [
    { content: "", calls: [["ls", {}]] },
    { content: "Let me look.", calls: [["cat", { file_name: "lyric.txt" }]] },
    ...[done, done, done, done],
  ],
  // A broken call costs an attempt and no more.
  stumbles: [{ content: 'Now.<tool_call>\n{"name": "ls", "arguments": {\n</tool_call>' }, ...solves],
};

/** The same messages in this process: what each step and the whole episode are worth. */
function played(script: readonly Said[]) {
  const session = createSessionTable({ catalog, defaults }).create();
  session.reset({ task });
  const replies = script.map(({ content, calls = [] }) =>
    session.step({
      type: "message",
      content,
      ...(calls.length > 0
        ? { tool_calls: openai.write(calls.map(([tool, args]) => ({ tool, args }))).tool_calls }
        : {}),
    }),
  );
  const { total_reward, turn_scores, step_count, ending } = replies.at(-1)!.metadata;
  return { rewards: replies.map(({ reward }) => reward), total_reward, turn_scores, step_count, ending };
}

let server: RunningServer;
beforeAll(async () => {
  if (!existsSync(join(root, "dist/server-bundle"))) await promisify(execFile)("npm", ["run", "build"], { cwd: root });
  server = await startServer({ catalog, defaults });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(python === undefined)(
  "groups roll out through the cookbook's own code, and earn what they do here",
  async () => {
    const cases = Object.fromEntries(
      Object.entries(scripts).map(([name, script]) => [name, { script, expected: played(script) }]),
    );
    expect(Object.values(cases).map(({ expected }) => expected.total_reward)).toEqual([1, 0.5, 1]);
    const scenario = join(folder, "scenario.json");
    const splitIds = Object.fromEntries(Object.entries(splits).map(([name, part]) => [name, part.map(({ id }) => id)]));
    writeFileSync(scenario, JSON.stringify({ url: server.url, task, cases, splits: splitIds }));
    await runPytest(python!, "tinker_cookbook", {
      ENVTUNE_SCENARIO: scenario,
      ENVTUNE_PAGE: "docs/frameworks/tinker-cookbook.md",
      ENVTUNE_NODE: process.execPath,
      ENVTUNE_SERVER: join(root, "dist/server-bundle/envtune.cjs"),
    });
    expect(server.table.active).toBe(0);
  },
);

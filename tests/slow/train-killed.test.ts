import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../../src/core/seeded-random.ts";
import { taskLine } from "../../src/task/save.ts";
import { copying, fileTask } from "../episode/sample-tasks.ts";
import { filesIn } from "../training/loop/run-files.ts";
import { type MockTinker, startMockTinker } from "../training/mock-tinker/index.ts";
import { idsByHand, modelFolder } from "../training/tokens/model-folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Inside the checkout, so that the bundle finds the packages it imports. */
const bundle = join(root, "node_modules/.cache/envtune-test-train");
const folder = mkdtempSync(join(tmpdir(), "envtune-killed-"));
const tokenizer = modelFolder();
const steps = 12;

/** Some are right, some are wrong, some cannot be read. */
const messages = [
  ...copying.turns.flatMap(({ groundTruth }) =>
    groundTruth.map(
      ({ tool, args }) => `<tool_call>\n${JSON.stringify({ name: tool, arguments: args })}\n</tool_call>`,
    ),
  ),
  '<tool_call>\n{"name": "cd", "arguments": {"folder": "nowhere"}}\n</tool_call>',
  "<tool_call>\n{",
  "Done.",
].map((text) => idsByHand(`${text}<|im_end|>`));

beforeAll(async () => {
  const entry = { cli: join(root, "src/cli/main.ts") };
  await build({ entry, outDir: bundle, format: "esm", target: "node20", config: false, silent: true, clean: true });
  const tasks = Array.from({ length: 16 }, (_, index) => fileTask(`copying-${index}`, copying.turns));
  writeFileSync(join(folder, "tasks.jsonl"), tasks.map((task) => `${taskLine(task)}\n`).join(""));
  const stage = {
    ...{ reward: "0.9*progress+0.1*format", prompt: "standard", limits: { stepLimit: 3 } },
    batch: { tasks: 2, groupSize: 3 },
    transition: { when: "fixedSteps", steps: steps / 2 },
  };
  const stages = [
    { name: "one", hints: "guide", ...stage },
    { name: "two", hints: "off", ...stage },
  ];
  const collapse = { gradientNorm: false, action: "flag" };
  writeFileSync(join(folder, "curriculum.json"), JSON.stringify({ name: "short", stages, collapse }));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
});

interface Sitting {
  readonly code: number | null;
  readonly output: string;
  readonly requests: number;
}

/** A server, and a command that trains on it; killed when the server has had so many requests of it. */
async function training(out: string, staleness: string) {
  let requests = 0;
  let death = Number.POSITIVE_INFINITY;
  let child: ChildProcess | undefined;
  const server: MockTinker = await startMockTinker({
    // Letters; what the model cannot emit takes no time and has a fixed log-probability.
    ...{ seed: 5, vocabulary: Array.from({ length: 26 }, (_, index) => 97 + index), holdMilliseconds: 5 },
    faults: {
      "429": 0.02,
      "500": 0.02,
      "502-after": 0.02,
      "drop-after": 0.02,
      duplicate: 0.02,
      "410": 0.02,
      try_again: 0.05,
    },
    respond: (prompt, seed) => messages[seededRandom(`${seed} ${prompt.length}`).below(messages.length)],
    intercept: () => {
      if (++requests === death) child!.kill("SIGKILL");
      return undefined;
    },
  });
  const sitting = (killedAt: number) => {
    requests = 0;
    death = killedAt;
    const options = [
      ...["--backend", "tinker", "--base-url", server.url, "--tokenizer", tokenizer, "--tasks", "tasks.jsonl"],
      ...["--curriculum", "curriculum.json", "--tools", "signatures", "--rank", "2", "--learning-rate", "0.01"],
      ...["--validate-every", "4", "--staleness", staleness, "--message-tokens", "80", "--out", out, "--seed", "3"],
    ];
    child = spawn(process.execPath, [join(bundle, "cli.js"), "train", ...options], { cwd: folder });
    let output = "";
    for (const stream of [child.stdout!, child.stderr!])
      stream.on("data", (chunk) => {
        output += chunk;
      });
    return new Promise<Sitting>((resolve) => child!.on("close", (code) => resolve({ code, output, requests })));
  };
  return { server, sitting };
}

/** The data of every step that made the run's last weights. */
function dataOf(server: MockTinker, out: string) {
  const { checkpoint } = JSON.parse(readFileSync(join(folder, out, "state.json"), "utf8"));
  return server.history(checkpoint).map(({ batches, adam }) => ({ batches, adam }));
}

test.each(["0", "1"])(
  "a process that is killed 20 times sends the data of one that is not (staleness %s)",
  async (staleness) => {
    const whole = await training(`whole-${staleness}`, staleness);
    const { code, output, requests } = await whole.sitting(Number.POSITIVE_INFINITY);
    expect(code, output).toBe(0);
    const expected = dataOf(whole.server, `whole-${staleness}`);
    expect(expected).toHaveLength(steps);

    const killed = await training(`killed-${staleness}`, staleness);
    const random = seededRandom(`kills ${staleness}`);
    let kills = 0;
    for (let last: Sitting | undefined; last?.code !== 0; ) {
      // One in ten of the whole run's requests: a step makes fewer.
      const death = kills < 20 ? 1 + random.below(Math.ceil((1.5 * requests) / steps)) : Number.POSITIVE_INFINITY;
      last = await killed.sitting(death);
      if (last.code === null) kills++;
      else expect(last.code, last.output).toBe(0);
    }
    expect(kills).toBe(20);
    expect(dataOf(killed.server, `killed-${staleness}`)).toEqual(expected);
    expect(filesIn(join(folder, `killed-${staleness}`))).toEqual(filesIn(join(folder, `whole-${staleness}`)));
    await whole.server.close();
    await killed.server.close();
  },
);

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderers } from "../../src/episode/renderers/index.ts";
import { withSignatures } from "../../src/episode/renderers/with-signatures.ts";
import { loadChatFormat } from "../../src/training/tokens/load-chat-format.ts";
import { learningRun } from "../skyrl/learning-run.ts";
import { shortTasks } from "../skyrl/short-tasks.ts";
import { skyrlPython } from "../skyrl/skyrl-python.ts";
import { type Skyrl, startSkyrl } from "../skyrl/start-skyrl.ts";
import { tinyModel } from "../skyrl/tiny-model.ts";

const python = await skyrlPython();
const renderer = withSignatures(renderers.hermes);
const folder = mkdtempSync(join(tmpdir(), "envtune-learning-"));
const rank = 32;
let modelFolder: string;
let server: Skyrl | undefined;

beforeAll(async () => {
  if (python === undefined) return;
  modelFolder = await tinyModel(python, renderer);
  server = await startSkyrl({ python, modelFolder, rank, samplingBatch: 8, trainingBatch: 8 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(" ");

// ENVTUNE_LONG=1: three seeds of 30 steps, whose runs stay in runs/learning; docs/results.md shows what came of it.
const isLong = process.env.ENVTUNE_LONG === "1";
const seeds = isLong ? [0, 1, 2] : [0];
const steps = isLong ? 30 : 15;
const learningFolder = isLong ? fileURLToPath(new URL("../../runs/learning", import.meta.url)) : folder;

test.skipIf(python === undefined).each(seeds)(
  "a real server trains: the syntax reward rises, seed %i",
  async (seed) => {
    const tasks = await shortTasks(await loadChatFormat(modelFolder), renderer, 720);
    const prompts = tasks.map(({ tokens }) => tokens.prompt);
    console.log(
      `prompts of ${tasks.length} tasks: ${Math.min(...prompts)} to ${Math.max(...prompts)} tokens, ${Math.round(mean(prompts))} on average`,
    );
    mkdirSync(learningFolder, { recursive: true });
    const records = await learningRun({
      ...{ server: server!, modelFolder, tasks, folder: learningFolder, rank, seed },
      supervised: { steps: 20, tasks: 8, learningRate: 0.01 },
      ...{ steps, learningRate: 0.002 },
    });
    const made = records.flatMap(({ training }) => (training ? [training] : []));
    const rewards = made.map(({ reward }) => reward);
    // The first step is played by the weights that the supervised steps left.
    console.log(`seed ${seed}: syntax reward ${rounded(rewards)}`);
    console.log(
      `left by sft ${rewards[0]!.toFixed(3)}, mean of the last five steps ${mean(rewards.slice(-5)).toFixed(3)}`,
    );
    const share = (part: "sampling" | "environment" | "training" | "driver") =>
      (100 * made.reduce((sum, { seconds }) => sum + seconds[part], 0)) /
      made.reduce((sum, { seconds }) => sum + seconds.total, 0);
    const seconds = mean(made.map(({ seconds }) => seconds.total)).toFixed(1);
    console.log(
      `a step: ${seconds} s, of which sampling ${share("sampling").toFixed(1)}%, training ${share("training").toFixed(1)}%, environment ${share("environment").toFixed(1)}%, driver ${share("driver").toFixed(1)}%`,
    );
    const gap = Math.max(...made.map(({ logprobGap }) => logprobGap.largest));
    console.log(`log-probabilities of sampler and trainer differ by at most ${gap.toExponential(1)}`);
    expect(gap).toBeLessThan(1e-4);
    expect(mean(rewards.slice(-5))).toBeGreaterThan(mean(rewards.slice(0, 3)));
  },
);

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

test.skipIf(python === undefined)("a real server trains: the syntax reward rises", async () => {
  const tasks = await shortTasks(await loadChatFormat(modelFolder), renderer, 720);
  const prompts = tasks.map(({ tokens }) => tokens.prompt);
  console.log(
    `prompts of ${tasks.length} tasks: ${Math.min(...prompts)} to ${Math.max(...prompts)} tokens, ${Math.round(mean(prompts))} on average`,
  );
  const records = await learningRun({
    ...{ server: server!, modelFolder, tasks, folder, rank, seed: 0 },
    supervised: { steps: 20, tasks: 8, learningRate: 0.01 },
    ...{ steps: 15, learningRate: 0.002 },
  });
  const steps = records.flatMap(({ training }) => (training ? [training] : []));
  const rewards = steps.map(({ reward }) => reward);
  console.log(`syntax reward: ${rewards.map((reward) => reward.toFixed(2)).join(" ")}`);
  const share = (part: "sampling" | "environment" | "training" | "driver") =>
    mean(steps.map(({ seconds }) => seconds[part] / seconds.total));
  console.log(
    `a step: ${mean(steps.map(({ seconds }) => seconds.total)).toFixed(1)} s, of which sampling ${(100 * share("sampling")).toFixed(0)}%, training ${(100 * share("training")).toFixed(0)}%, environment and driver ${(100 * (share("environment") + share("driver"))).toFixed(1)}%`,
  );
  expect(Math.max(...steps.map(({ logprobGap }) => logprobGap.largest))).toBeLessThan(1e-4);
  expect(mean(rewards.slice(-3))).toBeGreaterThan(mean(rewards.slice(0, 3)));
});

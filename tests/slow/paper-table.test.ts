import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import type { StageDefinition } from "../../src/curriculum/define-curriculum.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import { withSignatures } from "../../src/episode/renderers/with-signatures.ts";
import { evaluationSetting } from "../../src/episode/setting.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { scoreOf } from "../../src/grading/group.ts";
import { profiles } from "../../src/grading/profile.ts";
import { progressReward } from "../../src/progress/rewards/progress.ts";
import { taskLine } from "../../src/task/save.ts";
import { split } from "../../src/task/split.ts";
import type { Task } from "../../src/task/task.ts";
import { Meter } from "../../src/training/loop/meter.ts";
import { type GroupPlay, playGroups } from "../../src/training/loop/play-groups.ts";
import { skyrlJax } from "../../src/training/tinker/profile.ts";
import { openTinkerBackend } from "../../src/training/tinker-backend.ts";
import { loadChatFormat } from "../../src/training/tokens/load-chat-format.ts";
import { envtune } from "../skyrl/learning-run.ts";
import { shortTasks } from "../skyrl/short-tasks.ts";
import { skyrlPython } from "../skyrl/skyrl-python.ts";
import { startSkyrl } from "../skyrl/start-skyrl.ts";
import { tinyModel } from "../skyrl/tiny-model.ts";

// ENVTUNE_TABLE=1: the rows of the paper's table for the tiny model, printed one by one; docs/results.md shows what came of it.
const isWanted = process.env.ENVTUNE_TABLE === "1";
const steps = 8;
const heldOut = "VehicleControlAPI";
const rank = 32;

const stage = (name: string, reward: string, hints: "guide" | "off", most: number): StageDefinition => ({
  ...{ name, reward, hints, prompt: "standard" },
  limits: { stepLimit: 2 },
  batch: { tasks: 4, groupSize: 8 },
  transition: { when: "fixedSteps", steps: most },
});
const quarter = steps / 4;
const curriculumOf = (name: string, stages: readonly StageDefinition[]) => ({
  ...{ name, stages },
  collapse: {
    gradientNorm: false,
    accuracy: false,
    formatErrors: false,
    entropy: false,
    rewardFloor: false,
    action: "flag",
  },
});
const fourStages = curriculumOf("four stages", [
  stage("syntax", "syntax", "off", quarter),
  stage("first with hints", "progress", "guide", quarter),
  stage("all with hints", "progress", "guide", quarter),
  stage("all without hints", "progress", "off", quarter),
]);
const single = curriculumOf("single stage", [stage("all at once", "progress", "off", steps)]);

const rows = [
  { row: "direct GRPO", curriculum: single, more: ["--reward", "0.9*progress+0.1*format"] },
  { row: "binary", curriculum: single, more: ["--reward", "binary"] },
  { row: "ToolRL", curriculum: single, more: ["--reward", "toolrl"] },
  { row: "four stages", curriculum: fourStages, more: [] },
  { row: "four stages without hints", curriculum: fourStages, more: ["--hints", "off"] },
];

test.runIf(isWanted)("the paper's table, of a tiny model", { timeout: 3_600_000 }, async () => {
  const python = (await skyrlPython())!;
  const renderer = withSignatures(renderers.hermes);
  const modelFolder = await tinyModel(python, renderer);
  const format = await loadChatFormat(modelFolder);
  const tasks = (await shortTasks(format, renderer, 900)).map(({ task }) => task);
  const folder = fileURLToPath(new URL("../../runs/table", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "tasks.jsonl");
  writeFileSync(file, tasks.map((task) => `${taskLine(task)}\n`).join(""));
  const isHeldOut = ({ environments }: Task) => environments.includes(heldOut);
  const divided = split(tasks, { by: "family", seed: 0 });
  const columns = [divided.test.filter((task) => !isHeldOut(task)), tasks.filter(isHeldOut)];
  console.log(
    `${divided.train.filter((task) => !isHeldOut(task)).length} tasks to train on, ${columns.map((column) => column.length).join(" in-distribution, ")} of ${heldOut}`,
  );
  const server = await startSkyrl({ python, modelFolder, rank, samplingBatch: 8, trainingBatch: 8 });
  const common = [
    ...["train", "--backend", "skyrl-jax", "--base-url", server.url, "--tokenizer", modelFolder, "--rank", `${rank}`],
    ...[
      "--tasks",
      file,
      "--leave-out-environment",
      heldOut,
      "--tools",
      "signatures",
      "--validate-every",
      "0",
      "--fresh",
    ],
    ...["--message-tokens", "64", "--context-tokens", "1024"],
  ];

  const measure = async (row: string, checkpoint?: string) => {
    const backend = await openTinkerBackend({ baseUrl: server.url, profile: skyrlJax, rank, seed: 0 });
    if (checkpoint !== undefined) await backend.trainer.load(checkpoint);
    const sampler = await backend.publish(0);
    const truthOf = (task: Task) => replayGroundTruth(task, environmentOf(task.environments));
    const playground: GroupPlay["playground"] = {
      ...{ format, renderer, truthOf, hints: {}, messageTokens: 64, contextTokens: 1024, concurrency: 8 },
      thoughtHistory: "kept",
    };
    const play: GroupPlay = {
      ...{ playground, sampler, temperature: 0.001, reward: progressReward, seedKey: [row], meter: new Meter() },
      signal: new AbortController().signal,
    };
    const cells = [];
    for (const column of columns) {
      const plans = column.map((task) => ({
        setting: evaluationSetting(truthOf(task), { profile: profiles.bfcl, renderer }),
        samples: [0],
      }));
      const traces = (await playGroups(plans, play)).flat().map(({ trace }) => trace);
      const messages = traces.flatMap(({ turns }) => turns).flatMap((turn) => turn.steps);
      const calls = messages.flatMap(({ results }) => results);
      const good = calls.filter(({ failure }) => failure === undefined).length;
      cells.push(`${(100 * scoreOf(traces).accuracy).toFixed(1)}% (${good} of ${calls.length} calls succeed)`);
    }
    await backend.close();
    console.log(`| ${row} | ${cells.join(" | ")} |`);
  };
  const checkpointOf = (run: string) =>
    (JSON.parse(readFileSync(join(run, "state.json"), "utf8")) as { checkpoint: string }).checkpoint;

  try {
    await measure("base");
    const sft = join(folder, "sft");
    await envtune([
      ...[...common, "--preset", "sft", "--steps", "20", "--out", sft],
      ...["--batch-tasks", "8", "--learning-rate", "0.01"],
    ]);
    await measure("sft", checkpointOf(sft));
    for (const { row, curriculum, more } of rows) {
      const stages = join(folder, `${curriculum.name}.json`);
      writeFileSync(stages, JSON.stringify(curriculum));
      const run = join(folder, row);
      await envtune([
        ...[...common, "--preset", "paper-lora", "--kl", "off", "--init", sft, "--curriculum", stages, ...more],
        ...["--steps", `${steps}`, "--learning-rate", "0.002", "--out", run],
      ]);
      await measure(row, checkpointOf(run));
    }
  } finally {
    await server.stop();
  }
  expect(columns.every((column) => column.length > 0)).toBe(true);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import type { CurriculumDefinition } from "../../src/curriculum/define-curriculum.ts";
import { taskLine } from "../../src/task/save.ts";
import type { StepRecord } from "../../src/training/step-record.ts";
import type { ShortTask } from "./short-tasks.ts";
import type { Skyrl } from "./start-skyrl.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The paper's first stage, cut to the size of a tiny model on a CPU. */
const curriculum: CurriculumDefinition = {
  name: "syntax",
  stages: [
    {
      ...{ name: "syntax", reward: "syntax", prompt: "standard", hints: "off" },
      limits: { stepLimit: 1 },
      batch: { tasks: 4, groupSize: 8 },
      transition: { when: "fixedSteps", steps: 1000 },
    },
  ],
  collapse: { gradientNorm: false, accuracy: false, formatErrors: false, entropy: false, action: "flag" },
};

export interface LearningOptions {
  readonly server: Skyrl;
  readonly modelFolder: string;
  readonly tasks: readonly ShortTask[];
  /** For the runs, which stay in it. */
  readonly folder: string;
  readonly seed: number;
  readonly rank: number;
  readonly supervised: { readonly steps: number; readonly tasks: number; readonly learningRate: number };
  readonly steps: number;
  readonly learningRate: number;
}

/** Trains with `envtune train`: first on ground truths, then by policy gradients from there. Returns the records of the latter. */
export async function learningRun(options: LearningOptions): Promise<readonly StepRecord[]> {
  const { server, modelFolder, tasks: chosen, folder, seed, rank, supervised, steps, learningRate } = options;
  const [tasks, stages] = [join(folder, "tasks.jsonl"), join(folder, "curriculum.json")];
  writeFileSync(tasks, chosen.map(({ task }) => `${taskLine(task)}\n`).join(""));
  writeFileSync(stages, JSON.stringify(curriculum));
  const [first, second] = [join(folder, `sft-${seed}`), join(folder, `syntax-${seed}`)];
  const common = [
    ...["--backend", "skyrl-jax", "--base-url", server.url, "--tokenizer", modelFolder, "--rank", `${rank}`],
    ...["--tasks", tasks, "--tools", "signatures", "--renderer", "hermes", "--seed", `${seed}`],
    ...["--validate-every", "0", "--logprob-tolerance", "1e-4", "--message-tokens", "64", "--context-tokens", "768"],
  ];
  await envtune([
    ...["train", "--preset", "sft", ...common, "--steps", `${supervised.steps}`, "--out", first],
    ...["--batch-tasks", `${supervised.tasks}`, "--learning-rate", `${supervised.learningRate}`],
  ]);
  await envtune([
    ...["train", "--preset", "paper-lora", "--kl", "off", ...common, "--steps", `${steps}`, "--out", second],
    ...["--init", first, "--curriculum", stages, "--learning-rate", `${learningRate}`],
  ]);
  return readFileSync(join(second, "steps.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as StepRecord);
}

let built: Promise<string> | undefined;

/** Runs the bundled command; throws with what it printed where it fails. */
export async function envtune(args: readonly string[]): Promise<void> {
  built ??= bundle();
  const child = spawn(process.execPath, [await built, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`envtune ${args.join(" ")} ended with ${code}\n${output}`);
}

/** Inside the checkout, so that the bundle finds the packages it imports. */
async function bundle(): Promise<string> {
  const outDir = join(root, "node_modules/.cache/envtune-test-skyrl");
  const entry = { cli: join(root, "src/cli/main.ts") };
  await build({ entry, outDir, format: "esm", target: "node20", config: false, silent: true, clean: true });
  return join(outDir, "cli.js");
}

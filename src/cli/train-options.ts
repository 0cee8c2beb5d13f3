import { readFile } from "node:fs/promises";
import type { ArgsDef, ParsedArgs } from "citty";
import { environments } from "../../environments/index.ts";
import { type Curriculum, type CurriculumDefinition, defineCurriculum } from "../curriculum/define-curriculum.ts";
import { paperCurriculum, singleStageCurriculum } from "../curriculum/paper-curriculum.ts";
import type { Stage } from "../curriculum/stage.ts";
import { withoutGradientNorm } from "../curriculum/without-gradient-norm.ts";
import type { Renderer } from "../episode/renderer.ts";
import { readExcludedIds } from "../task/excluded-ids.ts";
import { DataError } from "../task/problem.ts";
import type { Algorithm, AlgorithmOverrides } from "../training/algorithm/algorithm.ts";
import { presetNames } from "../training/algorithm/presets.ts";
import { resolvePreset } from "../training/algorithm/resolve-preset.ts";
import type { Capabilities } from "../training/backend.ts";
import { groundTruthCurriculum } from "../training/loop/supervised-batch.ts";
import { hosted, skyrl, skyrlJax } from "../training/tinker/profile.ts";
import { tinkerCapabilities } from "../training/tinker-backend.ts";
import { choice, integer, number, readRenderer, readReward } from "./run-options.ts";

const profiles = { tinker: hosted, skyrl, "skyrl-jax": skyrlJax };

export const trainArgs = {
  backend: {
    type: "string",
    default: "skyrl",
    description: "The server: skyrl (its fsdp and megatron backends), skyrl-jax, or tinker (the hosted service)",
  },
  "base-url": { type: "string", description: "The server's address, such as http://localhost:8000" },
  "base-model": { type: "string", description: "The model, as the server calls it; its only one unless given" },
  "api-key-env": { type: "string", default: "TINKER_API_KEY", description: "The variable that holds the key" },
  rank: { type: "string", default: "32", description: "Of the adapter that is trained" },
  tokenizer: { type: "string", valueHint: "folder", description: "Holds the model's tokenizer.json and chat template" },
  preset: { type: "string", default: "paper-lora", description: `${presetNames.join(", ")} (on ground truths)` },
  "learning-rate": { type: "string", description: "Instead of the preset's" },
  kl: { type: "string", description: "The coefficient of KL, or off; the preset's unless given" },
  "batch-tasks": { type: "string", description: "Tasks a step; the stage's unless given" },
  "group-size": { type: "string", description: "Rollouts a task; the stage's unless given" },
  dataset: { type: "string", description: "bfcl (the imported one), bundled, shop, a path, or a module of your own" },
  tasks: { type: "string", description: "Learn from the tasks of a JSONL file" },
  "split-seed": { type: "string", default: "0", description: "Of the split by family" },
  "leave-out-environment": { type: "string", description: "Learn and validate without the tasks that involve it" },
  without: {
    type: "string",
    valueHint: "file",
    description:
      "Learn and validate without the tasks that a list of ids, an audit card or docs/bfcl-errata.json names",
  },
  curriculum: { type: "string", default: "paper", description: "paper, single (one stage), or a JSON file of stages" },
  hints: { type: "string", description: "off: the stages without their hints" },
  reward: { type: "string", description: "The reward of every stage, as 0.9*progress+0.1*format" },
  renderer: { type: "string", default: "hermes", description: "Calls as text: hermes (Qwen's), tagged, python" },
  tools: { type: "string", default: "full", description: "full tool documents, or signatures of a line each" },
  thoughts: { type: "string", default: "kept", description: "Earlier thoughts: kept, or as the chat template has it" },
  "message-tokens": { type: "string", default: "2048", description: "Tokens of a message at most" },
  "context-tokens": {
    type: "string",
    default: "32768",
    description: "Tokens of a conversation at most: fewer than the server takes, since KL samples one more",
  },
  concurrency: { type: "string", default: "256", description: "Episodes played at a time" },
  staleness: { type: "string", default: "0", description: "1: the next step's rollouts are played while one trains" },
  "validate-every": { type: "string", default: "10", description: "Steps from one validation to the next; 0 for none" },
  "logprob-tolerance": {
    type: "string",
    default: "0.01",
    description: "Nats that log-probabilities of sampler and trainer may differ by on average",
  },
  init: { type: "string", description: "Start from a run's folder or from a checkpoint of the server" },
  seed: { type: "string", default: "0", description: "Of batches, hints, sampling and the adapter's first weights" },
  steps: { type: "string", description: "End after so many steps in all" },
  hours: { type: "string", description: "End after so many hours, those of earlier sittings included" },
  tokens: { type: "string", description: "End after so many tokens" },
  out: { type: "string", description: "The run's folder; a run that is there goes on" },
  fresh: { type: "boolean", description: "Replace the run in the folder" },
  "dry-run": { type: "boolean", description: "Print the plan and what it takes, and start nothing" },
} satisfies ArgsDef;
type TrainArgs = ParsedArgs<typeof trainArgs>;

export type TrainCommandOptions = Awaited<ReturnType<typeof readTrainOptions>>;

/** The options of `envtune train`, checked. Throws a `DataError` that names the option and what it takes. */
export async function readTrainOptions(args: TrainArgs, variables: NodeJS.ProcessEnv = process.env) {
  const dryRun = args["dry-run"] === true;
  const backend = choice("backend", args.backend, profiles);
  const profile = profiles[backend];
  const rank = integer("rank", args.rank, 1);
  const capabilities = tinkerCapabilities(profile, rank);
  const isSupervised = args.preset === "sft";
  const { algorithm, departures } = resolvePreset(args.preset, capabilities, overridesOf(args, isSupervised));
  const asked = isSupervised ? supervisedStages(args) : await stagesOf(args);
  const { curriculum, changes } = capabilities.gradientNorm
    ? { curriculum: asked, changes: [] }
    : withoutGradientNorm(asked);
  const budget = {
    ...(args.steps === undefined ? {} : { steps: integer("steps", args.steps, 1) }),
    ...(args.hours === undefined ? {} : { hours: number("hours", args.hours, 0, Number.MAX_SAFE_INTEGER) }),
    ...(args.tokens === undefined ? {} : { tokens: integer("tokens", args.tokens, 1) }),
  };
  if (isSupervised && Object.keys(budget).length === 0)
    throw new DataError("--preset sft has no end of its own: give --steps, --hours or --tokens");
  return {
    dryRun,
    server: dryRun ? undefined : { ...serverOf(args, variables), profile, rank },
    preset: args.preset,
    ...{ capabilities, algorithm, curriculum, budget },
    departures: [...departures, ...changes, ...referenceDeparture(algorithm, capabilities)],
    ...dataOf(args),
    ...(args.without === undefined
      ? {}
      : { without: { file: args.without, ids: await readExcludedIds(args.without) } }),
    tokenizer: required(args, "tokenizer", "the folder of the model's tokenizer.json"),
    renderer: textRenderer(args),
    tools: args.tools,
    thoughtHistory: choice("thoughts", args.thoughts, { kept: true, template: true }),
    messageTokens: integer("message-tokens", args["message-tokens"], 1),
    contextTokens: integer("context-tokens", args["context-tokens"], 1),
    concurrency: integer("concurrency", args.concurrency, 1, 10_000),
    staleness: integer("staleness", args.staleness, 0, 1) as 0 | 1,
    validateEvery: integer("validate-every", args["validate-every"], 0),
    logprobTolerance: number("logprob-tolerance", args["logprob-tolerance"], 0, 1000),
    init: args.init,
    seed: integer("seed", args.seed, 0),
    folder: dryRun ? (args.out ?? "") : required(args, "out", "the folder of the run, such as runs/first"),
    fresh: args.fresh === true,
  };
}

/** Where older weights cannot be sampled, there is no other reference than the base model. */
function referenceDeparture({ kl }: Algorithm, { samplers }: Capabilities): string[] {
  return kl && samplers
    ? ["KL is measured against the base model (paper: against the model that the stage starts from)."]
    : [];
}

function required(args: TrainArgs, option: "tokenizer" | "out" | "base-url", what: string): string {
  const value = args[option];
  if (value === undefined) throw new DataError(`--${option} is missing: name ${what}`);
  return value;
}

/** Tokens that are trained on have to hold the calls and the tools too. */
function textRenderer(args: TrainArgs): Renderer {
  if (args.renderer === "openai")
    throw new DataError("--renderer openai: training needs calls as text; there are hermes, tagged and python");
  return readRenderer(args);
}

function serverOf(args: TrainArgs, variables: NodeJS.ProcessEnv) {
  const baseUrl = required(args, "base-url", "the server, such as http://localhost:8000");
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new DataError(`--base-url ${baseUrl}: expected an address such as http://localhost:8000`);
  const keyName = args["api-key-env"];
  if (url.username || url.password || url.search)
    throw new DataError(`--base-url: leave out user, password and query; the key belongs into the variable ${keyName}`);
  const apiKey = variables[keyName]?.trim();
  if (!apiKey && keyName !== trainArgs["api-key-env"].default)
    throw new DataError(`--api-key-env ${keyName}: this variable is not set`);
  return { baseUrl, ...(apiKey ? { apiKey } : {}), baseModel: args["base-model"] };
}

function dataOf(args: TrainArgs) {
  const { dataset, tasks, "leave-out-environment": leftOut } = args;
  if ((dataset === undefined) === (tasks === undefined))
    throw new DataError("--dataset and --tasks: give one of them, such as --dataset bfcl");
  if (leftOut !== undefined) choice("leave-out-environment", leftOut, environments);
  return { dataset, tasks, leftOut, splitSeed: integer("split-seed", args["split-seed"], 0) };
}

function overridesOf(args: TrainArgs, isSupervised: boolean): AlgorithmOverrides {
  const { "learning-rate": learningRate, kl, "batch-tasks": tasks, "group-size": groupSize } = args;
  const batch = {
    ...(tasks === undefined ? {} : { tasks: integer("batch-tasks", tasks, 1) }),
    ...(groupSize === undefined ? {} : { groupSize: integer("group-size", groupSize, 2) }),
  };
  return {
    ...(learningRate === undefined ? {} : { optimiser: { learningRate: number("learning-rate", learningRate, 0, 1) } }),
    ...(kl === undefined ? {} : { kl: kl === "off" ? false : { coefficient: number("kl", kl, 0, 1000) } }),
    ...(Object.keys(batch).length === 0 || isSupervised ? {} : { batch }),
  };
}

function supervisedStages(args: TrainArgs): Curriculum {
  for (const option of ["hints", "reward", "group-size", "staleness"] as const)
    if (args[option] !== undefined && args[option] !== "0")
      throw new DataError(`--${option}: --preset sft plays no rollouts; leave it out`);
  return groundTruthCurriculum(integer("batch-tasks", args["batch-tasks"] ?? "16", 1));
}

async function stagesOf({ curriculum: name, hints, reward }: TrainArgs): Promise<Curriculum> {
  if (hints !== undefined && hints !== "off")
    throw new DataError(`--hints ${hints}: only off can be given; which hints there are is the stages' matter`);
  if (reward !== undefined) readReward(reward);
  const known = { paper: paperCurriculum, single: singleStageCurriculum };
  const named = Object.hasOwn(known, name) ? known[name as keyof typeof known]() : await curriculumIn(name);
  const changed = (stage: Stage): Stage => ({
    ...stage,
    hints: hints === "off" ? "off" : stage.hints,
    reward: reward ?? stage.reward,
  });
  return { ...named, stages: named.stages.map(changed) };
}

async function curriculumIn(path: string): Promise<Curriculum> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new DataError(`--curriculum ${path}: give paper, single, or a JSON file that can be read (${error.code})`);
  });
  try {
    return defineCurriculum(JSON.parse(text) as CurriculumDefinition);
  } catch (error) {
    throw new DataError(`--curriculum ${path}: ${(error as Error).message}`);
  }
}

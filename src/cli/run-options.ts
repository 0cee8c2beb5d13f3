import type { ArgsDef, ParsedArgs } from "citty";
import { paperCurriculum } from "../curriculum/paper-curriculum.ts";
import { hintsAt, type Stage } from "../curriculum/stage.ts";
import { prompts } from "../episode/prompts.ts";
import type { Renderer } from "../episode/renderer.ts";
import { renderers } from "../episode/renderers/index.ts";
import { withSignatures } from "../episode/renderers/with-signatures.ts";
import { type HintLevel, hintLevels } from "../feedback/level.ts";
import { profiles } from "../grading/profile.ts";
import type { Reward } from "../progress/reward.ts";
import { rewardOf, rewards } from "../progress/reward-spec.ts";
import { type EndpointOptions, endpointPolicy } from "../rollout/endpoint-policy.ts";
import type { Policy } from "../rollout/policy.ts";
import { randomPolicy } from "../rollout/random-policy.ts";
import { defaultBackoff } from "../rollout/retry.ts";
import { answerAlwaysPolicy, doNothingPolicy, groundTruthPolicy } from "../rollout/scripted-policies.ts";
import { suggestion } from "../task/issue.ts";
import { DataError } from "../task/problem.ts";
import { categories } from "../task/task.ts";

const baselines = [groundTruthPolicy.name, doNothingPolicy.name, answerAlwaysPolicy.name, "random"];
const policyNames = [...baselines, "endpoint"];

export const runArgs = {
  dataset: {
    type: "string",
    description:
      "bundled, shop, bfcl (the imported one), an imported folder, a package, a wheel, a checkout, or a module of your own",
  },
  tasks: { type: "string", description: "Run the tasks of a JSONL file" },
  policy: { type: "string", description: `One or more of ${policyNames.join(", ")}, with commas between` },
  "base-url": { type: "string", description: "An OpenAI-compatible server, such as http://localhost:8000/v1" },
  model: { type: "string", description: "The name of the server's model" },
  "api-key-env": {
    type: "string",
    default: "OPENAI_API_KEY",
    description: "The environment variable that holds the key",
  },
  renderer: {
    type: "string",
    default: "openai",
    description: "openai (native tool calls), or calls as text: tagged (the paper's), hermes (Qwen's), python (BFCL's)",
  },
  tools: {
    type: "string",
    default: "full",
    description:
      "How text renderers show tools: full (their documents), or signatures (one line each, for small models)",
  },
  temperature: {
    type: "string",
    default: "0.001",
    description: "Sampling temperature, or none to leave it to the server",
  },
  "top-p": { type: "string", description: "Nucleus sampling; left to the server unless given" },
  "max-tokens": { type: "string", description: "Tokens of one message at most; left to the server unless given" },
  timeout: { type: "string", default: "120", description: "Seconds that one request may take" },
  tries: { type: "string", default: String(defaultBackoff.tries), description: "Tries before an episode is aborted" },
  concurrency: { type: "string", default: "8", description: "Episodes played at a time" },
  samples: { type: "string", default: "1", description: "Episodes a task" },
  seed: { type: "string", default: "0", description: "Seed of the random policy" },
  limit: { type: "string", description: "Take only the first tasks of each category" },
  category: { type: "string", description: `One or more of ${categories.join(", ")}, with commas between` },
  without: {
    type: "string",
    valueHint: "file",
    description: "Leave out the tasks that a list of ids, an audit card or docs/bfcl-errata.json names",
  },
  stage: {
    type: "string",
    description: "Play as stage 1 to 4 of the paper's curriculum trains: its tasks, rules, prompt, hints and reward",
  },
  hints: { type: "string", description: `Hints on failed calls: ${hintLevels.join(", ")} (off, or the stage's)` },
  reward: {
    type: "string",
    description: `Compute a reward: ${Object.keys(rewards).join(", ")}, or a sum as 0.9*progress+0.1*format`,
  },
  prompt: {
    type: "string",
    description: `What the model is told of how to behave: ${Object.keys(prompts).join(", ")}`,
  },
  profile: {
    type: "string",
    description: "bfcl (as the reference) or strict (its defects switched off, and the default with --stage)",
  },
  out: { type: "string", description: "Folder for traces (runs, where every setting gets a folder of its own)" },
  fresh: { type: "boolean", description: "Start over instead of going on from the traces in the folder" },
  json: { type: "boolean", description: "Print one JSON line a policy and category" },
} satisfies ArgsDef;
type RunArgs = Pick<ParsedArgs<typeof runArgs>, keyof typeof runArgs>;

export type RunOptions = ReturnType<typeof readRunOptions>;

/** The options of `envtune run`, checked. Throws a `DataError` that names the option and what it takes. */
export function readRunOptions(args: RunArgs, variables: NodeJS.ProcessEnv = process.env) {
  if (args.dataset !== undefined && args.tasks !== undefined)
    throw new DataError("--dataset and --tasks: give one of them");
  const asksEndpoint = args["base-url"] !== undefined || args.model !== undefined;
  const names =
    args.policy === undefined ? (asksEndpoint ? ["endpoint"] : baselines) : listed("policy", args.policy, policyNames);
  const seed = integer("seed", args.seed, 0);
  const stage = args.stage === undefined ? undefined : readStage(args.stage);
  const prompt = args.prompt ?? stage?.prompt;
  const reward = args.reward ?? stage?.reward;
  const hints = args.hints === undefined ? (stage ? hintsAt(stage, 0) : "off") : readLevel(args.hints);
  const endpoint = names.includes("endpoint") ? readEndpoint(args, variables) : undefined;
  if (asksEndpoint && !endpoint)
    throw new DataError(`--policy ${args.policy}: --base-url and --model are for --policy endpoint; leave them out`);
  return {
    dataset: args.dataset,
    tasks: args.tasks,
    policies: names.map((name) => policyOf(name, seed, endpoint)),
    endpoint,
    renderer: readRenderer(args),
    profile: profiles[choice("profile", args.profile ?? (stage ? "strict" : "bfcl"), profiles)],
    hints,
    ...(stage ? { stage } : {}),
    ...(prompt === undefined ? {} : { prompt: prompts[choice("prompt", prompt, prompts)] }),
    ...(reward === undefined ? {} : { reward: readReward(reward) }),
    concurrency: integer("concurrency", args.concurrency, 1, 1000),
    samples: integer("samples", args.samples, 1),
    seed,
    limit: args.limit === undefined ? undefined : integer("limit", args.limit, 1),
    categories: args.category === undefined ? undefined : listed("category", args.category, categories),
    without: args.without,
    out: args.out,
    fresh: args.fresh === true,
    json: args.json === true,
  };
}

/** The renderer that `--renderer` and `--tools` name. */
export function readRenderer({ renderer: name, tools }: Pick<RunArgs, "renderer" | "tools">): Renderer {
  const renderer = renderers[choice("renderer", name, renderers)];
  if (choice("tools", tools, { full: true, signatures: true }) === "full") return renderer;
  if (renderer === renderers.openai)
    throw new DataError(
      "--tools signatures: native tool calls have no such form; add --renderer hermes, tagged or python",
    );
  return withSignatures(renderer);
}

function readStage(text: string): Stage {
  const { stages } = paperCurriculum();
  const stage = stages[Number(text) - 1];
  if (stage) return stage;
  throw new DataError(`--stage ${text}: give 1 to ${stages.length}, for ${stages.map(({ name }) => name).join(", ")}`);
}

/** The level of hints that an option names. */
export function readLevel(text: string): HintLevel {
  if (!(hintLevels as readonly string[]).includes(text))
    throw new DataError(`--hints ${text}: ${suggestion(text, hintLevels)}`);
  return text as HintLevel;
}

/** The reward that an option names. */
export function readReward(spec: string): Reward {
  try {
    return rewardOf(spec);
  } catch (error) {
    throw new DataError(`--reward ${spec}: ${(error as Error).message}`);
  }
}

function policyOf(name: string, seed: number, endpoint: EndpointOptions | undefined): Policy {
  if (name === "random") return randomPolicy(seed);
  if (name === "endpoint") return endpointPolicy(endpoint!);
  return [groundTruthPolicy, doNothingPolicy, answerAlwaysPolicy].find((policy) => policy.name === name)!;
}

function readEndpoint(args: RunArgs, variables: NodeJS.ProcessEnv): EndpointOptions {
  const { model, "base-url": baseUrl, "api-key-env": keyName } = args;
  if (baseUrl === undefined)
    throw new DataError(
      "--base-url is missing: name the server, such as http://localhost:8000/v1 or https://api.openai.com/v1",
    );
  if (model === undefined) throw new DataError("--model is missing: name the model as the server calls it");
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new DataError(`--base-url ${baseUrl}: expected an address such as http://localhost:8000/v1`);
  if (url.username || url.password || url.search)
    throw new DataError(`--base-url: leave out user, password and query; the key belongs into the variable ${keyName}`);
  const apiKey = variables[keyName]?.trim();
  if (!apiKey && keyName !== runArgs["api-key-env"].default)
    throw new DataError(`--api-key-env ${keyName}: this variable is not set`);
  const temperature = args.temperature === "none" ? undefined : number("temperature", args.temperature, 0, 2);
  const { "top-p": topP, "max-tokens": maxTokens } = args;
  return {
    baseUrl,
    model,
    ...(apiKey ? { apiKey } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP: number("top-p", topP, 0, 1) }),
    ...(maxTokens === undefined ? {} : { maxTokens: integer("max-tokens", maxTokens, 1) }),
    // Node's fetch itself gives up after 300 s without an answer.
    timeoutMilliseconds: 1000 * number("timeout", args.timeout, 0.001, 300),
    backoff: { ...defaultBackoff, tries: integer("tries", args.tries, 1, 100) },
  };
}

export function choice<T extends object>(option: string, value: string, among: T): keyof T & string {
  if (!Object.hasOwn(among, value))
    throw new DataError(`--${option} ${value}: ${suggestion(value, Object.keys(among))}`);
  return value as keyof T & string;
}

function listed<T extends string>(option: string, value: string, among: readonly T[]): T[] {
  const names = [...new Set(value.split(",").map((name) => name.trim()))];
  for (const name of names)
    if (!(among as readonly string[]).includes(name))
      throw new DataError(`--${option} ${name || "(empty)"}: ${suggestion(name, among)}`);
  return names as T[];
}

export function integer(option: string, value: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const given = number(option, value, least, most);
  if (!Number.isInteger(given)) throw new DataError(`--${option} ${value}: expected a whole number`);
  return given;
}

export function number(option: string, value: string, least: number, most: number): number {
  const given = value.trim() === "" ? Number.NaN : Number(value);
  if (given >= least && given <= most) return given;
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  throw new DataError(`--${option} ${value}: expected a number ${range}`);
}

import { z } from "zod";
import { nearestName } from "../../core/nearest-name.ts";
import { prompts } from "../../episode/prompts.ts";
import { renderers } from "../../episode/renderers/index.ts";
import { hintLevels } from "../../feedback/level.ts";
import { checkLevelMix, type LevelMix } from "../../feedback/level-mix.ts";
import { profiles } from "../../grading/profile.ts";
import { rewardOf } from "../../progress/reward-spec.ts";
import { type Finding, suggestion } from "../../task/issue.ts";
import { wrongFields } from "./field-problems.ts";
import { SessionError } from "./session-error.ts";

const namesOf = <T extends object>(table: T) => Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];

/** Dialogue: an action is a message of the model, and users speak between. Tools: an action is one call, for frameworks without user turns. */
export const modes = ["dialogue", "tools"] as const;
export type Mode = (typeof modes)[number];

const level = z.enum(hintLevels);
const shape = {
  /** The id of a task. */
  task: z.string().optional(),
  /** Or its place in a split, as in OpenEnv's Task API. */
  split: z.string().optional(),
  index: z.int().nonnegative().optional(),
  /** Or no task at all: environments to act in freely, each from its config by name; without a ground truth there is no reward. */
  environments: z.array(z.string()).min(1).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  /** What the user says in free play. */
  user: z.string().optional(),
  /** Picks the task where none is named, and seeds the draws of hints. */
  seed: z.int().nonnegative().optional(),
  episode_id: z.string().max(255).optional(),
  mode: z.enum(modes).optional(),
  hints: z.union([level, z.partialRecord(level, z.number())]).optional(),
  turn_feedback: level.optional(),
  reward: z.string().optional(),
  renderer: z.enum(namesOf(renderers)).optional(),
  rules: z.enum(["training", "evaluation"]).optional(),
  profile: z.enum(namesOf(profiles)).optional(),
  prompt: z.enum(namesOf(prompts)).optional(),
  step_limit: z.int().positive().optional(),
  token_limit: z.int().positive().optional(),
};
const ResetOptions = z.strictObject(shape);
/** What a client may choose as an episode starts; the names are the wire's. */
export type ResetOptions = z.output<typeof ResetOptions>;
export const resetOptionNames: readonly string[] = Object.keys(shape);

/** What a server's operator may choose for all episodes; a client's own choice comes before it. */
export type ResetDefaults = Pick<
  ResetOptions,
  | "mode"
  | "hints"
  | "turn_feedback"
  | "reward"
  | "renderer"
  | "rules"
  | "profile"
  | "prompt"
  | "step_limit"
  | "token_limit"
>;

/** Checked options, over a server's own. Throws a `SessionError` that names each wrong field and what it takes. */
export function readResetOptions(input: unknown, defaults: ResetDefaults = {}): ResetOptions {
  const { success, data, error } = ResetOptions.safeParse(withoutNulls(input ?? {}));
  if (!success) throw wrongFields("badOptions", error.issues, input, explained);
  const { hints, reward, task, split, index, environments, config, user, renderer } = data;
  const { mode = defaults.mode } = data;
  if (hints !== undefined && typeof hints !== "string") attempt("hints", () => checkLevelMix(hints as LevelMix));
  if (reward !== undefined) attempt("reward", () => rewardOf(reward));
  const ways = Object.entries({ task, index, environments }).filter(([, value]) => value !== undefined);
  if (ways.length > 1) throw badOptions(`${ways.map(([name]) => name).join(" and ")}: give one of them`);
  if (split !== undefined && index === undefined) throw badOptions("split: give the index of a task in it, too");
  for (const [name, value] of Object.entries({ config, user }))
    if (value !== undefined && !environments) throw badOptions(`${name}: name the environments, too`);
  if (mode === "tools" && renderer !== undefined && renderer !== "openai")
    throw badOptions(`renderer: '${renderer}' writes calls as text; mode "tools" takes openai`);
  // Mode "tools" has native calls, whatever the dialogues of this server are written in.
  return { ...defaults, ...data, ...(mode === "tools" ? { renderer: "openai" } : {}) };
}

export const badOptions = (message: string, details?: Readonly<Record<string, unknown>>): SessionError =>
  new SessionError("badOptions", message, details);

function attempt(field: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw badOptions(`${field}: ${(error as Error).message}`);
  }
}

/** Rows of a table give null where they have nothing to say. */
function withoutNulls(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function explained({ path, message }: Finding): string {
  const [name] = path;
  if (path.length !== 1 || typeof name !== "string" || resetOptionNames.includes(name)) return message;
  return nearestName(name, resetOptionNames) === undefined
    ? `no such option; there are ${resetOptionNames.join(", ")}`
    : `no such option; ${suggestion(name, resetOptionNames)}`;
}

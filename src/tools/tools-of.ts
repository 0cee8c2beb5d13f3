import type { Call } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import type { Failure } from "../core/outcome.ts";
import type { Tools } from "../core/tool.ts";
import { toolDocuments } from "../core/tool-document.ts";
import type { ToolDefinition } from "../episode/message.ts";
import { readArgumentObject } from "../episode/renderers/json-call.ts";
import { readModelJson } from "../episode/renderers/model-json.ts";
import { resultText } from "../episode/renderers/result-text.ts";
import { toolDefinition } from "../episode/renderers/tool-definition.ts";
import type { HintSetting } from "../episode/setting.ts";
import { hintOn } from "../feedback/feedback.ts";
import type { PastCall } from "../feedback/history.ts";
import { checkLevelMix, drawLevel } from "../feedback/level-mix.ts";
import type { PyValue } from "../python/value.ts";
import { type AiSdkTools, aiSdkTools } from "./ai-sdk.ts";
import type { CallTool } from "./call-tool.ts";
import { type ResponsesTool, responsesTool } from "./openai-responses.ts";

/** Where the tools start, and what is said of their failures. */
export type ToolKitOptions<S, C> = ({ readonly config: C; readonly extension?: unknown } | { readonly state: S }) & {
  /** Hints on failed calls; none unless given. */
  readonly hints?: HintSetting;
};

/** The tools of an environment for any agent loop in this process, and the one state that they act on. */
export interface ToolKit<S> {
  /** `tools` of a chat completions request. */
  readonly openai: readonly ToolDefinition[];
  /** `tools` of a request to the Responses API. */
  readonly openaiResponses: readonly ResponsesTool[];
  /** `tools` of the Vercel AI SDK; they execute themselves. */
  readonly aiSdk: AiSdkTools;
  readonly call: CallTool;
  /** After the calls so far. A value: keep it, compare it, or start another kit from it. */
  readonly state: S;
  /** The calls so far, oldest first; those whose arguments could not be read are not among them. */
  readonly calls: readonly KitCall[];
}

/** A call, what the model read of it, and the code of its failure where it failed. */
export type KitCall = Omit<PastCall, "age">;

/**
 * The tools of an environment, of envtune's, of several joined, or of one's own. Every failure is a text for the model; only an
 * error in the environment's own code throws, as does a config that no state can start from.
 */
export function toolsOf<S extends object, T extends Tools, C>(
  environment: Environment<S, T, C>,
  options: ToolKitOptions<NoInfer<S>, NoInfer<C>>,
): ToolKit<S> {
  const { hints } = options;
  if (typeof hints?.level === "object") checkLevelMix(hints.level);
  const openai = toolDocuments(environment.tools).map(toolDefinition);
  const offered: ReadonlySet<string> = new Set(Object.keys(environment.tools));
  let state = "state" in options ? options.state : environment.init(options.config, options.extension);
  let calls: readonly KitCall[] = [];

  const hintFor = (call: Call, error: Failure) => {
    if (!hints) return undefined;
    const { library, level, seed = "" } = hints;
    const drawn = typeof level === "string" ? level : drawLevel(level, JSON.stringify([seed, calls.length]));
    if (drawn === "off") return undefined;
    const history = calls.map((past, index) => ({ ...past, age: calls.length - index }));
    const moment = { environment: environment as Environment, state, call, error, history, offered };
    return typeof library === "function" ? library(moment, drawn) : hintOn(library, moment, drawn);
  };

  const call: CallTool = (tool, given) => {
    const read = readArguments(given);
    if ("problem" in read) return `'${tool}' was not executed: the arguments ${read.problem}`;
    const made: Call = { tool, args: read.args };
    const step = environment.step(state, made);
    state = step.state;
    const text = environment.text(tool, step.outcome);
    const { outcome } = step;
    const failure = outcome.ok ? undefined : (outcome.error as Failure);
    const hint = failure && hintFor(made, failure);
    calls = [...calls, { call: made, text, ...(failure ? { failure: failure.code } : {}) }];
    return resultText({ text, ...(hint ? { hint } : {}) });
  };

  return {
    openai,
    openaiResponses: openai.map(responsesTool),
    aiSdk: aiSdkTools(openai, call),
    call,
    get state() {
      return state;
    },
    get calls() {
      return calls;
    },
  };
}

/** A model's arguments, which a loop may have parsed into anything; what is wrong with them goes on from "the arguments …". */
function readArguments(given: unknown) {
  if (typeof given !== "string") return readArgumentObject(given as PyValue);
  const json = readModelJson(given.trim() === "" ? "{}" : given);
  return "problem" in json ? { problem: `are not JSON: ${json.problem}` } : readArgumentObject(json.value);
}

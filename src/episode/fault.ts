import type { Failure } from "../core/outcome.ts";
import type { ModelCall } from "../grading/trajectory.ts";
import type { AssistantMessage } from "./message.ts";

/**
 * Whose fault a failure is: the model's, that of the harness around it (a serving stack that leaves control tokens in a name or
 * cuts a call short, an endpoint that fails), or that of the task or environment. Only the model's is trained on.
 */
export const faults = ["model", "harness", "task"] as const;
export type Fault = (typeof faults)[number];

/** A message that came as the model sampled it, or that ran into its limit, has no server to blame. */
type Said = Pick<AssistantMessage, "cut" | "raw">;
const isModelsOwn = ({ cut, raw }: Said): boolean => cut === true || raw === true;

/** Serving stacks leave a chat template's tokens in names, as in `echo<|channel|>commentary`, and write no arguments as `={}`. */
export function faultOfCall(call: ModelCall, error: Failure, said: Said = {}): Fault {
  if (isModelsOwn(said)) return "model";
  const name = typeof call === "string" ? call.slice(0, call.indexOf("(") + 1 || undefined) : call.tool;
  if (name.includes("<|")) return "harness";
  if (error.code === "malformedCall" && /\(=\{\}\)$/.test(String(error.data.text).slice(-5))) return "harness";
  return typeof call === "object" && Object.hasOwn(call.args, "") ? "harness" : "model";
}

/** Native calls of which one breaks off in the middle were cut by the server's parser, unless the whole message was cut. */
export const faultOfNativeCalls = (message: AssistantMessage): Fault =>
  !isModelsOwn(message) && message.tool_calls?.some(({ function: called }) => breaksOff(called.arguments))
    ? "harness"
    : "model";

/** A chat template's tokens in a text that cannot be read, such as `<|im_end|>`, should have been taken out by the server. */
export const faultOfText = (message: AssistantMessage): Fault =>
  !isModelsOwn(message) && /<\|\w{1,40}\|>/.test(message.content ?? "") ? "harness" : "model";

function breaksOff(json: string): boolean {
  try {
    JSON.parse(json);
    return false;
  } catch (error) {
    return json !== "" && /unexpected end|unterminated/i.test((error as Error).message);
  }
}

import { z } from "zod";
import type { AssistantMessage } from "../../episode/message.ts";
import { wrongFields } from "./field-problems.ts";
import type { Mode } from "./reset-options.ts";
import { SessionError } from "./session-error.ts";

/** Of one message. Each failed one costs a look back on those before, and nobody else is served meanwhile. */
const mostCalls = 512;
const ToolCall = z.strictObject({
  id: z.string().default(""),
  type: z.literal("function").default("function"),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
  /** Some servers number the calls of a message. */
  index: z.int().optional(),
});
const MessageAction = z.strictObject({
  type: z.literal("message"),
  role: z.literal("assistant").optional(),
  content: z.string().nullable().default(null),
  tool_calls: z.array(ToolCall).max(mostCalls).nullable().optional(),
  reasoning_content: z.string().nullable().optional(),
  tokens: z.int().nonnegative().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
const CallAction = z.strictObject({
  type: z.literal("call_tool"),
  tool_name: z.string().min(1),
  /** By name, or as the JSON text that the model wrote, which keeps 5 and 5.0 apart. */
  arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).default({}),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
const ListAction = z.strictObject({
  type: z.literal("list_tools"),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
/** The conversation was cut off: it had no room for another message, or the model stopped before its task was over. */
const EndAction = z.strictObject({
  type: z.literal("end"),
  why: z.enum(["tokenLimit", "stepLimit"]).default("tokenLimit"),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
/** By type. */
export const actionSchemas = { message: MessageAction, call_tool: CallAction, list_tools: ListAction, end: EndAction };

export type Action =
  | { readonly type: "message"; readonly message: AssistantMessage }
  | { readonly type: "call_tool"; readonly tool: string; readonly argumentsText: string }
  | { readonly type: "list_tools" }
  | { readonly type: "end"; readonly why: "tokenLimit" | "stepLimit" };

/** Checked against the mode. Throws a `SessionError` that names each wrong field and what it takes. */
export function readAction(input: unknown, mode: Mode | undefined): Action {
  const type = typeof input === "object" && input !== null ? (input as { readonly type?: unknown }).type : undefined;
  if (typeof type !== "string" || !Object.hasOwn(actionSchemas, type)) {
    const given = typeof type === "string" ? `type: '${type.slice(0, 60)}' is no kind of action` : "type: missing";
    throw new SessionError("badAction", `${given}; an action is one of ${Object.keys(actionSchemas).join(", ")}`);
  }
  const { success, data, error } = actionSchemas[type as keyof typeof actionSchemas].safeParse(input);
  if (!success) throw wrongFields("badAction", error.issues, input);
  if (data.type === "list_tools" || data.type === "end") return data;
  const wanted = data.type === "message" ? "dialogue" : "tools";
  if (mode !== undefined && mode !== wanted)
    throw new SessionError(
      "wrongMode",
      `a '${data.type}' action belongs to mode "${wanted}", and this episode is in mode "${mode}"; reset with mode "${wanted}"`,
    );
  return data.type === "message" ? { type: "message", message: messageOf(data) } : callOf(data);
}

function messageOf({
  content,
  tool_calls,
  reasoning_content,
  tokens,
}: z.output<typeof MessageAction>): AssistantMessage {
  return {
    role: "assistant",
    content,
    ...(typeof reasoning_content === "string" ? { reasoning_content } : {}),
    ...(tool_calls ? { tool_calls: tool_calls.map(({ index: _, ...call }) => call) } : {}),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

function callOf({ tool_name, arguments: given }: z.output<typeof CallAction>): Action {
  return {
    type: "call_tool",
    tool: tool_name,
    argumentsText: typeof given === "string" ? given : JSON.stringify(given),
  };
}

import { z } from "zod";
import type { AssistantMessage } from "../episode/message.ts";
import { EndpointError } from "./endpoint-error.ts";

const ToolCall = z.looseObject({
  id: z.string().nullish(),
  function: z.looseObject({ name: z.string().nullish(), arguments: z.unknown() }).nullish(),
});
const TextPart = z.looseObject({ text: z.string().optional() });
const Message = z.looseObject({
  content: z.union([z.string(), z.array(TextPart)]).nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(ToolCall).nullish(),
});
const Completion = z.looseObject({
  choices: z.array(z.looseObject({ message: Message, finish_reason: z.string().nullish().catch(undefined) })),
  usage: z
    .looseObject({ total_tokens: z.int().nonnegative().nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

/** The message in a response's body. Throws an `EndpointError` where there is none; servers in trouble send such bodies. */
export function readCompletion(text: string): AssistantMessage {
  const parsed = Completion.safeParse(parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new EndpointError(
      `the answer is no chat completion: ${issue!.path.join(".")}: ${issue!.message}; it starts ${start(text)}`,
      "passing",
    );
  }
  const [choice] = parsed.data.choices;
  if (!choice) throw new EndpointError("the answer holds no choice", "passing");
  const { content, reasoning_content, reasoning, tool_calls } = choice.message;
  const tokens = parsed.data.usage?.total_tokens;
  const thought = reasoning_content ?? reasoning;
  return {
    role: "assistant",
    content: Array.isArray(content) ? content.map((part) => part.text ?? "").join("") : (content ?? null),
    ...(thought ? { reasoning_content: thought } : {}),
    ...(tool_calls && tool_calls.length > 0 ? { tool_calls: tool_calls.map(toolCall) } : {}),
    ...(typeof tokens === "number" ? { tokens } : {}),
    ...(choice.finish_reason === "length" ? { cut: true as const } : {}),
  };
}

/** What a call lacks becomes empty: the renderer then says that it cannot be read. */
function toolCall({
  id,
  function: called,
}: z.output<typeof ToolCall>): NonNullable<AssistantMessage["tool_calls"]>[number] {
  const { name, arguments: written } = called ?? {};
  return { id: id ?? "", type: "function", function: { name: name ?? "", arguments: argumentText(written) } };
}

/** Some servers send the arguments as an object, where the standard has a text. */
function argumentText(written: unknown): string {
  if (typeof written === "string") return written;
  try {
    return typeof written === "object" && written !== null ? JSON.stringify(written) : "";
  } catch {
    return "";
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EndpointError(`the answer is no JSON (${(error as Error).message})`, "passing");
  }
}

const start = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text);

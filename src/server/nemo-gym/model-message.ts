import { z } from "zod";
import { issueProblems } from "../../task/issue.ts";
import { pathText } from "../../task/problem.ts";
import { SessionError } from "../session/session-error.ts";

const Part = z.looseObject({ text: z.string().optional(), refusal: z.string().optional() });
const Parts = z.array(Part).nullish();
const items = {
  message: z.looseObject({ content: z.union([z.string(), z.array(Part)]) }),
  function_call: z.looseObject({ call_id: z.string(), name: z.string(), arguments: z.string() }),
  reasoning: z.looseObject({ summary: Parts, content: Parts }),
};
const ModelResponse = z.looseObject({
  output: z.array(z.looseObject({ type: z.string() })),
  usage: z.looseObject({ total_tokens: z.int().nonnegative().optional() }).nullish(),
});

/** A model's answer in the Responses API, as the one message that it is in a conversation. */
export interface ModelMessage {
  readonly action: Readonly<Record<string, unknown>>;
  /** In the order of the calls. */
  readonly callIds: readonly string[];
}

/** Throws a `SessionError` that names each wrong field. Items of other kinds, such as those of a server's own tools, are passed over. */
export function modelMessage(response: unknown): ModelMessage {
  const { output, usage } = checked(ModelResponse, response, "response");
  const texts: string[] = [];
  const thoughts: string[] = [];
  const calls: z.output<typeof items.function_call>[] = [];
  for (const [index, item] of output.entries()) {
    const where = `response.output[${index}]`;
    if (item.type === "message") texts.push(textOf(checked(items.message, item, where).content));
    else if (item.type === "function_call") calls.push(checked(items.function_call, item, where));
    else if (item.type === "reasoning") {
      const { summary, content } = checked(items.reasoning, item, where);
      thoughts.push(textOf(content?.length ? content : (summary ?? [])));
    }
  }
  return {
    action: {
      type: "message",
      content: texts.length > 0 ? texts.join("") : null,
      ...(calls.length > 0 ? { tool_calls: calls.map(toolCall) } : {}),
      ...(thoughts.length > 0 ? { reasoning_content: thoughts.join("\n") } : {}),
      ...(usage?.total_tokens ? { tokens: usage.total_tokens } : {}),
    },
    callIds: calls.map(({ call_id }) => call_id),
  };
}

const textOf = (content: string | readonly z.output<typeof Part>[]): string =>
  typeof content === "string" ? content : content.map(({ text, refusal }) => text ?? refusal ?? "").join("");

const toolCall = ({ call_id, name, arguments: text }: z.output<typeof items.function_call>) => ({
  ...{ id: call_id, type: "function" },
  function: { name, arguments: text },
});

function checked<T extends z.ZodType>(schema: T, input: unknown, where: string): z.output<T> {
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  const problems = issueProblems(error.issues, input).map(({ path, message }) => {
    const field = pathText(path);
    return `${where}${field === "" ? "" : field.startsWith("[") ? field : `.${field}`}: ${message}`;
  });
  throw new SessionError("badAction", problems.join("; "));
}

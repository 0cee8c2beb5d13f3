import type { ChatMessage, ToolDefinition } from "../../episode/message.ts";

export const nextUserRequest = "next_user_request";

/** The tool that stands for an answer to the user, where a framework lets a model do nothing but call tools. */
export const nextUserRequestTool: ToolDefinition = {
  type: "function",
  function: {
    name: nextUserRequest,
    description:
      "Ends your work on the current request and returns what the user says next. Call it when the request is fulfilled, or cannot be fulfilled with the tools and values at hand.",
    parameters: { type: "object", properties: {}, required: [] },
  },
};

export const conversationOver = "The conversation is over: the user has no further request.";
/** Where a limit or an error has ended it. */
export const conversationCutOff = "The conversation was ended here.";
/** What a model reads that calls a tool after that. */
export const calledAfterwards = "The conversation is over. This call was not executed, and no further one will be.";

/** The messages that followed a call, as one text; with tools that are new or gone, since a framework may not show either. */
export function followingText(
  messages: readonly ChatMessage[],
  before: readonly ToolDefinition[],
  now: readonly ToolDefinition[],
): string {
  if (before === now && messages.length === 1) return messages[0]!.content ?? "";
  const contents = messages.map(({ content }) => content ?? "");
  const released = now.filter((tool) => !before.includes(tool)).map((tool) => JSON.stringify(tool.function));
  const withdrawn = before.filter((tool) => !now.includes(tool)).map((tool) => tool.function.name);
  return [
    ...contents,
    ...(released.length > 0 ? [`These tools are available from now on:\n${released.join("\n")}`] : []),
    ...(withdrawn.length > 0 ? [`These tools are no longer available: ${withdrawn.join(", ")}`] : []),
  ].join("\n\n");
}

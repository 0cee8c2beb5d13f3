import type { ToolDefinition } from "../episode/message.ts";

/** A tool as OpenAI's Responses API takes it. */
export interface ResponsesTool {
  readonly type: "function";
  readonly strict: false;
  readonly [field: string]: unknown;
}

/** `strict` is said because that API would else make every optional argument a required one. */
export const responsesTool = ({ function: described }: ToolDefinition): ResponsesTool => ({
  type: "function",
  ...described,
  strict: false,
});

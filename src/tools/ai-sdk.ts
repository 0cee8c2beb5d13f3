import type { ToolDefinition } from "../episode/message.ts";
import type { CallTool } from "./call-tool.ts";

/** A tool as the Vercel AI SDK takes it, of version 5, 6 and 7 alike. */
export interface AiSdkTool {
  readonly description: string;
  /** The SDK's `Schema`; typed so because a symbol is part of that type, which only the SDK's own package can name. */
  readonly inputSchema: any;
  readonly execute: (input: any) => Promise<string>;
}

/** What `generateText` and its like take as `tools`. */
export type AiSdkTools = Readonly<Record<string, AiSdkTool>>;

/**
 * Tools for the AI SDK, without depending on it. The SDK checks no arguments: that is the environment's part, whose refusal
 * the model reads as it reads every other failure.
 */
export function aiSdkTools(definitions: readonly ToolDefinition[], call: CallTool): AiSdkTools {
  return Object.fromEntries(
    definitions.map(({ function: { name, description, parameters } }): [string, AiSdkTool] => [
      name as string,
      {
        description: description as string,
        inputSchema: { ...schemaMarks, jsonSchema: parameters, validate: undefined },
        execute: async (input) => call(name as string, input),
      },
    ]),
  );
}

/** By these the SDK knows what its own `jsonSchema()` returns, whichever copy of the SDK made it; version 5 wants both. */
const schemaMarks = { [Symbol.for("vercel.ai.schema")]: true, [Symbol.for("vercel.ai.validator")]: true };

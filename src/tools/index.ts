/** An environment's tools for agent loops that run in this process: OpenAI's APIs and the Vercel AI SDK. */
export type { AiSdkTool, AiSdkTools } from "./ai-sdk.ts";
export type { CallTool } from "./call-tool.ts";
export type { ResponsesTool } from "./openai-responses.ts";
export { type KitCall, type ToolKit, type ToolKitOptions, toolsOf } from "./tools-of.ts";
export { type SessionToolKit, toolsOfSession } from "./tools-of-session.ts";

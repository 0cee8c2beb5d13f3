import type { Renderer } from "../../episode/renderer.ts";
import type { EndpointOptions } from "../../rollout/endpoint-policy.ts";
import { functionCalling } from "./function-calling.ts";
import { prompting } from "./prompting.ts";

/** A way of asking that is not envtune's own: how conversations are shown and read, and what requests hold besides. */
export interface Protocol {
  readonly renderer: Renderer;
  readonly endpoint: Pick<EndpointOptions, "fields" | "asReceived">;
}

const endpoint = { fields: { store: false }, asReceived: true };

/**
 * The requests of bfcl-eval 2026.3.23's handler for chat completions (`OpenAICompletionsHandler`), with native tool calls and in
 * prompting mode. To be played with profile `bfcl` and the evaluation rules, without a prompt, hints or notices.
 */
export const bfclProtocol: Readonly<Record<"functionCalling" | "prompting", Protocol>> = {
  functionCalling: { renderer: functionCalling, endpoint },
  prompting: { renderer: prompting, endpoint },
};

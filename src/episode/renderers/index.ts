import type { Renderer } from "../renderer.ts";
import { hermes } from "./hermes.ts";
import { openai } from "./openai.ts";
import { python } from "./python.ts";
import { tagged } from "./tagged.ts";

/** The renderers by the names that options use. */
export const renderers = { tagged, openai, hermes, python } satisfies Readonly<Record<string, Renderer>>;

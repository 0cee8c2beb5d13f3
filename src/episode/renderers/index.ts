import type { Renderer } from "../renderer.ts";
import { openai } from "./openai.ts";
import { python } from "./python.ts";

/** The renderers by the names that options use. */
export const renderers = { openai, python } satisfies Readonly<Record<string, Renderer>>;

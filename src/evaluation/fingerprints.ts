import { sha256 } from "../core/canonical.ts";
import type { Environment } from "../core/environment.ts";
import { type ToolDocument, toolDocuments } from "../core/tool-document.ts";
import type { Prompt } from "../episode/prompts.ts";
import type { Renderer } from "../episode/renderer.ts";

/** SHA-256 of what a renderer shows before a conversation starts, with no tools: the prompt, and the way to write calls. */
export function promptHash(renderer: Renderer, prompt: Prompt | undefined): string {
  const turns = [{ user: "", released: [], withdrawn: [], steps: [] }];
  return sha256(JSON.stringify(renderer.observe({ ...(prompt ? { prompt } : {}), documents: [], offered: [], turns })));
}

/** SHA-256 of the documents of every tool of these environments: the dataset's, or an environment's own where it has none. */
export function documentsHash(
  environments: Iterable<Environment>,
  documents: Readonly<Record<string, readonly ToolDocument[]>>,
): string {
  const byName = new Map<string, readonly ToolDocument[]>();
  for (const { parts } of environments)
    for (const [name, { tools }] of Object.entries(parts))
      if (!byName.has(name)) byName.set(name, Object.hasOwn(documents, name) ? documents[name]! : toolDocuments(tools));
  return sha256(JSON.stringify([...byName].sort(([a], [b]) => (a < b ? -1 : 1))));
}

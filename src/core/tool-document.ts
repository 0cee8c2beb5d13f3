import { z } from "zod";
import type { Tool, Tools } from "./tool.ts";

/** A tool as a model is told of it: its name, its description, and its arguments as JSON schema. */
export interface ToolDocument {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const documents = new WeakMap<Tool, ToolDocument>();

/** The document of one tool. A schema may carry `meta({ wire })`, the JSON schema to show instead of its own. */
export function toolDocument(name: string, tool: Tool): ToolDocument {
  const known = documents.get(tool);
  if (known?.name === name) return known;
  const { $schema: _, ...parameters } = z.toJSONSchema(tool.spec.args, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const wire = (zodSchema as unknown as z.ZodType).meta?.()?.wire;
      if (wire === undefined) return;
      for (const key of Object.keys(jsonSchema)) delete (jsonSchema as Record<string, unknown>)[key];
      Object.assign(jsonSchema, wire);
    },
  }) as Record<string, unknown>;
  const document = { name, description: tool.spec.description, parameters };
  documents.set(tool, document);
  return document;
}

export function toolDocuments(tools: Tools): ToolDocument[] {
  return Object.entries(tools).map(([name, tool]) => toolDocument(name, tool));
}

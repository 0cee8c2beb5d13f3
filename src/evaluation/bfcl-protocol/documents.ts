import type { ToolDocument } from "../../core/tool-document.ts";
import { dumps } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";

/** What the reference adds to the description of each tool that is offered from the start, but not of one handed over later. */
const languageHint = " Note that the provided function is in Python 3 syntax.";

const hinted = new WeakMap<ToolDocument, ToolDocument>();

/** A document as the reference shows it from the start. */
export function withLanguageHint(document: ToolDocument): ToolDocument {
  let known = hinted.get(document);
  if (!known) {
    known = { ...document, description: `${document.description}${languageHint}` };
    hinted.set(document, known);
  }
  return known;
}

/** Documents as Python's `json.dumps(…, indent=4)` writes them. */
export const indentedDocuments = (documents: readonly ToolDocument[]): string => indented(documents, "");

function indented(value: unknown, margin: string): string {
  const inner = `${margin}    `;
  if (Array.isArray(value) && value.length > 0)
    return `[\n${value.map((item) => `${inner}${indented(item, inner)}`).join(",\n")}\n${margin}]`;
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return dumps(value as PyValue)!;
  const fields = Object.entries(value).map(([key, item]) => `${inner}${dumps(key)}: ${indented(item, inner)}`);
  return `{\n${fields.join(",\n")}\n${margin}}`;
}

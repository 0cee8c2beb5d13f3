import { nearestName } from "../../../src/core/nearest-name.ts";
import type { Advice } from "../../../src/feedback/advice.ts";
import { quoted, shortly } from "../../../src/feedback/words.ts";
import { entriesOf, isPlainDict } from "../../../src/python/dict.ts";
import { str } from "../../../src/python/text.ts";
import type { PyDict, PyValue } from "../../../src/python/value.ts";
import { editableFields } from "../edit-ticket.ts";

const otherFields: Readonly<Record<string, string>> = {
  resolution: "A resolution is noted when a ticket is resolved.",
  created_by: "Who created a ticket cannot be changed.",
  id: "The id of a ticket cannot be changed.",
};

/** The fields that no update can change; empty where all can be. */
export const invalidFields = (updates: PyDict): PyValue[] =>
  entriesOf(updates)
    .map(([field]) => field)
    .filter((field) => !editableFields.includes(field as string));

export const fieldsRule = (invalid: readonly PyValue[]): string =>
  `'updates' cannot have ${invalid.length > 3 ? `${invalid.length} of these fields, such as ` : ""}${quoted(invalid.slice(0, 3).map((field) => shortly(str(field))))}, so nothing was changed`;

/** What an update may hold, and the given one with its fields put right. */
export function fieldsGuide(updates: PyDict, invalid: readonly PyValue[]): Omit<Advice, "diagnose"> {
  const notes = Object.entries(otherFields).flatMap(([field, note]) => (invalid.includes(field) ? [note] : []));
  const repaired = withValidFields(updates);
  const text = JSON.stringify(repaired);
  const fits = isPlainDict(repaired) && Object.keys(repaired).length > 0 && text.length <= 300;
  return {
    guide: [
      `Fields that can be changed are ${quoted(editableFields)}.`,
      ...notes,
      ...(fits ? [`Without what cannot be changed, 'updates' would be ${text}.`] : []),
    ].join(" "),
    ...(invalid.includes("resolution")
      ? { direct: "Call 'resolve_ticket' with the resolution.", tools: ["resolve_ticket"] }
      : { direct: "" }),
    argument: "updates",
    ...(fits ? { values: [repaired] } : {}),
  };
}

/** A misspelt field gets the name that it resembles; one that resembles none is left out. */
function withValidFields(updates: PyDict): PyValue {
  const valid: Record<string, PyValue> = {};
  for (const [field, value] of entriesOf(updates)) {
    const name = typeof field === "string" ? fieldMeant(field) : undefined;
    if (name !== undefined && !Object.hasOwn(valid, name)) valid[name] = value;
  }
  return valid;
}

const fieldMeant = (field: string): string | undefined =>
  editableFields.includes(field) ? field : nearestName(field.slice(0, 40), editableFields);

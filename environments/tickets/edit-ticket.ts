import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { entriesOf, isDict } from "../../src/python/dict.ts";
import { typeName } from "../../src/python/kind.ts";
import { pyValue } from "../../src/python/schema.ts";
import { str } from "../../src/python/text.ts";
import type { PyDict } from "../../src/python/value.ts";
import { lookUpFailures, positionOf, ticketIds } from "./look-up.ts";
import { ticketState } from "./state.ts";
import { ticketId } from "./ticket.ts";

const editableFields: readonly string[] = ["title", "description", "status", "priority"];

/** Any dict: what its values are is not checked, as in the reference. */
const Updates = z
  .record(z.string(), pyValue)
  .refine(isDict, "expected an object of fields and values")
  .meta({
    wire: {
      type: "object",
      properties: {
        title: { type: "string" },
        description: { type: "string" },
        status: { type: "string" },
        priority: { type: "integer" },
      },
    },
  });

export const edit_ticket = ticketState
  .write({
    description:
      "Change fields of the ticket with this id: title, description, status or priority. Fields set to null stay as they are.",
    args: z.object({ ticket_id: ticketId, updates: Updates }),
    result: z.strictObject({ status: z.string() }),
    failures: {
      ...lookUpFailures,
      invalidFields: failure(
        z.strictObject({ invalid: z.array(z.string()), editable: z.array(z.string()) }),
        ({ invalid }) => `Invalid fields for update: ${invalid.join(", ")}`,
      ),
      fieldNotText: failure(
        z.strictObject({ position: z.int(), type: z.string(), editable: z.array(z.string()) }),
        ({ position, type }) => `sequence item ${position}: expected str instance, ${type} found`,
        { wire: "raised" },
      ),
    },
    candidates: {
      ticket_id: ticketIds,
      updates: () => [{ status: "Closed" }, { title: "New", priority: 3 }, { description: null }, { owner: "ann" }, {}],
    },
  })
  .run(({ state, draft, args: { ticket_id: id, updates }, fail }) => {
    const position = positionOf(state, id, fail);
    if (typeof position !== "number") return position;
    const entries = entriesOf(updates as unknown as PyDict);
    const invalid = entries.map(([field]) => field).filter((field) => !editableFields.includes(field as string));
    const notText = invalid.findIndex((field) => typeof field !== "string");
    if (notText >= 0)
      return fail.fieldNotText({ position: notText, type: typeName(invalid[notText]!), editable: [...editableFields] });
    if (invalid.length > 0) return fail.invalidFields({ invalid: invalid as string[], editable: [...editableFields] });
    for (const [field, value] of entries)
      if (value !== null) (draft().queue[position] as Record<string, unknown>)[field as string] = value;
    return { status: `Ticket ${str(id)} has been updated successfully.` };
  });

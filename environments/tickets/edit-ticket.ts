import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { entriesOf, isDict } from "../../src/python/dict.ts";
import { pyValue } from "../../src/python/schema.ts";
import { joinTexts } from "../../src/python/string.ts";
import { str } from "../../src/python/text.ts";
import type { PyDict } from "../../src/python/value.ts";
import { changeTicket, missingTicket, notFound, positionOf, ticketIds, ticketThere } from "./look-up.ts";
import { ticketState } from "./state.ts";
import { ticketId } from "./ticket.ts";

export const editableFields: readonly string[] = ["title", "description", "status", "priority"];

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
      notFound,
      invalidFields: failure(
        z.strictObject({ invalid: z.array(pyValue), editable: z.array(z.string()) }),
        ({ invalid }) => `Invalid fields for update: ${joinTexts(", ", invalid)}`,
      ),
    },
    candidates: {
      ticket_id: ticketIds,
      updates: () => [{ status: "Closed" }, { title: "New", priority: 3 }, { description: null }, { owner: "ann" }, {}],
    },
    requires: [ticketThere],
  })
  .run(({ state, draft, args: { ticket_id: id, updates }, fail }) => {
    const position = positionOf(state, id);
    if (position < 0) return fail.notFound(missingTicket(state, id));
    const entries = entriesOf(updates as unknown as PyDict);
    const invalid = entries.map(([field]) => field).filter((field) => !editableFields.includes(field as string));
    if (invalid.length > 0) return fail.invalidFields({ invalid, editable: [...editableFields] });
    const changes = entries.filter(([, value]) => value !== null);
    if (changes.length > 0) changeTicket(draft(), state, position, Object.fromEntries(changes));
    return { status: `Ticket ${str(id)} has been updated successfully.` };
  });

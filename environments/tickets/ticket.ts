import { z } from "zod";
import { inGivenOrder, integer } from "../../src/python/schema.ts";
import type { PyValue } from "../../src/python/value.ts";

/** The dataset numbers its tickets and names them; both are ids. */
export const ticketId = z.union([integer, z.string()]);
export type TicketId = z.output<typeof ticketId>;

/** A dict of Python, its fields in the order they were set, which shows. */
export type Ticket = Readonly<Record<string, PyValue>>;

/** A ticket of a config: any of its fields may be missing, and some have others that no tool reads. */
const FiledTicket = z.strictObject({
  id: ticketId.optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  status: z.string().optional(),
  priority: z.union([integer, z.string()]).optional(),
  created_by: z.string().optional(),
  resolution: z.string().optional(),
  subject: z.string().optional(),
  issue: z.string().optional(),
  booking_id: z.string().optional(),
  user_id: integer.optional(),
  created_at: z.string().optional(),
});
/** A ticket filed under its name instead of having an id; tools that look for an id stumble over it. */
const MisfiledTicket = z.record(z.string().regex(/^[A-Za-z_]\w*$/), FiledTicket);
export const ConfigTicket: z.ZodType<Ticket, object> = inGivenOrder(z.union([FiledTicket, MisfiledTicket])) as never;

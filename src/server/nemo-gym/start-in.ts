import type { Reply } from "../session/reply.ts";
import type { Session } from "../session/session.ts";
import type { SessionTable } from "../session/session-table.ts";

/** Starts an episode in a session of the table, or in a new one where that is gone; a refused start leaves no new one behind. */
export function startIn(
  table: SessionTable,
  known: string | undefined,
  options: unknown,
): { session: Session; reply: Reply } {
  const found = known === undefined ? undefined : table.find(known);
  if (found) return { session: found, reply: found.reset(options) };
  const session = table.create();
  try {
    return { session, reply: session.reset(options) };
  } catch (error) {
    table.close(session.id);
    throw error;
  }
}

/** A server of the bundled tasks that tells its parent how much it holds. Run with --expose-gc. */
import { startServer } from "../../src/server/server.ts";
import { bundledCatalog } from "../server/catalog.ts";

export interface Holdings {
  readonly sessions: number;
  /** After garbage was collected. */
  readonly heapBytes: number;
}

const catalog = await bundledCatalog();
const { url, table } = await startServer({
  catalog,
  limits: { maxSessions: 20_000, idleSeconds: Number(process.argv[2]) },
});
process.on("message", () => {
  const { gc } = globalThis as { gc?: () => void };
  gc!();
  gc!();
  const holdings: Holdings = { sessions: table.active, heapBytes: process.memoryUsage().heapUsed };
  process.send!(holdings);
});
process.stdout.write(`envtune serves ${catalog.tasks.length} tasks at ${url}\n`);

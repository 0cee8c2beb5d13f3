import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { SessionTable } from "./session/session-table.ts";

/** What every protocol of a server shares. */
export interface ServerContext {
  readonly table: SessionTable;
  readonly metrics: Metrics;
  readonly log: Log;
  /** The host that the server listens on. */
  readonly host: string;
  /** Bytes of a request's body or of a frame at most. */
  readonly bodyLimit: number;
  /** OpenEnv's: production hides the routes with which a trainer resets and steps over plain HTTP. */
  readonly openEnvMode: "simulation" | "production";
  /** Of the package. */
  readonly version: string;
}

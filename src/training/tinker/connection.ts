import type { Pause } from "./future.ts";
import type { TinkerHttp } from "./tinker-http.ts";
import type { BatchLimits } from "./wire-batch.ts";

/** What a client shares with its models and samplers. */
export interface Connection {
  readonly http: TinkerHttp;
  /** Aborted when the client is closed or its session is lost. */
  readonly lifetime: AbortSignal;
  readonly limits: BatchLimits;
  /** The server knows a repeated training request by its number. Where it does not, none is repeated: a gradient could count twice. */
  readonly numbered: boolean;
  readonly onPause: ((pause: Pause) => void) | undefined;
}

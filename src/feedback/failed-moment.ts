import type { Call } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import type { Failure } from "../core/outcome.ts";
import type { History } from "./history.ts";

/** A call that failed, and all that a hint on it may depend on. */
export interface FailedMoment {
  readonly environment: Environment;
  /** The state after the call. */
  readonly state: object;
  /** Undefined where the text could not be read as a call. */
  readonly call: Call | undefined;
  readonly error: Failure;
  readonly history: History;
  /** The tools that the model may call now. */
  readonly offered: ReadonlySet<string>;
}

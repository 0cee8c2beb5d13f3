import type { Sampler } from "../sampler.ts";
import type { LookAhead } from "./look-ahead.ts";
import type { RunState } from "./run-state.ts";

/** Where a run stands between two steps, in memory. */
export interface Standing {
  readonly state: RunState;
  /** Of the trainer's weights. */
  readonly sampler: Sampler;
  /** The next step's rollouts, being played since the last step. */
  readonly ahead?: LookAhead | undefined;
}

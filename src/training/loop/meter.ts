import { type EventLoopUtilization, performance } from "node:perf_hooks";

/** Seconds of a stretch of a run. */
export interface Seconds {
  /** Nothing was to be done but wait for a sampler. */
  readonly sampling: number;
  /** Observing, executing calls, grading. */
  readonly environment: number;
  /** Nothing was to be done but wait for the trainer. */
  readonly training: number;
  /** All the rest. */
  readonly driver: number;
  readonly total: number;
}

type Waited = "sampling" | "training";

/** Splits wall time by what the process did or waited for: the event loop says how long it was idle. */
export class Meter {
  readonly #pending = { sampling: 0, training: 0 };
  #milliseconds = { sampling: 0, environment: 0, training: 0 };
  #start = performance.now();
  #mark: EventLoopUtilization = performance.eventLoopUtilization();

  /** Counts idle time as spent waiting for this work; for sampling where both are waited for. */
  async waiting<T>(what: Waited, work: Promise<T>): Promise<T> {
    if (this.#pending[what]++ === 0) this.#settle(what);
    try {
      return await work;
    } finally {
      if (--this.#pending[what] === 0) this.#settle(what);
    }
  }

  /** Adds milliseconds that an environment took. */
  readonly environment = (milliseconds: number): void => {
    this.#milliseconds.environment += milliseconds;
  };

  /** The seconds since the last call, or since the start. */
  take(): Seconds {
    this.#settle();
    const now = performance.now();
    const { sampling, environment, training } = this.#milliseconds;
    const total = now - this.#start;
    this.#start = now;
    this.#milliseconds = { sampling: 0, environment: 0, training: 0 };
    const seconds = (milliseconds: number) => Math.round(milliseconds) / 1000;
    return {
      sampling: seconds(sampling),
      environment: seconds(environment),
      training: seconds(training),
      driver: seconds(Math.max(0, total - sampling - environment - training)),
      total: seconds(total),
    };
  }

  /** Books the idle time since the last change; `changed` was or will be waited for otherwise than its count says now. */
  #settle(changed?: Waited): void {
    const now = performance.eventLoopUtilization();
    const idle = now.idle - this.#mark.idle;
    this.#mark = now;
    const waited = (what: Waited) => {
      const pending = this.#pending[what];
      return changed === what ? pending === 0 : pending > 0;
    };
    if (waited("sampling")) this.#milliseconds.sampling += idle;
    else if (waited("training")) this.#milliseconds.training += idle;
  }
}

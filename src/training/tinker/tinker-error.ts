import { EndpointError } from "../../rollout/endpoint-error.ts";

/** What a Tinker server answered instead of a result. A `passing` fault may be gone at the next try, a `lasting` one will not. */
export class TinkerError extends EndpointError {
  override readonly name = "TinkerError";
  /** The HTTP status; undefined where a request was taken and failed later, or there was no answer. */
  readonly status: number | undefined;
  constructor(message: string, kind: "passing" | "lasting", status?: number, secondsToWait?: number) {
    super(message, kind, secondsToWait);
    this.status = status;
  }
}

/** A request that brought no message. A `passing` fault may be gone at the next try, a `lasting` one will not. */
export class EndpointError extends Error {
  override readonly name: string = "EndpointError";
  readonly kind: "passing" | "lasting";
  /** What the server asks for before the next try. */
  readonly secondsToWait: number | undefined;
  constructor(message: string, kind: "passing" | "lasting", secondsToWait?: number) {
    super(message);
    this.kind = kind;
    this.secondsToWait = secondsToWait;
  }
}

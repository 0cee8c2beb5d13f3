import type { LoadError } from "./load-error.ts";

/** One session with a server, whatever the protocol. One request at a time; each rejects with a `LoadError`. */
export interface LoadConnection {
  reset(options: object): Promise<LoadAnswer>;
  step(action: object): Promise<LoadAnswer>;
  /** Whether another request makes sense: false once the connection broke. */
  readonly usable: boolean;
  /** Why the connection broke, where no request has been told: a server that is full says so and hangs up, unasked. */
  readonly untold: LoadError | undefined;
  /** Ends the session on the server too, and waits for that at most two seconds; never rejects. */
  close(): Promise<void>;
}

export interface LoadAnswer {
  readonly observation: unknown;
  readonly done: boolean;
}

/** How connections are made. */
export interface LoadTarget {
  /** `http://host:port`, without a path at its end. */
  readonly url: string;
  readonly protocol: "ws" | "http";
  /** Bearer token of the server. */
  readonly token?: string;
  /** Milliseconds that one answer, or a connection, may take. */
  readonly timeout: number;
}

export const closingMilliseconds = 2000;

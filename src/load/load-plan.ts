import type { LoadTarget } from "./load-connection.ts";
import type { LoadScript } from "./load-script.ts";

/** What `runLoad` does. Times are in milliseconds. */
export interface LoadPlan {
  readonly target: LoadTarget;
  readonly sessions: number;
  readonly script: LoadScript;
  /** Options of every reset; a `seed` of its own is added for each episode unless there is one. */
  readonly reset: object;
  /** An episode is left for the next after so many actions, unless it is done before. */
  readonly stepsPerEpisode: number;
  /** Between an answer and the next message of a session. */
  readonly think: { readonly mean: number; readonly spread: "fixed" | "exponential" };
  /** The sessions start spread over this time. */
  readonly rampUp: number;
  /** After all sessions are open, this much is left out of the figures. */
  readonly warmUp: number;
  /** How long is measured, or how many episodes are played, warm-up or not. */
  readonly until: { readonly duration: number } | { readonly episodes: number };
  readonly seed: string;
}

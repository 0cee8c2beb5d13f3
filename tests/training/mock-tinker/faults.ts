import { createHash } from "node:crypto";
import { seededRandom } from "../../../src/core/seeded-random.ts";

/** What can go wrong with a request, by what the client sees of it. */
export const faultKinds = [
  /** A poll: not yet. */
  "408",
  /** A poll: the promise is lost, though not the work. */
  "410",
  "429",
  /** Refused before anything was done. */
  "500",
  /** Done, and then answered 502. */
  "502-after",
  /** A poll: still in the queue, with the queue's state. */
  "try_again",
  /** A poll: only how large the result is. */
  "metadata",
  /** The request will come to an error, and nothing is done. */
  "failed",
  /** The connection ends before the request is read. */
  "drop-before",
  /** The connection ends after it was done. */
  "drop-after",
  /** The request reaches the server twice. */
  "duplicate",
  /** The answer takes a few milliseconds more, so that answers overtake each other. */
  "delay",
  /** Done, and answered only after the client has given up waiting. */
  "stall",
] as const;
export type FaultKind = (typeof faultKinds)[number];
/** How likely each is, from 0 to 1. */
export type FaultRates = Partial<Record<FaultKind, number>>;

/** Faults that depend on the seed, the request and how often it came, and not on how requests interleave. */
export class Faults {
  readonly #rates: FaultRates;
  readonly #seed: number;
  readonly #seen = new Map<string, number>();
  /** How often each was injected. */
  readonly counts = new Map<FaultKind, number>();

  constructor(rates: FaultRates, seed: number) {
    this.#rates = rates;
    this.#seed = seed;
  }

  /** The fault of this request, if any; `random` spreads what the fault leaves open. */
  next(path: string, body: string): { kind: FaultKind | undefined; random: number } {
    const request = createHash("sha256").update(`${path} ${body}`).digest("hex");
    const time = this.#seen.get(request) ?? 0;
    this.#seen.set(request, time + 1);
    const random = seededRandom(`${this.#seed} ${request} ${time}`);
    const polls = path === "retrieve_future";
    let point = random.number();
    for (const [kind, rate] of Object.entries(this.#rates) as [FaultKind, number][]) {
      if (["408", "410", "try_again", "metadata"].includes(kind) !== polls && !bothWays.has(kind)) continue;
      if (kind === "failed" && polls) continue;
      point -= rate;
      if (point < 0) {
        this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
        return { kind, random: random.number() };
      }
    }
    return { kind: undefined, random: random.number() };
  }
}

const bothWays: ReadonlySet<FaultKind> = new Set([
  "429",
  "500",
  "502-after",
  "drop-before",
  "drop-after",
  "duplicate",
  "delay",
  "stall",
]);

import { setTimeout } from "node:timers/promises";
import { seededRandom } from "../core/seeded-random.ts";
import { EndpointError } from "./endpoint-error.ts";

/** How often to try, and how long to wait in between. */
export interface Backoff {
  readonly tries: number;
  /** The wait before the second try at most; it doubles with each further one. */
  readonly firstMilliseconds: number;
  /** The longest wait, also where the server asks for more. */
  readonly longestMilliseconds: number;
}

export const defaultBackoff: Backoff = { tries: 6, firstMilliseconds: 1000, longestMilliseconds: 60_000 };

/**
 * Tries until it works, the fault is a lasting one, or the tries are used up. Waits are spread out at random, seeded by `key`, so
 * that episodes which fail together do not come back together.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  key: string,
  signal: AbortSignal,
  { tries, firstMilliseconds, longestMilliseconds }: Backoff = defaultBackoff,
): Promise<T> {
  const random = seededRandom(`back-off ${key}`);
  for (let failed = 1; ; failed++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !(error instanceof EndpointError) || error.kind === "lasting") throw error;
      if (failed >= tries) throw new EndpointError(`gave up after ${failed} tries: ${error.message}`, "passing");
      const doubled = firstMilliseconds * 2 ** (failed - 1) * (0.5 + random.number() / 2);
      const asked = (error.secondsToWait ?? 0) * 1000;
      await setTimeout(Math.min(Math.max(doubled, asked), longestMilliseconds), undefined, { signal });
    }
  }
}

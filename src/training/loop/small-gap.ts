import { EndpointError } from "../../rollout/endpoint-error.ts";

/** Throws where log-probabilities of the same weights lie too far apart. */
export function requireSmallGap(
  { largest, mean }: { readonly largest: number; readonly mean: number },
  tolerance: number,
  where: string,
): void {
  if (mean <= tolerance && largest <= 100 * tolerance) return;
  const digits = (value: number) => value.toPrecision(3);
  throw new EndpointError(
    `sampler and trainer disagree on ${where}: log-probabilities differ by ${digits(mean)} nats on average and by ${digits(largest)} at most (allowed: ${tolerance} and ${100 * tolerance}); they do not hold the same weights, or do not compute alike: check that the server samples what was published last, or raise --logprob-tolerance if its numerics are that coarse`,
    "lasting",
  );
}

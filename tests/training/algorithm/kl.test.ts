import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { dataOf } from "../../../src/training/algorithm/datums.ts";
import { entropyEstimate } from "../../../src/training/algorithm/entropy-estimate.ts";
import { meanKl, withKlOnAdvantages } from "../../../src/training/algorithm/kl.ts";
import { logprobGap } from "../../../src/training/algorithm/logprob-gap.ts";
import type { Datum } from "../../../src/training/trainer.ts";
import { episode, segment } from "./episodes.ts";

const tokens = [episode(segment(".ab", [-1, -2])), episode(segment("..c", [-0.5]))];
const episodes = [
  { tokens: tokens[0]!, advantage: 1 },
  { tokens: tokens[1]!, advantage: -1 },
];
const data = dataOf(episodes, "tokenMean");
/** d is 1 and 0 in the first, 0.5 in the second; what is said of prompts counts nowhere. */
const reference = [
  [0, -2, -2],
  [0, -9, -1],
];

test("mean KL is the mean of logprob minus the reference's over actions", () => {
  expect(meanKl(data, reference)).toBeCloseTo(0.5, 12);
});

test("an action likelier than under the reference loses advantage, one less likely gains", () => {
  const [first, second] = withKlOnAdvantages(data, reference, 0.1);
  expect(first!.advantages[0]).toBe(0);
  expect(first!.advantages[1]).toBeCloseTo(1 + 0.1 * (0.5 - 1), 12);
  expect(first!.advantages[2]).toBeCloseTo(1 + 0.1 * (0.5 - 0), 12);
  expect(second!.advantages.slice(0, 2)).toEqual([0, 0]);
  expect(second!.advantages[2]).toBeCloseTo(-1, 12);
  expect(first).toMatchObject({ tokens: data[0]!.tokens, logprobs: data[0]!.logprobs, weight: data[0]!.weight });
});

test("under sequenceMean the mean is that of the episodes' means: (0.5 + 0.5) / 2", () => {
  const uneven = [[0, -2, -3], reference[1]!];
  const [first] = withKlOnAdvantages(dataOf(episodes, "sequenceMean"), uneven, 1);
  // d is 1, 1 and 0.5: (1 + 0.5) / 2.
  expect(first!.advantages[1]).toBeCloseTo(1 + 0.75 - 1, 12);
});

test("over all tokens a policy may draw, the change of advantages descends KL(policy || reference)", () => {
  const softmax = (logits: readonly number[]) => {
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    return logits.map((logit) => Math.exp(logit) / sum);
  };
  const [logits, other] = [[0.3, -1, 0.8], softmax([1, 0.2, -0.5])];
  const klOf = (policy: readonly number[]) =>
    policy.reduce((sum, share, index) => sum + share * Math.log(share / other[index]!), 0);
  const policy = softmax(logits);
  const drawn = policy.map((share): Datum => {
    const { tokens: ids, actions, logprobs } = segment(".a", [Math.log(share)]);
    return { tokens: ids, actions, logprobs, advantages: [0, 0], weight: share };
  });
  const changed = withKlOnAdvantages(
    drawn,
    other.map((share) => [0, Math.log(share)]),
    0.1,
  );
  for (const [index, share] of policy.entries()) {
    // The gradient of logprob with respect to this logit is 1 - share for the token itself and -share for the others.
    const ascent = changed.reduce((sum, { weight, advantages }, token) => {
      return sum + weight * advantages[1]! * ((token === index ? 1 : 0) - share);
    }, 0);
    const moved = (by: number) => klOf(softmax(logits.map((logit, at) => (at === index ? logit + by : logit))));
    expect(ascent).toBeCloseTo((-0.1 * (moved(1e-5) - moved(-1e-5))) / 2e-5, 8);
  }
});

const logprob = fc.integer({ min: -400, max: 0 }).map((each) => each / 100);
property.prop([
  fc.array(fc.tuple(logprob, logprob), { minLength: 1, maxLength: 9 }),
  fc.constantFrom("sequenceMean", "tokenMean"),
])("the batch's mean advantage stays what it was", (pairs, aggregation) => {
  const played = pairs.map(([sampled], index) => ({
    tokens: episode(segment(index % 2 ? ".a" : ".a.b", [sampled, sampled])),
    advantage: index,
  }));
  const before = dataOf(played, aggregation as "tokenMean");
  const others = before.map(({ actions }, index) => actions.map((isAction) => (isAction ? pairs[index]![1] : 0)));
  const meanOf = (batch: readonly Datum[]) =>
    batch.reduce((sum, { advantages, weight }) => sum + weight * advantages.reduce((a, b) => a + b, 0), 0);
  expect(meanOf(withKlOnAdvantages(before, others, 0.3))).toBeCloseTo(meanOf(before), 9);
});

test("the gap between sampler and trainer is over actions alone", () => {
  const { largest, mean } = logprobGap(data, reference);
  expect(largest).toBe(1);
  expect(mean).toBeCloseTo(0.5, 12);
  expect(
    logprobGap(
      data,
      data.map(({ logprobs }) => logprobs),
    ),
  ).toEqual({ largest: 0, mean: 0 });
});

test("log-probabilities that do not match the batch are named with whose they are", () => {
  expect(() => meanKl(data, [reference[0]!])).toThrow(
    "the reference gave log-probabilities of 1 sequences, the batch has 2",
  );
  expect(() => logprobGap(data, [reference[0]!, [0, -1]])).toThrow(
    "the trainer gave 2 log-probabilities of datum 1, which has 3 tokens",
  );
  expect(() => logprobGap(data, [[0, -1, Number.NaN], reference[1]!])).toThrow(
    "the trainer's log-probability of token 2 of datum 0 is NaN",
  );
  expect(() => logprobGap([], [])).toThrow("no actions");
  expect(() => meanKl([], [])).toThrow("no actions");
  expect(withKlOnAdvantages([], [], 0.1)).toEqual([]);
});

test("entropy is the mean of -logprob over sampled tokens, and none where there are none", () => {
  expect(entropyEstimate(tokens)).toBeCloseTo(3.5 / 3, 12);
  expect(entropyEstimate([episode(segment("..."))])).toBeNull();
});

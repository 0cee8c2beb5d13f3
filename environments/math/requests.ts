import type { SeededRandom } from "../../src/core/seeded-random.ts";
import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { math } from "./index.ts";

const aNumber = (_: unknown, random: SeededRandom) => [invent.number(random)];
const numbers = (_: unknown, random: SeededRandom) => [
  Array.from({ length: 3 + random.below(4) }, () => invent.number(random)),
];
const digits = () => [3, 4, 5, 6, 8];
const powers = () => [2, 3, 4];

/** How users ask for sums. */
export const mathRequests = defineRequests(math, {
  nouns: {
    a: "first number",
    precision: { noun: "number of digits", open: "a certain number of" },
    b: "second number",
    numbers: "list of numbers",
    unit_in: "unit I have",
    unit_out: "unit I want",
  },
  tools: {
    logarithm: {
      ask: ({ value, base, precision }) =>
        `take the logarithm of ${value} to the base ${base}, with ${precision} digits`,
      values: { value: aNumber, base: () => [2, 3, 5, 10], precision: digits },
    },
    mean: {
      ask: (said) => `work out the mean of ${said.numbers}`,
      values: { numbers },
      standIns: ["sum_values", "add"],
    },
    standard_deviation: {
      ask: (said) => `work out the standard deviation of ${said.numbers}`,
      values: { numbers },
      standIns: [],
    },
    si_unit_conversion: {
      ask: ({ value, unit_in, unit_out }) => `convert the length of ${value} from ${unit_in} to ${unit_out}`,
      fits: ({ unit_in, unit_out }) => unit_in !== unit_out,
    },
    imperial_si_conversion: {
      ask: ({ value, unit_in, unit_out }) => `convert ${value} from ${unit_in} to ${unit_out}`,
      fits: ({ unit_in, unit_out }) => unit_in !== unit_out,
    },
    add: { ask: ({ a, b }) => `add ${a} and ${b}`, standIns: ["sum_values", "subtract"] },
    subtract: { ask: ({ a, b }) => `subtract ${b} from ${a}`, standIns: ["add", "sum_values"] },
    multiply: { ask: ({ a, b }) => `multiply ${a} by ${b}`, standIns: ["divide"] },
    divide: { ask: ({ a, b }) => `divide ${a} by ${b}`, values: { b: aNumber }, standIns: ["multiply", "percentage"] },
    power: {
      ask: ({ base, exponent }) => `raise ${base} to the power of ${exponent}`,
      values: { base: aNumber, exponent: powers },
      standIns: ["multiply"],
    },
    square_root: {
      ask: ({ number, precision }) => `take the square root of ${number} to ${precision} significant digits`,
      values: { precision: digits },
      standIns: ["power"],
    },
    absolute_value: {
      ask: ({ number }) => `drop the sign of ${number}`,
      values: { number: (_, random) => [-invent.number(random)] },
    },
    round_number: ({ number, decimal_places }) =>
      decimal_places ? `round ${number} to ${decimal_places} decimals` : `round ${number} to a whole number`,
    percentage: {
      ask: ({ part, whole }) => `tell me how many percent ${part} is of ${whole}`,
      values: { whole: aNumber },
      standIns: ["divide"],
    },
    min_value: { ask: (said) => `find the smallest of ${said.numbers}`, values: { numbers }, standIns: false },
    max_value: { ask: (said) => `find the largest of ${said.numbers}`, values: { numbers }, standIns: false },
    sum_values: { ask: (said) => `add up ${said.numbers}`, values: { numbers }, standIns: ["add", "mean"] },
  },
});

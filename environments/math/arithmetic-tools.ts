import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { equal } from "../../src/python/equal.ts";
import { isInt } from "../../src/python/kind.ts";
import * as python from "../../src/python/number.ts";
import { round } from "../../src/python/round.ts";
import { float, integer } from "../../src/python/schema.ts";
import { answer, numberResult } from "./result.ts";
import { mathState } from "./state.ts";

const operands = z.object({ a: float, b: float });

export const add = mathState
  .read({
    description: "Add two numbers: a + b.",
    args: operands,
    result: numberResult,
  })
  .run(({ args: { a, b } }) => answer(python.add(a, b)));

export const subtract = mathState
  .read({
    description: "Take one number from another: a - b.",
    args: operands,
    result: numberResult,
  })
  .run(({ args: { a, b } }) => answer(python.subtract(a, b)));

export const multiply = mathState
  .read({
    description: "Multiply two numbers: a * b.",
    args: operands,
    result: numberResult,
  })
  .run(({ args: { a, b } }) => answer(python.multiply(a, b)));

export const divide = mathState
  .read({
    description: "Divide one number by another: a / b, as a decimal number. `b` must not be zero.",
    args: operands,
    result: numberResult,
    failures: { divisionByZero: failure(z.strictObject({ dividend: float }), () => "Cannot divide by zero") },
    candidates: { b: () => [0] },
  })
  .run(({ args: { a, b }, fail }) => {
    if (equal(b, 0)) return fail.divisionByZero({ dividend: a });
    return { result: python.divide(a, b) };
  });

/** A negative base with a fractional exponent has a complex power, known by its text alone. */
const powerResult = z.strictObject({ result: z.union([float, z.strictObject({ $repr: z.string() })]) });

export const power = mathState
  .read({
    description: "Raise `base` to the power of `exponent`.",
    args: z.object({ base: float, exponent: float }),
    result: powerResult,
    candidates: { base: () => [0, 2, 10, -8], exponent: () => [0, 2, -1, 0.5] },
  })
  .run(({ args: { base, exponent } }) => answer(python.power(base, exponent)));

export const absolute_value = mathState
  .read({
    description: "Drop the sign of a number.",
    args: z.object({ number: float }),
    result: numberResult,
  })
  .run(({ args: { number } }) => ({ result: python.absolute(number) }));

export const round_number = mathState
  .read({
    description:
      "Round a number to `decimal_places` decimals, to whole numbers unless given; a negative count rounds to tens, hundreds and so on. Halves go to the even neighbour.",
    args: z.object({ number: float, decimal_places: integer.default(0) }),
    result: numberResult,
    failures: {
      placesNotWhole: failure(
        z.strictObject({ decimalPlaces: float }),
        () => "First input must be a number, second input must be an integer",
      ),
    },
    candidates: { decimal_places: () => [0, 1, 2, 3, -1] },
  })
  .run(({ args: { number, decimal_places }, fail }) => {
    if (!isInt(decimal_places)) return fail.placesNotWhole({ decimalPlaces: decimal_places });
    return answer(round(number, decimal_places));
  });

export const percentage = mathState
  .read({
    description: "Tell how many percent `part` is of `whole`. `whole` must not be zero.",
    args: z.object({ part: float, whole: float }),
    result: numberResult,
    failures: { wholeIsZero: failure(z.strictObject({ part: float }), () => "Whole value cannot be zero") },
    candidates: { whole: () => [0, 100] },
  })
  .run(({ args: { part, whole }, fail }) => {
    if (equal(whole, 0)) return fail.wholeIsZero({ part });
    return { result: python.multiply(python.divide(part, whole), 100) };
  });

import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { attempt } from "../../src/python/attempt.ts";
import { squareRoot } from "../../src/python/decimal.ts";
import { PythonError } from "../../src/python/error.ts";
import { logarithm as logarithmOf } from "../../src/python/mpmath.ts";
import { compare, isInt } from "../../src/python/number.ts";
import { convertedInteger, float, integer, numberOrText } from "../../src/python/schema.ts";
import { mathState } from "./state.ts";

/** An mpf, mpc or Decimal of Python, known by its text alone. */
const preciseResult = z.strictObject({ result: z.strictObject({ $repr: z.string() }) });

export const logarithm = mathState
  .read({
    description:
      "Calculate the logarithm of `value` to the given `base`, with `precision` decimal digits. The base must not be 1.",
    args: z.object({ value: numberOrText, base: numberOrText, precision: convertedInteger }),
    result: preciseResult,
    failures: {
      baseIsOne: failure(z.strictObject({ value: numberOrText, precision: integer }), () => ""),
      invalidPrecision: failure(z.strictObject({ precision: integer, reason: z.string() }), ({ reason }) => reason),
    },
    candidates: { value: () => [0, 1, 10, -2], base: () => [1, 2, 10], precision: () => [0, 5, 15] },
  })
  .run(({ args: { value, base, precision }, fail }) => {
    const result = attempt(() => logarithmOf(value, base, precision));
    if (!(result instanceof PythonError)) return { result };
    if (result.kind === "ZeroDivisionError") return fail.baseIsOne({ value, precision });
    return fail.invalidPrecision({ precision, reason: result.message });
  });

export const square_root = mathState
  .read({
    description: "Calculate the square root of a number that is not negative, with `precision` significant digits.",
    args: z.object({ number: float, precision: integer }),
    result: preciseResult,
    failures: {
      negativeNumber: failure(
        z.strictObject({ number: float }),
        () => "Cannot calculate square root of a negative number",
      ),
      precisionNotWhole: failure(
        z.strictObject({ precision: integer }),
        () => "Input must be a number or computation resulted in an invalid operation",
      ),
    },
    candidates: { number: () => [0, 2, -1], precision: () => [0, 1, 5, 50] },
  })
  .run(({ args: { number, precision }, fail }) => {
    if (compare(number, 0) < 0) return fail.negativeNumber({ number });
    if (!isInt(precision)) return fail.precisionNotWhole({ precision });
    return { result: squareRoot(number, precision) };
  });

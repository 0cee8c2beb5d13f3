import { z } from "zod";
import { type Failed, type Failure, failure } from "../../src/core/outcome.ts";
import { PythonError } from "../../src/python/error.ts";
import { numberRepr } from "../../src/python/number-value.ts";
import { float } from "../../src/python/schema.ts";
import type { PyNumber } from "../../src/python/value.ts";

/** What a calculation returns. */
export const numberResult = z.strictObject({ result: float });
export const reason = z.strictObject({ reason: z.string() });

/** A result, or an int on the way to it, beyond the largest float. */
export const tooLarge = failure(reason, (data) => data.reason, { wire: "raised" });
/** An int result with more digits than Python writes. */
export const tooManyDigits = failure(reason, (data) => data.reason, { wire: "raised" });

type Reason<Code extends string> = Failed<Failure<Code, z.output<typeof reason>>>;
interface FailTooLarge {
  readonly tooLarge: (data: z.input<typeof reason>) => Reason<"tooLarge">;
}
interface FailTooManyDigits {
  readonly tooManyDigits: (data: z.input<typeof reason>) => Reason<"tooManyDigits">;
}

/** The result of a calculation that may leave the range of floats. */
export function withinFloats<R>(fail: FailTooLarge, calculate: () => R): { result: R } | Reason<"tooLarge"> {
  try {
    return { result: calculate() };
  } catch (error) {
    if (error instanceof PythonError && error.kind === "OverflowError") return fail.tooLarge({ reason: error.message });
    throw error;
  }
}

/** The result of a calculation that may leave the range of floats, or be an int too long to write. */
export function withinDigits<R extends PyNumber | { readonly $repr: string }>(
  fail: FailTooLarge & FailTooManyDigits,
  calculate: () => R,
): { result: R } | Reason<"tooLarge"> | Reason<"tooManyDigits"> {
  try {
    return withinFloats(fail, () => {
      const result = calculate();
      if (typeof result === "object" && "$int" in result) numberRepr(result);
      return result;
    });
  } catch (error) {
    if (error instanceof PythonError && error.kind === "ValueError")
      return fail.tooManyDigits({ reason: error.message });
    throw error;
  }
}

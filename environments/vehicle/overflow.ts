import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { PythonError } from "../../src/python/error.ts";
import { float } from "../../src/python/schema.ts";

/** The result; undefined where an int is beyond what a float holds, for which Python raises. */
export function unlessOverflow<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PythonError && error.kind === "OverflowError") return undefined;
    throw error;
  }
}

const tooLarge = (message: string) =>
  failure(z.strictObject({ argument: z.string(), number: float }), () => message, { wire: "raised" });
export const numberTooLarge = tooLarge("int too large to convert to float");
export const quotientTooLarge = tooLarge("integer division result too large for a float");

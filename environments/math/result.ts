import { z } from "zod";
import { isIntTag } from "../../src/python/kind.ts";
import { numberRepr } from "../../src/python/number-value.ts";
import { float } from "../../src/python/schema.ts";
import type { PyNumber, PyOpaque } from "../../src/python/value.ts";

/** What a calculation returns. */
export const numberResult = z.strictObject({ result: float });

/** The answer of a calculation; Python raises when it comes to writing an int of more than 4300 digits. */
export function answer<R extends PyNumber | PyOpaque>(result: R): { result: R } {
  if (isIntTag(result)) numberRepr(result);
  return { result };
}

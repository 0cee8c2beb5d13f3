import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { float, integer } from "../../src/python/schema.ts";

/** BFCL's dataset gives this environment a few values that nothing reads. */
const Config = z.strictObject({
  value: float.optional(),
  base: float.optional(),
  precision: integer.optional(),
  complex_value: float.optional(),
  numbers: z.array(float).optional(),
});

/** Calculating remembers nothing. */
export const mathState = defineState({
  name: "MathAPI",
  state: z.strictObject({}),
  config: Config,
  notation: pythonNotation,
}).init(() => ({}));

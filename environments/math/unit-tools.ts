import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { attempt } from "../../src/python/attempt.ts";
import { PythonError } from "../../src/python/error.ts";
import { floatValue, multiply } from "../../src/python/number.ts";
import { float } from "../../src/python/schema.ts";
import { numberResult } from "./result.ts";
import { mathState } from "./state.ts";
import { conversions, convertibleUnits, metresPerUnit, metricUnits } from "./units.ts";

const args = z.object({ value: float, unit_in: z.string(), unit_out: z.string() });
const unsupportedMessage = ({ from, to }: { readonly from: string; readonly to: string }) =>
  `Conversion from '${from}' to '${to}' is not supported`;
const tooLarge = failure(
  z.strictObject({ value: float }),
  () => "Conversion resulted in a value too large to represent",
);
const unitPair = { from: z.string(), to: z.string() };

export const si_unit_conversion = mathState
  .read({
    description: `Convert a length between metric units: ${metricUnits.join(", ")}.`,
    args,
    result: numberResult,
    failures: {
      unsupportedUnits: failure(
        z.strictObject({ ...unitPair, unknown: z.array(z.string()), units: z.array(z.string()) }),
        unsupportedMessage,
      ),
      tooLarge,
    },
    candidates: { unit_in: () => metricUnits, unit_out: () => metricUnits },
  })
  .run(({ args: { value, unit_in, unit_out }, fail }) => {
    const metres = metresPerUnit.get(unit_in);
    const perMetre = metresPerUnit.get(unit_out);
    if (metres === undefined || perMetre === undefined) {
      const unknown = [unit_in, unit_out].filter((unit) => !metresPerUnit.has(unit));
      return fail.unsupportedUnits({ from: unit_in, to: unit_out, unknown, units: [...metricUnits] });
    }
    const result = attempt(() => multiply(multiply(value, metres), floatValue(1 / perMetre)));
    return result instanceof PythonError ? fail.tooLarge({ value }) : { result };
  });

export const imperial_si_conversion = mathState
  .read({
    description:
      "Convert a value between a metric and an imperial unit: cm and in; m and ft or yd; km and miles; kg and lb; celsius and fahrenheit.",
    args,
    result: numberResult,
    failures: {
      unsupportedUnits: failure(
        z.strictObject({
          ...unitPair,
          /** Into what `from` can be converted, and from what `to` can be. */
          targets: z.array(z.string()),
          sources: z.array(z.string()),
          units: z.array(z.string()),
        }),
        unsupportedMessage,
      ),
      tooLarge,
    },
    candidates: { unit_in: () => convertibleUnits, unit_out: () => convertibleUnits },
  })
  .run(({ args: { value, unit_in, unit_out }, fail }) => {
    if (unit_in === unit_out) return { result: value };
    const conversion = conversions.find(({ from, to }) => from === unit_in && to === unit_out);
    if (!conversion)
      return fail.unsupportedUnits({
        from: unit_in,
        to: unit_out,
        targets: conversions.filter(({ from }) => from === unit_in).map(({ to }) => to),
        sources: conversions.filter(({ to }) => to === unit_out).map(({ from }) => from),
        units: [...convertibleUnits],
      });
    const result = attempt(() => conversion.convert(value));
    return result instanceof PythonError ? fail.tooLarge({ value }) : { result };
  });

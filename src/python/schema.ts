import { z } from "zod";
import { floatValue, intValue } from "./number-value.ts";
import type { PyNumber, PyValue } from "./value.ts";

const floatTag = z.strictObject({ $float: z.string().regex(/^(-?\d+\.0|-?\d+(\.\d+)?e[+-]\d+|-?inf|nan)$/) });
/** No longer than the ints that CPython reads and writes as text. */
const intTag = z.strictObject({ $int: z.string().regex(/^-?[1-9]\d{15,4299}$/) });
/** JavaScript's -0 stands for no Python int; the float is a tag. */
const plain = z.number().overwrite((value) => value + 0);
const anyNumber: z.ZodType<PyNumber, PyNumber> = z.union([plain, floatTag, intTag], { error: "expected a number" });
const number = (type: "number" | "integer") => anyNumber.meta({ wire: { type } });

/** A parameter that BFCL documents as a float: takes any number, an int too, and keeps its form. */
export const float = number("number");
/** A parameter that BFCL documents as an int: takes any number, a float too, and keeps its form. */
export const integer = number("integer");

const wholeText = z.string().regex(/^-?\d{1,300}$/);
const decimalText = z.string().regex(/^-?\d{1,300}(\.\d{1,300})?$/);

/** A float of which the reference makes one itself, by `float()`: takes a decimal number in quotes too. */
export const convertedFloat: z.ZodType<PyNumber, PyNumber | string> = z
  .union([anyNumber, decimalText.transform((text) => floatValue(Number(text)))], { error: "expected a number" })
  .meta({ wire: { type: "number" } });
/** The same for an int and `int()`. */
export const convertedInteger: z.ZodType<PyNumber, PyNumber | string> = z
  .union([anyNumber, wholeText.transform((text) => intValue(BigInt(text)))], { error: "expected a number" })
  .meta({ wire: { type: "integer" } });
/** A number, or the text of a decimal one, for a library that reads both. */
export const numberOrText: z.ZodType<PyNumber | string, PyNumber | string> = z
  .union([anyNumber, decimalText], { error: "expected a number" })
  .meta({ wire: { type: "number" } });

/** Any value a Python program may hold; see `PyValue`. */
export const pyValue: z.ZodType<PyValue, PyValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(pyValue), z.record(z.string(), pyValue)]),
);

/** A parameter whose default is None, and which takes None too. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullable().default(null as never);
}

/**
 * Checks against a schema and takes a copy of the value as it is: zod itself puts keys into the order of the schema, and what
 * the model reads shows theirs.
 */
export function inGivenOrder<T extends z.ZodType>(schema: T): z.ZodType<z.output<T>, z.input<T>> {
  const given = z.unknown().superRefine((value, context) => {
    for (const issue of schema.safeParse(value).error?.issues ?? [])
      context.addIssue({ ...issue, input: value } as never);
  });
  return given.overwrite((value) => structuredClone(value)) as never;
}

/**
 * A dict in a config: a plain object, or `{ $dict: [[key, value], …] }` where JavaScript would reorder its keys. Comes out as
 * its entries, in order.
 */
export function dictionary<V extends z.ZodType>(
  value: V,
): z.ZodType<[string, z.output<V>][], Readonly<Record<string, unknown>>> {
  const tagged = z.strictObject({ $dict: z.array(z.tuple([z.string(), value])) }).transform(({ $dict }) => $dict);
  const plain = z.record(z.string(), value).transform((record) => Object.entries(record));
  return z.union([tagged, plain]) as never;
}

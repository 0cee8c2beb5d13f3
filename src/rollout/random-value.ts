import type { SeededRandom } from "../core/seeded-random.ts";
import { floatValue } from "../python/number-value.ts";

/** The part of JSON schema that tool documents use. */
export interface ValueSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ValueSchema[];
  readonly oneOf?: readonly ValueSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ValueSchema;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
}

const words = ["report", "notes.txt", "alice", "Paris", "2026-01-15", "AAPL", "draft", "open", "a b", "10", "x"];

/** A value that fits a schema in most cases; patterns and formats are not looked at. */
export function randomValue(schema: ValueSchema, random: SeededRandom): unknown {
  if ("const" in schema) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return randomValue(random.pick(options), random);
  switch (schema.type) {
    case "integer":
      return between(schema, random);
    case "number":
      return random.below(2) === 0
        ? between(schema, random)
        : floatValue(between(schema, random) + random.below(4) / 4);
    case "boolean":
      return random.below(2) === 0;
    case "null":
      return null;
    case "array":
      return Array.from({ length: length(schema, random) }, () => randomValue(schema.items ?? {}, random));
    case "object":
      return randomFields(schema, random);
    default:
      return random.pick(words);
  }
}

/** Values for the fields of an object schema; an optional one is left out half of the time. */
export function randomFields(
  { properties = {}, required = [] }: ValueSchema,
  random: SeededRandom,
  fieldValue = (_name: string, schema: ValueSchema): unknown => randomValue(schema, random),
): Record<string, unknown> {
  const given = Object.entries(properties).filter(([name]) => required.includes(name) || random.below(2) === 0);
  return Object.fromEntries(given.map(([name, schema]) => [name, fieldValue(name, schema)]));
}

function between({ minimum = 0, maximum = minimum + 1000 }: ValueSchema, random: SeededRandom): number {
  const least = Math.ceil(minimum);
  return least + random.below(Math.max(1, Math.floor(maximum) - least + 1));
}

function length({ minItems = 0, maxItems = minItems + 3 }: ValueSchema, random: SeededRandom): number {
  return minItems + random.below(maxItems - minItems + 1);
}

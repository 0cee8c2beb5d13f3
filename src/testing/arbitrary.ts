import fc from "fast-check";
import { z } from "zod";

/** The part of JSON schema that zod's own output uses. */
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
}

/** Values that a schema accepts, small ones first. What only a refinement says is not known: some values may be refused. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<any> {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return fromJsonSchema(root, root, 0);
}

/** How often a schema may stand in itself before its plainest values are taken. */
const deepest = 4;

function fromJsonSchema(schema: JsonSchema, root: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const of = (part: JsonSchema) => fromJsonSchema(part, root, depth);
  if (schema.$ref !== undefined) {
    if (depth >= deepest) return fc.constant(null);
    const target = schema.$ref === "#" ? root : root.$defs?.[schema.$ref.replace("#/$defs/", "")];
    return fromJsonSchema(target ?? {}, root, depth + 1);
  }
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map(of));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type: string) => of({ ...schema, type })));
  switch (schema.type) {
    case "string":
      return text(schema);
    case "integer":
    case "number":
      return number(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(of));
      return fc.array(of(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 5, 8)),
      });
    case "object":
      return record(schema, of);
    default:
      return fc.jsonValue();
  }
}

function text({ pattern, minLength = 0, maxLength = 12 }: JsonSchema): fc.Arbitrary<string> {
  if (pattern !== undefined)
    try {
      return fc.stringMatching(new RegExp(pattern, /\\[pP]\{/.test(pattern) ? "u" : ""));
    } catch {
      // fast-check knows no look-ahead: any text then, which may be refused.
    }
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 64)) });
}

function number(schema: JsonSchema): fc.Arbitrary<number> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (schema.type === "number" && multipleOf === undefined)
    return fc.double({
      min: exclusiveMinimum ?? minimum ?? Math.min(-1e6, exclusiveMaximum ?? maximum ?? 0),
      max: exclusiveMaximum ?? maximum ?? Math.max(1e6, exclusiveMinimum ?? minimum ?? 0),
      minExcluded: exclusiveMinimum !== undefined,
      maxExcluded: exclusiveMaximum !== undefined,
      noNaN: true,
    });
  const step = multipleOf ?? 1;
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  const most = exclusiveMaximum === undefined ? maximum : exclusiveMaximum - 1;
  // zod says the least and greatest safe integer where nothing else is said.
  const min = least === undefined || least < -(2 ** 31) ? Math.min(-1000, most ?? 0) : least;
  const max = most === undefined || most > 2 ** 31 ? Math.max(1000, least ?? 0) : most;
  return fc.integer({ min: Math.ceil(min / step), max: Math.floor(max / step) }).map((count) => count * step);
}

function record(schema: JsonSchema, of: (part: JsonSchema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const keys = schema.propertyNames?.enum as readonly string[] | undefined;
  const named = keys
    ? keys.map((key) => [key, (additionalProperties ?? {}) as JsonSchema] as const)
    : Object.entries(properties);
  if (named.length === 0 && typeof additionalProperties === "object")
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), of(additionalProperties), {
      maxKeys: 4,
      noNullPrototype: true,
    });
  return fc.record(Object.fromEntries(named.map(([key, value]) => [key, of(value)])), {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

import type { ToolDocument } from "../../core/tool-document.ts";

type Schema = Readonly<Record<string, unknown>>;

const typeNames: Readonly<Record<string, string>> = {
  string: "str",
  integer: "int",
  number: "float",
  boolean: "bool",
  array: "list",
  tuple: "list",
  object: "dict",
};

/**
 * A tool on one line: its arguments with their types, `?` on those that may be left out, or their default as JSON, and the first
 * sentence of its description. What documents say of single arguments is lost.
 */
export function signature({ name, description, parameters }: ToolDocument): string {
  return `${name}(${fieldsOf(parameters).join(", ")}) -- ${firstSentence(description)}`;
}

function fieldsOf({ properties, required }: Schema): string[] {
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(isSchema(properties) ? properties : {}).map(([name, given]) => {
    const schema = isSchema(given) ? given : {};
    const type = typeOf(schema);
    if (needed.includes(name)) return `${name}: ${type}`;
    const { default: value } = schema;
    return value === undefined || value === null ? `${name}?: ${type}` : `${name}: ${type} = ${JSON.stringify(value)}`;
  });
}

function typeOf(schema: Schema): string {
  const { type, items, properties, enum: values, anyOf } = schema;
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(anyOf)) return union(anyOf.map((one) => typeOf(isSchema(one) ? one : {})));
  if (Array.isArray(type)) return union(type.map((one) => typeOf({ ...schema, type: one })));
  if (isSchema(properties)) return `{${fieldsOf(schema).join(", ")}}`;
  const name = typeof type === "string" ? (typeNames[type] ?? type) : "any";
  return name === "list" && isSchema(items) ? `list[${typeOf(items)}]` : name;
}

/** Null is left out: an argument that may be null may be left out as well. */
const union = (types: readonly string[]): string => [...new Set(types.filter((type) => type !== "null"))].join(" | ");

/** BFCL's documents tell of the whole API before they tell of the tool. */
function firstSentence(description: string): string {
  const own = description.split("Tool description:").at(-1)!.replace(/\s+/g, " ").trim();
  return /^.*?[.!?](?= [A-Z]|$)/.exec(own)?.[0] ?? own;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

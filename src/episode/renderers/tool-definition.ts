import type { ToolDocument } from "../../core/tool-document.ts";
import type { ToolDefinition } from "../message.ts";

/** BFCL documents types by Python's names; a tool definition takes those of JSON schema. */
const schemaTypes: Readonly<Record<string, string>> = {
  dict: "object",
  float: "number",
  tuple: "array",
  list: "array",
  bool: "boolean",
  any: "string",
};

const definitions = new WeakMap<ToolDocument, ToolDefinition>();

/** A tool's document as one entry of a request's `tools`; a document that is JSON schema already stays as it is. */
export function toolDefinition(document: ToolDocument): ToolDefinition {
  let definition = definitions.get(document);
  if (!definition) {
    const parameters = withSchemaTypes(document.parameters);
    definition = { type: "function", function: { ...document, parameters } };
    definitions.set(document, definition);
  }
  return definition;
}

type Schema = Readonly<Record<string, unknown>>;

function withSchemaTypes(schema: Schema): Schema {
  const { type, properties, items } = schema;
  return {
    ...schema,
    ...(typeof type === "string" ? { type: schemaTypes[type] ?? type } : {}),
    ...(isSchema(properties) ? { properties: mapped(properties) } : {}),
    ...(isSchema(items) ? { items: withSchemaTypes(items) } : {}),
  };
}

function mapped(properties: Schema): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, isSchema(schema) ? withFloatNote(schema) : schema]),
  );
}

/** The reference tells models which numbers are floats, since JSON schema has one type for both; of a list's items it does not. */
function withFloatNote(schema: Schema): Schema {
  const typed = withSchemaTypes(schema);
  if (schema.type !== "float") return typed;
  return {
    ...typed,
    format: "float",
    description: `${schema.description ?? ""} This is a float type value.`.trimStart(),
  };
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

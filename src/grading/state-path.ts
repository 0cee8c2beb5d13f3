import type { Environment } from "../core/environment.ts";
import { fieldsOf } from "./state-change.ts";

/** The values of the public state that a path names, as `stateChanges` writes paths; several where a part of it is `*`. */
export function valuesAt(environment: Environment, state: object, path: string): unknown[] {
  const [name, ...rest] = path.split("/");
  const part = environment.parts[name!];
  if (!part) return [];
  const own = part === environment ? state : (state as Readonly<Record<string, object>>)[name!]!;
  let found: unknown[] = [part.attributes(own)];
  for (const key of rest.map((piece) => piece.replaceAll("~1", "/").replaceAll("~0", "~")))
    found = found.flatMap((value) => {
      const fields = fieldsOf(value)?.fields;
      if (!fields) return [];
      if (key === "*") return [...fields.values()];
      return fields.has(key) ? [fields.get(key)] : [];
    });
  return found;
}

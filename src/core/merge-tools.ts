import type { Tools } from "./tool.ts";

type Intersection<T> = (T extends any ? (x: T) => void : never) extends (x: infer I) => void ? I : never;

/** Several records of tools as one. Throws where two have a tool of one name, of which a spread would silently keep the last. */
export function mergeTools<const T extends readonly Tools[]>(
  ...groups: T
): Intersection<T[number]> extends infer M extends Tools ? M : never {
  const merged: Record<string, Tools[string]> = {};
  for (const group of groups)
    for (const [name, tool] of Object.entries(group)) {
      if (Object.hasOwn(merged, name)) throw new Error(`two tools are named '${name}'; give one of them another name`);
      merged[name] = tool;
    }
  return merged as never;
}

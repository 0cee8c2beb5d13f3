import type { Notation } from "./notation.ts";

/**
 * The comparable attributes of a state by name: `true` for the field of that name, a function for a derived value, and with
 * `same` a comparison of one's own (trees by structure, say).
 */
export type PublicAttributes<S> = {
  readonly [name: string]:
    | true
    | ((state: S) => unknown)
    | { readonly of: (state: S) => unknown; readonly same: (a: S, b: S) => boolean };
};

export interface Projection {
  attributes(state: object): Record<string, unknown>;
  differences(a: object, b: object): string[];
  same(a: object, b: object): boolean;
}

interface Attribute {
  readonly name: string;
  readonly of: (state: any) => unknown;
  readonly same: (a: any, b: any) => boolean;
}

/** Builds the projection; needs a state because only a state shows whether `true` names one of its fields. */
export function projectionOf(
  environment: string,
  declared: PublicAttributes<any> | undefined,
  sample: object,
  notation: Notation,
): Projection {
  const entries: PublicAttributes<any> = declared ?? Object.fromEntries(Object.keys(sample).map((key) => [key, true]));
  const attributes = Object.entries(entries).map(([name, entry]): Attribute => {
    if (entry === true && !Object.hasOwn(sample, name))
      throw new Error(`${environment}: public attribute '${name}' is no field of the state; give a function for it`);
    const of = entry === true ? (state: any) => state[name] : typeof entry === "function" ? entry : entry.of;
    const same = typeof entry === "object" ? entry.same : (a: any, b: any) => notation.same(of(a), of(b));
    return { name, of, same };
  });
  return {
    attributes: (state) => Object.fromEntries(attributes.map(({ name, of }) => [name, of(state)])),
    differences(a, b) {
      const names: string[] = [];
      if (a !== b) for (const { name, same } of attributes) if (!same(a, b)) names.push(name);
      return names;
    },
    same: (a, b) => a === b || attributes.every(({ same }) => same(a, b)),
  };
}

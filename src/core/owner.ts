import type { Environment } from "./environment.ts";

/** The environment that has a tool, its name, and its own state; only a joined one keeps its parts' states under their names. */
export interface Owner {
  readonly name: string;
  readonly part: Environment;
  readonly state: object;
}

/** Undefined where no environment has a tool of that name. */
export function ownerOf(environment: Environment, tool: string, state: object): Owner | undefined {
  for (const [name, part] of Object.entries(environment.parts))
    if (Object.hasOwn(part.tools, tool))
      return { name, part, state: part === environment ? state : (state as Readonly<Record<string, object>>)[name]! };
  return undefined;
}

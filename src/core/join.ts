import { z } from "zod";
import { type Call, failedCall } from "./call.ts";
import { sha256 } from "./canonical.ts";
import type { ConfigOf, Environment, StateOf, ToolsOf } from "./environment.ts";
import { jsonNotation, type Notation } from "./notation.ts";
import type { Tools } from "./tool.ts";

type Parts = Readonly<Record<string, Environment>>;
type Intersection<T> = (T extends any ? (x: T) => void : never) extends (x: infer I) => void ? I : never;
type ToolsOfParts<P extends Parts> =
  Intersection<{ [K in keyof P]: ToolsOf<P[K]> }[keyof P]> extends infer T extends Tools ? T : never;
export type Joined<P extends Parts> = Environment<
  { readonly [K in keyof P]: StateOf<P[K]> },
  ToolsOfParts<P>,
  { readonly [K in keyof P]?: ConfigOf<P[K]> }
>;

/**
 * One environment out of several: their states side by side under their names, their tools in one namespace. A part without
 * a config starts from its defaults. Throws where two parts have a tool of one name.
 */
export function joinEnvironments<const P extends Parts>(parts: P, notation: Notation = jsonNotation): Joined<P> {
  const owners = new Map<string, { readonly part: string; readonly environment: Environment }>();
  for (const [part, environment] of Object.entries(parts))
    for (const tool of Object.keys(environment.tools)) {
      const other = owners.get(tool);
      if (other)
        throw new Error(`${part} and ${other.part} both have a tool '${tool}'; joined tools share one namespace`);
      owners.set(tool, { part, environment });
    }
  const names = Object.keys(parts);
  const name = names.join("+");
  const available = [...owners.keys()];
  const shape = (schema: "stateSchema" | "configSchema") =>
    Object.fromEntries(names.map((part) => [part, parts[part]![schema]]));
  const joined: Environment = {
    name,
    tools: Object.assign({}, ...names.map((part) => parts[part]!.tools)),
    stateSchema: z.strictObject(shape("stateSchema")),
    configSchema: z.strictObject(shape("configSchema")).partial(),
    notation,
    invariants: Object.fromEntries(
      names.flatMap((part) =>
        Object.entries(parts[part]!.invariants).map(([statement, holds]) => [
          `${part}: ${statement}`,
          (state: any) => holds(state[part]),
        ]),
      ),
    ),
    parts,
    init(config, extension) {
      for (const part of Object.keys(config ?? {}))
        if (!Object.hasOwn(parts, part))
          throw new Error(`${name}: there is a config for '${part}', which is none of ${names.join(", ")}`);
      return Object.freeze(
        Object.fromEntries(names.map((part) => [part, parts[part]!.init(config?.[part] ?? {}, extension)])),
      );
    },
    step(state, call) {
      const owner = owners.get(call.tool);
      if (owner === undefined) {
        const fault = { code: "unknownTool" as const, data: { tool: String(call.tool), available } };
        return { state, outcome: failedCall(fault, notation.refusal(fault, name)) } as never;
      }
      const { part, environment } = owner;
      const before = state[part];
      const next = environment.step(before, call as Call);
      if (next.state === before) return { state, outcome: next.outcome } as never;
      const changed = { ...state };
      changed[part] = next.state;
      return { state: Object.freeze(changed), outcome: next.outcome } as never;
    },
    text: (tool, outcome) => (owners.get(tool)?.environment ?? parts[names[0]!]!).text(tool, outcome),
    attributes: (state) => Object.fromEntries(names.map((part) => [part, parts[part]!.attributes(state[part])])),
    differences: (a, b) =>
      a === b
        ? []
        : names.flatMap((part) => parts[part]!.differences(a[part], b[part]).map((field) => `${part}.${field}`)),
    same: (a, b) => a === b || names.every((part) => parts[part]!.same(a[part], b[part])),
    canonical: (state) => notation.canonical(joined.attributes(state)),
    hash: (state) => sha256(joined.canonical(state)),
  };
  return joined as Joined<P>;
}

import type { z } from "zod";
import type { Environment } from "../../core/environment.ts";
import { ownerOf } from "../../core/owner.ts";
import type { Tool } from "../../core/tool.ts";
import type { Finding } from "./law.ts";
import type { MetValues } from "./met-values.ts";
import type { DrawnCall } from "./program.ts";
import type { Subject } from "./subject.ts";

/**
 * The arguments of a drawn call in the state that a program has reached. An earnest call, every other, takes the tool's own
 * candidates. Otherwise, of ten draws of an argument four take one of these, one a value near one of them, two what an earlier
 * call or result of the program held, and the rest leave what the schema gave. Where `alsoTry` has
 * values for an argument, they are taken in two draws of ten, in earnest calls too.
 */
export function argumentsIn(
  { environment, alsoTry }: Subject,
  state: object,
  { tool, earnest, args, picks }: DrawnCall,
  met: MetValues,
): Record<string, unknown> {
  const { spec }: Tool = environment.tools[tool]!;
  const shape = spec.args.shape as Record<string, z.ZodType>;
  const chosen: Record<string, unknown> = { ...args };
  let own: object | undefined;
  const candidates = (key: string): readonly unknown[] => {
    own ??= ownerOf(environment, tool, state)!.state;
    return listedFor(spec, key, own);
  };
  for (const key in picks) {
    const also = alsoTry[`${tool}.${key}`];
    const drawn = picks[key]! % 10;
    const way = drawn >= 8 && also ? 7 : earnest ? 0 : drawn;
    const index = Math.floor(picks[key]! / 10);
    if (way < 4) {
      const pool = candidates(key);
      if (pool.length > 0) chosen[key] = pool[index % pool.length];
      continue;
    }
    const value = otherValue(way, index, () => candidates(key), met, key, also);
    if (value !== undefined && shape[key]!.safeParse(value).success) chosen[key] = value;
  }
  return chosen;
}

function listedFor({ candidates }: Tool["spec"], key: string, state: object): readonly unknown[] {
  if (!candidates?.[key]) return [];
  const listed: unknown = candidates[key](state);
  if (Array.isArray(listed)) return listed;
  throw new TypeError(
    `those for '${key}' must be a list, not ${listed === undefined ? "undefined" : `a value of type ${typeof listed}`}`,
  );
}

function otherValue(
  way: number,
  index: number,
  candidates: () => readonly unknown[],
  met: MetValues,
  key: string,
  also: readonly unknown[] = [],
): unknown {
  const one = (pool: readonly unknown[]) => (pool.length === 0 ? undefined : pool[index % pool.length]);
  switch (way) {
    case 4: {
      const pool = candidates();
      return near(one(pool), Math.floor(index / Math.max(1, pool.length)));
    }
    case 5:
      return one(met.under(key));
    case 6:
      return one(met.all);
    case 7:
      return one(also);
    default:
      return undefined;
  }
}

/** A value that is nearly another. */
function near(value: unknown, index: number): unknown {
  if (typeof value === "string") {
    const variants = [`${value} `, value.toUpperCase(), value.slice(0, -1), `${value}1`, value.toLowerCase(), ""];
    return variants[index % variants.length];
  }
  if (typeof value === "number") {
    const variants = [value + 1, value - 1, 0, -value, value * 1000, 1, value / 2];
    return variants[index % variants.length]! + 0;
  }
  return value;
}

/** A candidate that its own schema refuses, which makes the calls that take it useless. */
export function refusedCandidate(
  environment: Environment,
  state: object,
  tool: string,
  args: Readonly<Record<string, unknown>>,
): Finding | undefined {
  const { spec }: Tool = environment.tools[tool]!;
  for (const key of Object.keys(spec.candidates ?? {})) {
    const listed = listedFor(spec, key, ownerOf(environment, tool, state)!.state);
    if (!listed.includes(args[key])) continue;
    if (!(spec.args.shape as Record<string, z.ZodType>)[key]!.safeParse(args[key]).success)
      return {
        law: "typed",
        tool,
        message: `its candidates for '${key}' hold ${JSON.stringify(args[key])}, which the schema of '${key}' refuses`,
      };
  }
  return undefined;
}

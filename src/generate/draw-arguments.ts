import type { SeededRandom } from "../core/seeded-random.ts";
import { chance } from "./dice.ts";
import { freeValue, typeOf } from "./free-value.ts";
import type { Leaf } from "./leaves.ts";
import type { Parameter, WorldTool } from "./world.ts";

/** What an episode has brought up so far, for later calls to take up again. */
export interface Known {
  /** The texts and numbers in the latest result. */
  readonly latest: readonly Leaf[];
  /** Every text and number in earlier arguments and results. */
  readonly earlier: ReadonlySet<string | number>;
}

const takesUpLatest = 0.6;
const takesUpEarlier = 0.5;
const optionalShare = 0.4;

/** Arguments of a tool in a state: values the author lists, else candidates, else taken from earlier results or made up. */
export function drawArguments(
  { tool, parameters, request }: WorldTool,
  state: object,
  known: Known,
  random: SeededRandom,
): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const { name, schema, required } = parameter;
    if (!required && !chance(random, optionalShare)) continue;
    const listed = (request.values?.[name] ?? tool.spec.candidates?.[name])?.(state, random) ?? [];
    const value = listed.length > 0 ? pickListed(listed, known, random) : pickFree(parameter, known, random);
    // A default says nothing, and null is how Python spells one.
    if (!required && (value === null || JSON.stringify(value) === JSON.stringify(schema.default))) continue;
    args[name] = value;
  }
  return args;
}

function pickListed(listed: readonly unknown[], { latest, earlier }: Known, random: SeededRandom): unknown {
  if (latest.length > 0 && chance(random, takesUpLatest)) {
    const again = listed.filter((value) => latest.some((leaf) => leaf.value === value));
    if (again.length > 0) return random.pick(again);
  }
  if (chance(random, takesUpEarlier)) {
    const again = listed.filter((value) => earlier.has(value as string));
    if (again.length > 0) return random.pick(again);
  }
  return random.pick(listed);
}

function pickFree({ name, schema }: Parameter, { latest }: Known, random: SeededRandom): unknown {
  const type = typeOf(schema);
  if (type === "number" || type === "string") {
    const fitting = latest.filter(({ path, value }) =>
      type === "number" ? typeof value === "number" : typeof value === "string" && path.at(-1) === name,
    );
    if (fitting.length > 0 && chance(random, takesUpEarlier)) return random.pick(fitting).raw;
  }
  return freeValue(name, schema, random);
}

import type { SeededRandom } from "../core/seeded-random.ts";
import type { MadeCall, Reference } from "./conversation.ts";
import { chance } from "./dice.ts";
import { leavesOf } from "./leaves.ts";
import type { Readable } from "./readable.ts";
import type { WorldTool } from "./world.ts";

/** How often a user leaves a value to the call before where they could say it themselves. */
const leavesItToTheAnswer = 0.7;

/**
 * The arguments of a call that its message leaves to the answer of the call just before. Undefined where a user would have to
 * say what only an earlier answer of the same turn tells: such a call has to wait for the next turn.
 */
export function referencesOf(
  { tool, request }: WorldTool,
  args: Readonly<Record<string, unknown>>,
  turn: readonly MadeCall[],
  read: Readable,
  /** The state of the tool's environment before the turn, in which the user speaks. */
  before: object,
  random: SeededRandom,
): readonly Reference[] | undefined {
  const references: Reference[] = [];
  const last = turn.at(-1);
  if (!last) return references;
  const said = new Set(turn.flatMap(({ call }) => leavesOf(call.args).map(({ value }) => value)));
  for (const [argument, value] of Object.entries(args)) {
    const leaves = leavesOf(value);
    const answered = leaves.filter(
      (leaf) => !said.has(leaf.value) && turn.some((made) => answers(made, leaf.value)) && !read.has(leaf.value),
    );
    if (answered.length === 0) continue;
    const field = leaves.length === 1 && leaves[0]!.path.length === 0 ? onlyField(last, leaves[0]!.value) : undefined;
    const listed = (request.values?.[argument] ?? tool.spec.candidates?.[argument])?.(before, random) ?? [];
    const isKnown = answered.every((leaf) => listed.some((one: unknown) => holds(one, leaf.value)));
    if (field !== undefined && (!isKnown || chance(random, leavesItToTheAnswer))) references.push({ argument, field });
    else if (!isKnown) return undefined;
  }
  return references;
}

const answers = ({ value, text }: MadeCall, wanted: string | number): boolean =>
  holds(value, wanted) || (typeof wanted === "string" && wanted.length > 3 && text.includes(wanted));
const holds = (value: unknown, wanted: string | number): boolean =>
  leavesOf(value).some((leaf) => leaf.value === wanted);

/** What a value is called in an answer, where it stands there once and in no list. */
function onlyField({ value }: MadeCall, wanted: string | number): string | undefined {
  const found = leavesOf(value).filter((leaf) => leaf.value === wanted);
  if (found.length !== 1) return undefined;
  const { path } = found[0]!;
  return path.some((step) => /^\d+$/.test(step)) ? undefined : (path.at(-1) ?? "result");
}

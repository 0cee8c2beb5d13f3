import type { SeededRandom } from "../core/seeded-random.ts";
import type { MadeCall, Reference } from "./conversation.ts";
import { chance } from "./dice.ts";
import { leavesOf } from "./leaves.ts";
import { words } from "./noun.ts";
import type { Readable } from "./readable.ts";
import type { WorldTool } from "./world.ts";

/** How often a user leaves a value to the call before where they could say it themselves. */
const leavesItToTheAnswer = 0.7;

/**
 * The arguments of a call that its message leaves to the answers of earlier calls of the turn. Undefined where a user would
 * have to say what only such an answer tells, and could not name it: the call has to wait for the next turn.
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
  if (turn.length === 0) return references;
  const said = new Set(turn.flatMap(saidIn));
  for (const [argument, value] of Object.entries(args)) {
    const leaves = leavesOf(value);
    const answered = leaves.filter(
      (leaf) => !said.has(leaf.value) && turn.some((made) => answers(made, leaf.value)) && !read.has(leaf.value),
    );
    if (answered.length === 0) continue;
    const isWhole = leaves.length === 1 && leaves[0]!.path.length === 0;
    const reference = isWhole ? referenceTo(argument, leaves[0]!.value, turn) : undefined;
    const listed = (request.values?.[argument] ?? tool.spec.candidates?.[argument])?.(before, random) ?? [];
    const isKnown = answered.every((leaf) => listed.some((one: unknown) => holds(one, leaf.value)));
    if (reference && (!isKnown || chance(random, leavesItToTheAnswer))) references.push(reference);
    else if (!isKnown) return undefined;
  }
  return references;
}

/** The texts and numbers that the user said for a call. */
const saidIn = ({ call, references }: MadeCall): (string | number)[] =>
  Object.entries(call.args)
    .filter(([argument]) => !references.some((reference) => reference.argument === argument))
    .flatMap(([, value]) => leavesOf(value).map((leaf) => leaf.value));

const answers = ({ value, text }: MadeCall, wanted: string | number): boolean =>
  holds(value, wanted) || (typeof wanted === "string" && wanted.length > 3 && text.includes(wanted));
const holds = (value: unknown, wanted: string | number): boolean =>
  leavesOf(value).some((leaf) => leaf.value === wanted);

/** By the latest answer that has the value, if its name there tells which value is meant, and no later answer has such a field. */
function referenceTo(argument: string, wanted: string | number, turn: readonly MadeCall[]): Reference | undefined {
  const at = turn.findLastIndex(({ value }) => holds(value, wanted));
  if (at < 0) return undefined;
  const field = fieldOf(turn[at]!, wanted, argument);
  const later = turn.slice(at + 1).some(({ value }) => leavesOf(value).some(({ path }) => path.at(-1) === field));
  return field === undefined || later ? undefined : { argument, field, isLatest: at === turn.length - 1 };
}

/** What a value is called in an answer: where it stands there once, in no list, and alone or under a name like the argument's. */
function fieldOf({ value }: MadeCall, wanted: string | number, argument: string): string | undefined {
  const leaves = leavesOf(value);
  const found = leaves.filter((leaf) => leaf.value === wanted);
  if (found.length !== 1) return undefined;
  const { path } = found[0]!;
  if (path.some((step) => /^\d+$/.test(step))) return undefined;
  const field = path.at(-1) ?? "result";
  const shared = words(field)
    .split(" ")
    .filter((word) => words(argument).split(" ").includes(word));
  return leaves.length === 1 || shared.length > 0 ? field : undefined;
}

import type { Call } from "../core/call.ts";
import { ownerOf } from "../core/owner.ts";
import type { Tool, Tools } from "../core/tool.ts";
import type { FailedMoment } from "../feedback/failed-moment.ts";

/** A failed call and what a model could have seen by then. */
export interface RepairMoment extends FailedMoment {
  readonly call: Call;
  readonly before: object;
  /** What the user said up to here. */
  readonly said: readonly string[];
}

/** One change after which the same tool succeeds: another value for an argument, or another call made first. */
export type Repair =
  | { readonly kind: "argument"; readonly argument: string; readonly value: unknown }
  | { readonly kind: "call"; readonly call: Call };

/** Values looked at for an argument, and argument lists tried for each tool that might be called first. */
const mostValues = 400;
const mostLists = 400;
/** Values taken from a state; long-context ones hold many thousands. */
const mostStateValues = 4000;

/**
 * All repairs of a failed call by one argument that it has, with values that stand in the dialogue, in the state of the tool's
 * environment or among the tool's own candidates, and by one earlier call of an offered tool of that environment with such
 * arguments. Bounded, and exhaustive within its bounds; it never reads a hint.
 */
export function repairsOf(moment: RepairMoment): Repair[] {
  const { environment, before, call, offered } = moment;
  const owner = ownerOf(environment, call.tool, before);
  if (!owner || call.positional?.length) return [];
  const { part, state } = owner;
  const visible = visibleValues(moment, state);
  const succeeds = (at: object, tried: Call) => part.step(at, tried as never).outcome.ok;
  const repairs: Repair[] = [];
  for (const argument of Object.keys(call.args)) {
    const current = JSON.stringify(call.args[argument]);
    for (const value of valuesFor(part.tools[call.tool], argument, state, visible, mostValues))
      if (JSON.stringify(value) !== current && succeeds(state, { ...call, args: { ...call.args, [argument]: value } }))
        repairs.push({ kind: "argument", argument, value });
  }
  for (const [tool, definition] of Object.entries(part.tools as Tools)) {
    // A read leaves the state as it was, and with it the call's failure.
    if (tool === call.tool || definition.effect === "read" || !offered.has(tool)) continue;
    for (const args of argumentLists(definition, state, visible)) {
      const first: Call = { tool, args };
      const step = part.step(state, first as never);
      if (step.outcome.ok && step.state !== state && succeeds(step.state, call))
        repairs.push({ kind: "call", call: first });
    }
  }
  return repairs;
}

/** The first values that fit an argument: the tool's candidates, then what is visible. */
function valuesFor(
  tool: Tool | undefined,
  argument: string,
  state: object,
  visible: readonly unknown[],
  most: number,
): unknown[] {
  const schema = tool?.spec.args.shape[argument];
  if (!schema) return [];
  const candidates: readonly unknown[] = tool.spec.candidates?.[argument]?.(state) ?? [];
  const fitting = new Map<string, unknown>();
  for (const values of [candidates, visible])
    for (const value of values) {
      if (fitting.size >= most) break;
      if (schema.safeParse(value).success) fitting.set(JSON.stringify(value), value);
    }
  return [...fitting.values()];
}

/** Argument lists of a tool; with several arguments each gets an equal share of the bound. */
function argumentLists(tool: Tool, state: object, visible: readonly unknown[]): Record<string, unknown>[] {
  const names = Object.keys(tool.spec.args.shape);
  const most = Math.max(2, Math.floor(mostLists ** (1 / Math.max(1, names.length))));
  return names.reduce<Record<string, unknown>[]>(
    (lists, argument) => {
      const values = valuesFor(tool, argument, state, visible, most);
      return lists.flatMap((list) => values.map((value) => ({ ...list, [argument]: value }))).slice(0, mostLists);
    },
    [{}],
  );
}

/** What stands in what the user said, in earlier results and in the state: texts, numbers and truth values. */
function visibleValues({ said, history }: RepairMoment, state: object): unknown[] {
  const values: unknown[] = [true, false];
  for (const text of [...said, ...history.map((past) => past.text)]) {
    for (const match of text.matchAll(/['"“‘]([^'"”’]{1,80})['"”’]/g)) values.push(match[1]);
    for (const match of text.matchAll(/-?\d+(?:\.\d+)?/g)) values.push(Number(match[0]), match[0]);
    for (const match of text.matchAll(/[\w.@-]{2,60}/g)) values.push(match[0], match[0].replace(/\.$/, ""));
  }
  const most = values.length + mostStateValues;
  collect(state, values, most);
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function collect(value: unknown, into: unknown[], most: number): void {
  if (into.length >= most) return;
  if (typeof value === "string" || typeof value === "number") into.push(value);
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (!Array.isArray(value)) into.push(key);
    collect(part, into, most);
  }
}

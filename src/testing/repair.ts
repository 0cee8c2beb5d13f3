import type { Call } from "../core/call.ts";
import { ownerOf } from "../core/owner.ts";
import type { Tool } from "../core/tool.ts";
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

/** Values looked at for an argument, and argument lists tried for a call made first. */
const mostValues = 400;
const mostLists = 60;

/**
 * All repairs of a failed call by one argument, with values that stand in the state, in the dialogue or among the tool's own
 * candidates, and by one earlier call with such arguments. Bounded and exhaustive within its bounds; it never reads a hint.
 */
export function repairsOf(moment: RepairMoment): Repair[] {
  const { environment, before, call } = moment;
  const owner = ownerOf(environment, call.tool, before);
  if (!owner || call.positional?.length) return [];
  const visible = visibleValues(moment, owner.state);
  const succeeds = (state: object, tried: Call) => environment.step(state, tried as never).outcome.ok;
  const repairs: Repair[] = [];
  for (const argument of Object.keys(call.args)) {
    const current = JSON.stringify(call.args[argument]);
    for (const value of valuesFor(owner.part.tools[call.tool], argument, owner.state, visible))
      if (JSON.stringify(value) !== current && succeeds(before, { ...call, args: { ...call.args, [argument]: value } }))
        repairs.push({ kind: "argument", argument, value });
  }
  for (const tool of Object.keys(owner.part.tools)) {
    if (tool === call.tool || !moment.offered.has(tool)) continue;
    for (const args of argumentLists(owner.part.tools[tool], owner.state, visible)) {
      const first: Call = { tool, args };
      const step = environment.step(before, first as never);
      if (step.outcome.ok && step.state !== before && succeeds(step.state, call))
        repairs.push({ kind: "call", call: first });
    }
  }
  return repairs;
}

function valuesFor(tool: Tool | undefined, argument: string, state: object, visible: readonly unknown[]): unknown[] {
  const schema = tool?.spec.args.shape[argument];
  if (!schema) return [];
  const candidates: readonly unknown[] = tool.spec.candidates?.[argument]?.(state) ?? [];
  return distinct([...candidates, ...visible])
    .filter((value) => schema.safeParse(value).success)
    .slice(0, mostValues);
}

/** Argument lists of a tool, from the candidates it declares and, where it declares none, from what is visible. */
function argumentLists(tool: Tool | undefined, state: object, visible: readonly unknown[]): Record<string, unknown>[] {
  let lists: Record<string, unknown>[] = [{}];
  for (const argument of Object.keys(tool?.spec.args.shape ?? {})) {
    const values = valuesFor(tool, argument, state, visible);
    lists = lists.flatMap((list) => values.map((value) => ({ ...list, [argument]: value }))).slice(0, mostLists);
  }
  return lists;
}

/** What stands in the state, in what the user said, and in earlier results: texts, numbers and truth values. */
function visibleValues({ said, history }: RepairMoment, state: object): unknown[] {
  const values: unknown[] = [true, false];
  collect(state, values);
  for (const text of [...said, ...history.map((past) => past.text)]) {
    for (const match of text.matchAll(/['"“‘]([^'"”’]{1,80})['"”’]/g)) values.push(match[1]);
    for (const match of text.matchAll(/-?\d+(?:\.\d+)?/g)) values.push(Number(match[0]), match[0]);
    for (const match of text.matchAll(/[\w.@-]{2,60}/g)) values.push(match[0], match[0].replace(/\.$/, ""));
  }
  return distinct(values);
}

function collect(value: unknown, into: unknown[]): void {
  if (into.length > mostValues * 10) return;
  if (typeof value === "string" || typeof value === "number") into.push(value);
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (!Array.isArray(value)) into.push(key);
    collect(part, into);
  }
}

function distinct(values: readonly unknown[]): unknown[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

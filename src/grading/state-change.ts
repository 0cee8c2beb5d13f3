import type { Environment } from "../core/environment.ts";
import { entriesOf, isDict, isList, isTuple } from "../python/dict.ts";
import { keyText } from "../python/key.ts";
import type { PyTuple, PyValue } from "../python/value.ts";

/** One difference between two states, as deep down as it can be told. */
export interface StateChange {
  /** Environment, public attribute, and the way inside it, as a JSON pointer without its first slash: `TicketAPI/ticket_queue/0/status`. */
  readonly path: string;
  /** Undefined where there is nothing at the path. */
  readonly from: unknown;
  readonly to: unknown;
}

/** All public differences between two states of an environment; what the two share is not looked into. */
export function stateChanges(environment: Environment, a: object, b: object): StateChange[] {
  if (a === b) return [];
  return Object.entries(environment.parts).flatMap(([name, part]) => {
    const [from, to] = part === environment ? [a, b] : [partOf(a, name), partOf(b, name)];
    const names = part.differences(from, to);
    if (names.length === 0) return [];
    const [before, after] = [part.attributes(from), part.attributes(to)];
    return names.flatMap((attribute) => {
      const inside = changesIn(before[attribute], after[attribute], `${name}/${escaped(attribute)}`, part);
      // The environment's own comparison may see what the recorded form does not show.
      return inside.length > 0
        ? inside
        : [{ path: `${name}/${escaped(attribute)}`, from: before[attribute], to: after[attribute] }];
    });
  });
}

const partOf = (state: object, name: string): object => (state as Readonly<Record<string, object>>)[name]!;

function changesIn(a: unknown, b: unknown, path: string, environment: Environment): StateChange[] {
  if (a === b) return [];
  const [from, to] = [fieldsOf(a), fieldsOf(b)];
  if (!from || !to || from.kind !== to.kind) {
    const same = a !== undefined && b !== undefined && environment.notation.same(a, b);
    return same ? [] : [{ path, from: a, to: b }];
  }
  const keys = new Set([...from.fields.keys(), ...to.fields.keys()]);
  return [...keys].flatMap((key) =>
    changesIn(from.fields.get(key), to.fields.get(key), `${path}/${escaped(key)}`, environment),
  );
}

/** What a value consists of: the entries of a dict, the items of a list; undefined for anything that is one piece. */
export function fieldsOf(value: unknown): { readonly kind: string; readonly fields: Map<string, unknown> } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const python = value as PyValue;
  const items = isList(python) ? python : isTuple(python) ? (python as PyTuple).$tuple : undefined;
  if (items) return { kind: "list", fields: new Map(items.map((item, index) => [String(index), item])) };
  if (!isDict(python)) return undefined;
  return {
    kind: "dict",
    fields: new Map(entriesOf(python).map(([key, item]) => [typeof key === "string" ? key : keyText(key), item])),
  };
}

const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Whether one path is the other, or lies inside it. */
export const overlaps = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/** A change in words that a person reads: `TicketAPI/ticket_queue/0/status: "Open" -> "Closed"`. */
export const changeText = ({ path, from, to }: StateChange): string => `${path}: ${shown(from)} -> ${shown(to)}`;

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

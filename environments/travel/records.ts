import { z } from "zod";
import { indexWhere, withoutItem } from "../../src/core/frozen-list.ts";
import { dictOf } from "../../src/python/dict.ts";
import { withEntry } from "../../src/python/entries.ts";
import type { PyValue } from "../../src/python/value.ts";

/** A dict as its entries in order: JavaScript would move an id like "12" to the front of an object. */
export type Records<T> = readonly (readonly [id: string, record: T])[];
export type Keyed<T> = { [id: string]: T } | { $dict: [string, T][] };

export const recordsOf = <T extends z.ZodType>(record: T) => z.array(z.tuple([z.string(), record]));
/** The same as a tool answers it: a dict, whichever way its ids let it be written. */
export const keyedBy = <T extends z.ZodType>(record: T) =>
  z.union([z.strictObject({ $dict: z.array(z.tuple([z.string(), record])) }), z.record(z.string(), record)]);

export const idsOf = (records: Records<unknown>): string[] => records.map(([id]) => id);

export function recordOf<T>(records: Records<T>, id: string): T | undefined {
  for (const [known, record] of records) if (known === id) return record;
  return undefined;
}

/** The records with one set: in its place, or behind the others. */
export function withRecord<T>(records: Records<T>, id: string, record: T): [string, T][] {
  const place = indexWhere(records, ([known]) => known === id);
  return withEntry(records as [string, T][], place, [id, record]);
}

export const withoutRecord = <T>(records: Records<T>, id: string): [string, T][] =>
  withoutItem(
    records as [string, T][],
    indexWhere(records, ([known]) => known === id),
  );

export function keyed<T>(records: Records<T>): Keyed<T> {
  return dictOf(records as Records<PyValue>) as Keyed<T>;
}

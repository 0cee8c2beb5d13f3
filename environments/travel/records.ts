import { z } from "zod";
import { dictOf } from "../../src/python/dict.ts";
import { equal } from "../../src/python/equal.ts";
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
  const next = records as [string, T][];
  const place = records.findIndex(([known]) => known === id);
  return place < 0 ? [...next, [id, record]] : next.with(place, [id, record]);
}

export const withoutRecord = <T>(records: Records<T>, id: string): [string, T][] =>
  (records as [string, T][]).filter(([known]) => known !== id);

export function keyed<T>(records: Records<T>): Keyed<T> {
  return dictOf(records as Records<PyValue>) as Keyed<T>;
}

/** Whether two lists hold equal records under equal ids, in any order; what they share is not looked into. */
export function sameRecords<T>(a: Records<T>, b: Records<T>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((entry, index) => {
    const other = b[index]!;
    if (entry === other) return true;
    const record = other[0] === entry[0] ? other[1] : recordOf(b, entry[0]);
    return record !== undefined && equal(entry[1] as PyValue, record as PyValue);
  });
}

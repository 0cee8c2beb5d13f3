import { keyText } from "./key.ts";
import { type PlainDict, tagOf } from "./kind.ts";
import type { PyDict, PyValue } from "./value.ts";

export {
  isDict,
  isDictTag,
  isFloatTag,
  isIntTag,
  isList,
  isOpaque,
  isPlainDict,
  isSet,
  isTuple,
} from "./kind.ts";

export type PyEntry = readonly [PyValue, PyValue];

const largestArrayIndex = 4294967294;

/** Whether a plain object keeps this key, in its place: not "$…", not "__proto__", not what JavaScript takes for an index. */
export function isPlainKey(key: string): boolean {
  const first = key.charCodeAt(0);
  if (first === 0x24) return false;
  if (first >= 0x30 && first <= 0x39) {
    if (key.length > 10 || (first === 0x30 && key.length > 1) || !/^\d+$/.test(key)) return true;
    return Number(key) > largestArrayIndex;
  }
  return key !== "__proto__";
}

/** A dict of the entries in order. A key equal to an earlier one (`1 == 1.0 == True`) replaces its value in place, as in Python. */
export function dictOf(entries: Iterable<PyEntry>): PyValue {
  const list = [...entries];
  const plain: { [key: string]: PyValue } = {};
  for (const [key, value] of list) {
    if (typeof key !== "string" || !isPlainKey(key)) return taggedDict(list);
    plain[key] = value;
  }
  return plain;
}

function taggedDict(entries: readonly PyEntry[]): PyDict {
  const unique = new Map<string, [PyValue, PyValue]>();
  for (const [key, value] of entries) {
    const text = keyText(key);
    const known = unique.get(text);
    if (known) known[1] = value;
    else unique.set(text, [key, value]);
  }
  return { $dict: [...unique.values()] };
}

/** The entries of a dict, in order; a `$dict` hands out its own list, which must not be changed. */
export function entriesOf(dict: PlainDict | PyDict): readonly PyEntry[] {
  return tagOf(dict) === "$dict" ? (dict as PyDict).$dict : Object.entries(dict as PlainDict);
}

/** The dict after `dict[key] = value`, as a new value. */
export function withItem(dict: PlainDict | PyDict, key: PyValue, value: PyValue): PyValue {
  return dictOf([...entriesOf(dict), [key, value]]);
}

import { PythonError } from "./error.ts";
import { repr } from "./text.ts";
import type { PyValue } from "./value.ts";

/** `dict[key]` once the value has been looked up: Python's KeyError, whose text is the key's `repr`, where there is none. */
export function present<T>(value: T | undefined, key: PyValue): T {
  if (value === undefined) throw new PythonError("KeyError", repr(key));
  return value;
}

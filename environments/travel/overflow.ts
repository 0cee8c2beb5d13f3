import { PythonError } from "../../src/python/error.ts";

/** A Python OverflowError that a call ended in: an int met a float and is too large to be one. */
export class Overflow {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

export function orOverflow<T>(compute: () => T): T | Overflow {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PythonError && error.kind === "OverflowError") return new Overflow(error.message);
    throw error;
  }
}

/**
 * A Python value as JSON, so that a state can hold what BFCL's Python programs hold.
 *
 * A plain number is a Python int when it is integral and a float when it is not. What JSON cannot tell apart is tagged:
 * integral and non-finite floats, -0.0, ints beyond 2^53, dicts whose keys JSON objects lose or reorder, sets, tuples.
 */
export type PyValue =
  | null
  | boolean
  | number
  | string
  | PyFloat
  | PyInt
  | PyDict
  | PySet
  | PyTuple
  | PyOpaque
  | readonly PyValue[]
  | { readonly [key: string]: PyValue };

/** A float that a plain number cannot say; the text is Python's `repr`: "5.0", "-0.0", "inf", "nan", "1e+16". */
export type PyFloat = { readonly $float: string };
/** An int beyond the safe integers of a double; the text is its digits. */
export type PyInt = { readonly $int: string };
/** A dict with a key that is no string, that JavaScript would reorder ("12"), or that would read as a tag ("$…", "__proto__"). */
export type PyDict = { readonly $dict: readonly (readonly [PyValue, PyValue])[] };
export type PySet = { readonly $set: readonly PyValue[] };
export type PyTuple = { readonly $tuple: readonly PyValue[] };
/** An object known only by its `repr` (an mpf, a Decimal, a complex, Ellipsis); JSON cannot hold it. */
export type PyOpaque = { readonly $repr: string };

export type PyNumber = number | PyFloat | PyInt;

/** Exceptions that Python itself raises while our code computes what Python would. */
export type PythonErrorKind =
  | "AttributeError"
  | "IndexError"
  | "JSONDecodeError"
  | "KeyError"
  | "OverflowError"
  | "RecursionError"
  | "TypeError"
  | "UnicodeEncodeError"
  | "ValueError"
  | "ZeroDivisionError";

/** A Python exception: `kind` is its class, `message` is `str(exception)`. */
export class PythonError extends Error {
  readonly kind: PythonErrorKind;

  constructor(kind: PythonErrorKind, message: string) {
    super(message);
    this.name = kind;
    this.kind = kind;
  }
}

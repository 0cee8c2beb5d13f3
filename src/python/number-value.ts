import { PythonError } from "./error.ts";
import { floatOf, floatRepr } from "./float-repr.ts";
import { isFloatTag, isIntTag, typeName } from "./kind.ts";
import type { PyFloat, PyInt, PyNumber, PyValue } from "./value.ts";

/** A double as a Python float: itself where a plain number says so, else tagged. */
export function floatValue(value: number): number | PyFloat {
  return Number.isInteger(value) || !Number.isFinite(value) ? { $float: floatRepr(value) } : value;
}

/** A whole number as a Python int, tagged beyond the safe integers. */
export function intValue(value: bigint | number): number | PyInt {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return value + 0; // -0 becomes 0
    return { $int: BigInt(value).toString() };
  }
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : { $int: value.toString() };
}

/** What arithmetic works on: a bigint for an int (or bool), a number for a float, undefined for what is no number. */
export function operandOf(value: PyValue): bigint | number | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (isFloatTag(value)) return floatOf(value.$float);
  if (isIntTag(value)) return BigInt(value.$int);
  return undefined;
}

/** `float(value)` of a number or bool. */
export function toDouble(value: PyValue): number {
  if (typeof value === "number") return value;
  const operand = operandOf(value);
  if (operand === undefined) {
    throw new PythonError("TypeError", `float() argument must be a string or a real number, not '${typeName(value)}'`);
  }
  return typeof operand === "number" ? operand : bigintToDouble(operand);
}

/** The nearest double to an int, or Python's OverflowError. */
export function bigintToDouble(value: bigint): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new PythonError("OverflowError", "int too large to convert to float");
  return number;
}

/** `int(value)` of a number or bool: floats lose their fraction. */
export function toBigInt(value: PyValue): bigint {
  const operand = operandOf(value);
  if (typeof operand === "bigint") return operand;
  if (operand === undefined) {
    const article = "int() argument must be a string, a bytes-like object or a real number";
    throw new PythonError("TypeError", `${article}, not '${typeName(value)}'`);
  }
  if (Number.isNaN(operand)) throw new PythonError("ValueError", "cannot convert float NaN to integer");
  if (!Number.isFinite(operand)) throw new PythonError("OverflowError", "cannot convert float infinity to integer");
  return BigInt(Math.trunc(operand));
}

/** The digits of an int, or the ValueError of Python's limit on them. */
export function intText(value: number | PyInt): string {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value + 0) : BigInt(value).toString();
  const text = value.$int;
  if (text.length > 4300 && text.replace("-", "").length > 4300) throw digitLimitError();
  return text;
}

/** CPython 3.11 writes no int of more than 4300 digits. */
export function digitLimitError(): PythonError {
  return new PythonError(
    "ValueError",
    "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
  );
}

/** The text of a number as `repr` gives it. */
export function numberRepr(value: PyNumber): string {
  if (typeof value === "number") return Number.isInteger(value) ? intText(value) : floatRepr(value);
  return isFloatTag(value) ? value.$float : intText(value as PyInt);
}

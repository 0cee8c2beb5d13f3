export { compareCodePoints } from "../core/code-points.ts";
export { parseAssignments } from "./assignments.ts";
export { blockedName } from "./blocked-name.ts";
export { type CallSyntax, type NamedArgument, parseCall, parseCalls } from "./call-syntax.ts";
export { callText } from "./call-text.ts";
export { canonicalText } from "./canonical.ts";
export { collapseBlanks } from "./collapse-blanks.ts";
export {
  addSeconds,
  compareDates,
  type DateFormat,
  type DateTime,
  formatDate,
  strptime,
} from "./date.ts";
export { squareRoot } from "./decimal.ts";
export { dictOf, entriesOf, type PyEntry, withItem } from "./dict.ts";
export { equal } from "./equal.ts";
export { PythonError, type PythonErrorKind } from "./error.ts";
export { floatRepr, formatFixed } from "./float-text.ts";
export { parseJson } from "./json.ts";
export { keyText } from "./key.ts";
export {
  isDict,
  isFloat,
  isInt,
  isList,
  isNumber,
  isOpaque,
  isPlainDict,
  isSet,
  isTuple,
  kindOf,
  type PlainDict,
  type PyKind,
  typeName,
} from "./kind.ts";
export { parseLiteral } from "./literal.ts";
export { logarithm } from "./mpmath.ts";
export {
  absolute,
  add,
  compare,
  divide,
  floatValue,
  intValue,
  maximum,
  minimum,
  multiply,
  power,
  subtract,
  sum,
  toBigInt,
  toDouble,
} from "./number.ts";
export { type RandomDraw, type RandomState, randomInteger, randomOf, randomUniform } from "./random.ts";
export { round } from "./round.ts";
export type { SyntaxFailure } from "./source-cursor.ts";
export {
  codePointLength,
  isDigit,
  isPrintable,
  lower,
  splitLines,
  splitWhitespace,
  utf8Length,
} from "./string.ts";
export { dumps, repr, resultText, str } from "./text.ts";
export type { PyDict, PyFloat, PyInt, PyNumber, PyOpaque, PySet, PyTuple, PyValue } from "./value.ts";

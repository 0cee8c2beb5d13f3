import { describe, expect, test } from "vitest";
import { type PyNumber, PythonError, parseLiteral, squareRoot } from "../../src/python/index.ts";
import { readShared } from "../shared-data.ts";

describe("squareRoot", () => {
  test.each<[PyNumber | boolean, PyNumber | boolean, string]>([
    [2, 5, "1.4142"],
    [2, true, "1"],
    [16, 10, "4"],
    [10000, 1, "1E+2"],
    [15625, 2, "1.2E+2"],
    [0.25, 1, "0.5"],
    [{ $float: "36.0" }, 4, "6"],
    [0, 3, "0"],
    [{ $float: "-0.0" }, 3, "-0"],
    [true, 4, "1"],
    [99.99, 1, "1E+1"],
    [0.9999, 2, "1.0"],
    [1e-20, 5, "1.0000E-10"],
    [5e-324, 4, "2.223E-162"],
    [{ $float: "1e+300" }, 3, "1.00E+150"],
    [{ $int: "100000000000000000000" }, 28, "10000000000"],
    [{ $int: "100000000000000000000" }, 3, "1.00E+10"],
    [{ $float: "inf" }, 3, "Infinity"],
    [{ $float: "nan" }, 3, "NaN"],
  ])("of %j at %j digits", (number, precision, text) => {
    expect(squareRoot(number, precision)).toEqual({ $repr: `Decimal('${text}')` });
  });

  test.each<[PyNumber, string, string]>([
    [0, "ValueError", "valid range for prec is [1, MAX_PREC]"],
    [-3, "ValueError", "valid range for prec is [1, MAX_PREC]"],
    [{ $int: "1000000000000000000" }, "ValueError", "valid range for prec is [1, MAX_PREC]"],
    [{ $int: "10000000000000000000" }, "OverflowError", "Python int too large to convert to C ssize_t"],
    [{ $float: "2.0" }, "TypeError", "an integer is required"],
    [10_001, "OverflowError", "a precision above 10000 digits is not computed"],
  ])("at %j digits raises", (precision, kind, message) => {
    const raised = expect(() => squareRoot(2, precision));
    raised.toThrow(PythonError);
    raised.toThrow(expect.objectContaining({ kind, message }));
  });
});

const vectors = readShared("goldens/vectors.json.gz");
test.skipIf(vectors === undefined)("recorded roots", () => {
  const { decimal_sqrt_repr: roots } = JSON.parse(vectors!);
  for (const [number, precision, text] of roots) {
    const literal = parseLiteral(number);
    const result = literal.ok && squareRoot(literal.value as PyNumber, precision);
    expect(result && `{'result': ${result.$repr}}`, `${number} ${precision}`).toBe(text);
  }
  expect(roots).toHaveLength(180);
});

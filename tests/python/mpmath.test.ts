import { describe, expect, test } from "vitest";
import { logarithm, type PyNumber, PythonError, parseLiteral } from "../../src/python/index.ts";
import { workingPrecision } from "../../src/python/mpmath.ts";
import { readShared } from "../shared-data.ts";

const infinity = { $float: "inf" };

describe("logarithm", () => {
  test.each<[PyNumber | boolean | string, PyNumber | boolean | string, PyNumber | boolean, string]>([
    [980, 20, 10, "mpf('2.299121531134')"],
    [{ $float: "36.0" }, { $float: "6.0" }, 50, "mpf('2.0')"],
    [2, 3, 2.9, "mpf('0.63184')"],
    [2, 3, true, "mpf('0.6328')"],
    [36, 10, 0, "mpf('1.5')"],
    [36, 10, -2, "mpf('2.0')"],
    [1e-300, 2, 15, "mpf('-996.57842846620872')"],
    [0, 2, 5, "mpf('-inf')"],
    [false, 2, 5, "mpf('-inf')"],
    [true, 2, 5, "mpf('0.0')"],
    [infinity, 2, 5, "mpf('+inf')"],
    [2, infinity, 5, "mpf('0.0')"],
    [{ $float: "nan" }, 2, 5, "mpf('nan')"],
    [-8, 2, 5, "mpc(real='3.0', imag='4.5323639')"],
    [2, -2, 5, "mpc(real='0.046420217', imag='-0.21039343')"],
    [-8, -2, 5, "mpc(real='1.0928402', imag='-0.42078733')"],
    ["20", "10.0", 2, "mpf('1.3027')"],
    ["-0.5", "2", 5, "mpc(real='-1.0', imag='4.5323639')"],
    // A text is rounded to the precision, a number is not.
    ["100371", 10, 3, "mpf('5.00098')"],
    [100371, 10, 3, "mpf('5.00195')"],
    [0, -2, 5, "mpc(real='-inf', imag='+inf')"],
    [-1, { $float: "-inf" }, 5, "mpc(real='nan', imag='nan')"],
    [{ $int: `1${"0".repeat(400)}` }, 10, 3, "mpf('399.938')"],
    // Right would be -2.0: mpmath mistakes what lies just above 1/4 for what lies near 1.
    [0.25 + 2 ** -54, 2, 3, "mpf('3.20382e-16')"],
  ])("of %j to base %j at %j digits", (value, base, precision, text) => {
    expect(logarithm(value, base, precision)).toEqual({ $repr: text });
  });

  test.each<[PyNumber, PyNumber, string, string]>([
    [1, 5, "ZeroDivisionError", ""],
    [3, { $float: "nan" }, "ValueError", "cannot convert float NaN to integer"],
    [3, infinity, "OverflowError", "cannot convert float infinity to integer"],
    [3, { $int: `1${"0".repeat(400)}` }, "OverflowError", "int too large to convert to float"],
    [3, 10_001, "OverflowError", "a precision above 10000 digits is not computed"],
  ])("to base %j at %j digits raises", (base, precision, kind, message) => {
    const raised = expect(() => logarithm(2, base, precision));
    raised.toThrow(PythonError);
    raised.toThrow(expect.objectContaining({ kind, message }));
  });

  test("many digits", () => {
    expect(logarithm(2, 10, 10_000).$repr).toMatch(/^mpf\('0\.30102999566398119521373889472449302676818\d{9950,}'\)$/);
  });
});

const vectors = readShared("goldens/vectors.json.gz");
describe.skipIf(vectors === undefined)("recorded", () => {
  const { mpmath_log_repr: logarithms, mpmath_dps_to_prec_and_repr_digits: precisions } = JSON.parse(vectors ?? "{}");

  test("logarithms", () => {
    for (const [value, base, precision, text] of logarithms) {
      const result = logarithm(numberOf(value), numberOf(base), precision);
      expect(`{'result': ${result.$repr}}`, `${value} ${base} ${precision}`).toBe(text);
    }
    expect(logarithms).toHaveLength(1260);
  });

  test("bits and digits of a precision", () => {
    for (const [digits, bits, , reprDigits] of precisions)
      expect(workingPrecision(digits)).toEqual({ bits, reprDigits });
    expect(precisions).toHaveLength(66);
  });
});

function numberOf(text: string): PyNumber {
  const literal = parseLiteral(text);
  if (!literal.ok) throw new Error(literal.message);
  return literal.value as PyNumber;
}

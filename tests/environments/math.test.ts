import { describe, expect, test } from "vitest";
import { math } from "../../environments/math/index.ts";
import { execute } from "../../src/python/execute.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";

const start = math.init({});
const textOf = (call: string) => execute(math, start, call).text;
const failureOf = (call: string) => {
  const { outcome } = execute(math, start, call);
  return outcome.ok ? undefined : outcome.error;
};

describe("math", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(math, lawCases.math as LawOptions);
  });

  test("keeps ints and floats apart, as Python does", () => {
    expect(textOf("add(2, 3)")).toBe('{"result": 5}');
    expect(textOf("add(2, 3.0)")).toBe('{"result": 5.0}');
    expect(textOf("divide(a=6, b=3)")).toBe('{"result": 2.0}');
    expect(textOf("multiply(100000000000000000000, 3)")).toBe('{"result": 300000000000000000000}');
    expect(textOf("max_value([1, 2.0, 2])")).toBe('{"result": 2.0}');
  });

  test("rounds halves to the even neighbour of the exact binary value", () => {
    expect(textOf("round_number(2.5)")).toBe('{"result": 2.0}');
    expect(textOf("round_number(2.675, 2)")).toBe('{"result": 2.67}');
    expect(textOf("round_number(1250, decimal_places=-2)")).toBe('{"result": 1200}');
  });

  test("adds floats from left to right", () => {
    expect(textOf("sum_values([1e16, 1.0, -1e16])")).toBe('{"result": 0.0}');
    expect(textOf("mean([1, 2, 4])")).toBe('{"result": 2.3333333333333335}');
    expect(textOf("standard_deviation([2, 4, 4, 4, 5, 5, 7, 9])")).toBe('{"result": 2.0}');
  });

  test("takes numbers in quotes where mpmath does", () => {
    expect(textOf("logarithm('1000', base='10.0', precision='5')")).toBe("{'result': mpf('3.0')}");
    expect(failureOf("logarithm('1000', '10', '5.0')")).toMatchObject({ code: "invalidArguments" });
    expect(failureOf("add('1', 2)")).toMatchObject({ code: "invalidArguments" });
  });

  test("shows mpmath's and decimal's numbers by their repr", () => {
    expect(textOf("logarithm(1000, 10, 5)")).toBe("{'result': mpf('3.0')}");
    expect(textOf("logarithm(-2, 2, 3)")).toContain("mpc(real='1.0', imag='4.53");
    expect(textOf("square_root(2, 5)")).toBe("{'result': Decimal('1.4142')}");
    expect(textOf("power(-8, 0.5)")).toBe("{'result': (1.7319121124709868e-16+2.8284271247461903j)}");
  });

  test("converts what it knows, and says what it knows about the rest", () => {
    expect(textOf("si_unit_conversion(5, 'km', 'm')")).toBe('{"result": 5000.0}');
    expect(textOf("imperial_si_conversion(100, 'celsius', 'fahrenheit')")).toBe('{"result": 212.0}');
    expect(textOf("imperial_si_conversion(7, 'parsec', 'parsec')")).toBe('{"result": 7}');
    const failed = failureOf("imperial_si_conversion(value=3, unit_in='m', unit_out='in')");
    expect(failed).toMatchObject({
      code: "unsupportedUnits",
      message: "Conversion from 'm' to 'in' is not supported",
      data: { targets: ["ft", "yd"], sources: ["cm"] },
    });
    expect(failureOf("si_unit_conversion(3, 'm', 'mi')")?.data).toMatchObject({ unknown: ["mi"] });
  });

  test("the reference itself catches what is too large to convert", () => {
    const value = { $int: `1${"0".repeat(400)}` };
    for (const [tool, unit_in, unit_out] of [
      ["si_unit_conversion", "m", "km"],
      ["imperial_si_conversion", "fahrenheit", "celsius"],
    ] as const) {
      const { outcome } = math.step(start, { tool, args: { value, unit_in, unit_out } });
      expect(outcome).toMatchObject({ ok: false, error: { code: "tooLarge", data: { value } } });
      expect(math.text(tool, outcome)).toBe('{"error": "Conversion resulted in a value too large to represent"}');
    }
    expect(textOf("imperial_si_conversion(50, 'fahrenheit', 'celsius')")).toBe('{"result": 10.0}');
    expect(failureOf("round_number(2.345, 1.0)")?.code).toBe("placesNotWhole");
  });

  test("failures with Python's exact words, returned or raised", () => {
    expect(textOf("divide(1, 0.0)")).toBe('{"error": "Cannot divide by zero"}');
    expect(textOf("power(0, -1)")).toBe("Error during execution: 0.0 cannot be raised to a negative power");
    expect(textOf("logarithm(5, 1, 10)")).toBe('{"error": ""}');
    expect(failureOf("logarithm(5, 1, 10)")?.code).toBe("baseIsOne");
    expect(textOf("square_root(4, 0)")).toBe("Error during execution: valid range for prec is [1, MAX_PREC]");
    expect(textOf("mean([])")).toBe('{"error": "Cannot calculate mean of an empty list"}');
  });

  test("numbers too large to compute or to write fail at once", () => {
    expect(failureOf("power(10, 1000000000)")).toMatchObject({ code: "raised", data: { kind: "ValueError" } });
    expect(failureOf("power(10.0, 400)")).toMatchObject({
      code: "raised",
      message: "(34, 'Numerical result out of range')",
      data: { tool: "power", kind: "OverflowError", reason: "(34, 'Numerical result out of range')" },
    });
    expect(failureOf("logarithm(2, 10, 1000000000)")?.code).toBe("invalidPrecision");
    expect(failureOf("square_root(2, 1000000000)")?.code).toBe("raised");
    const long = { $int: "9".repeat(4300) };
    const { outcome } = math.step(start, { tool: "add", args: { a: long, b: 1 } });
    expect(outcome).toMatchObject({ ok: false, error: { code: "raised" } });
    expect(math.text("add", outcome)).toMatch(/^Error during execution: Exceeds the limit \(4300 digits\)/);
  });

  test("shares and the ends of a list", () => {
    expect(textOf("percentage(1, 4)")).toBe('{"result": 25.0}');
    expect(textOf("percentage(1, 0)")).toBe('{"error": "Whole value cannot be zero"}');
    expect(textOf("min_value([3, 1, 2])")).toBe('{"result": 1}');
    expect(textOf("max_value([3, 1, 2])")).toBe('{"result": 3}');
    expect(failureOf("min_value([])")?.code).toBe("emptyList");
  });

  test("a unit that is not known comes with those that are", () => {
    expect((failureOf("si_unit_conversion(1, 'ell', 'km')") as any).data.units).toContain("km");
    expect((failureOf("imperial_si_conversion(1, 'ell', 'km')") as any).data.units).toContain("km");
    expect(textOf("si_unit_conversion(3, 'm', 'km')")).toBe('{"result": 0.003}');
  });
});

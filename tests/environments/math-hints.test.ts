import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownUnits } from "../../environments/math/hints/unit-names.ts";
import { mathHints } from "../../environments/math/hints.ts";
import { hintOn } from "../../src/feedback/feedback.ts";
import { type Made, meetEveryFailure, met, outcomeOf, type Scene, succeeds } from "./every-failure.ts";

const scene = (...calls: Made[]): Scene => ({ calls });
const hint = (...calls: Made[]) => met(mathHints, scene(...calls));
const si = (unit_in: string, unit_out: string, value: unknown = 5): Made => [
  "si_unit_conversion",
  { value, unit_in, unit_out },
];
const imperial = (unit_in: string, unit_out: string, value: unknown = 5): Made => [
  "imperial_si_conversion",
  { value, unit_in, unit_out },
];
const divide: Made = ["divide", { a: 6, b: 0 }];
const zero: Made = ["subtract", { a: 2, b: 2 }];
const sum: Made = ["add", { a: 2, b: 2 }];
const huge = { $int: `1${"0".repeat(400)}` };
const longer = { $int: `1${"0".repeat(500)}` };
const log = (args: object): Made => ["logarithm", { value: 8, base: 2, precision: 5, ...args }];
const root = (number: unknown, precision: unknown = 5): Made => ["square_root", { number, precision }];
const listTools = ["mean", "standard_deviation", "min_value", "max_value", "sum_values"];

/** Calculating has no state, so what differs is the call or what was computed before. */
const scenes: Parameters<typeof meetEveryFailure>[1] = {
  "divide divisionByZero": [scene(divide), scene(zero, divide)],
  "percentage wholeIsZero": [
    scene(["percentage", { part: 1, whole: 0 }]),
    scene(zero, ["percentage", { part: 1, whole: 0 }]),
  ],
  "round_number placesNotWhole": [
    scene(["round_number", { number: 2.345, decimal_places: { $float: "2.0" } }]),
    scene(["round_number", { number: 2.345, decimal_places: 1.2 }]),
  ],
  ...Object.fromEntries(
    listTools.map((tool): [string, [Scene, Scene]] => [
      `${tool} emptyList`,
      [scene([tool, { numbers: [] }]), scene(sum, [tool, { numbers: [] }])],
    ]),
  ),
  "logarithm baseIsOne": [
    scene(log({ base: 1 })),
    scene(["divide", { a: 3, b: 3 }], ["absolute_value", { number: 1 }], log({ base: 1 })),
  ],
  "logarithm invalidPrecision": [scene(log({ precision: 20000 })), scene(log({ precision: 20000, base: 1 }))],
  "square_root negativeNumber": [scene(root(-4)), scene(root(-4, 2.5))],
  "square_root precisionNotWhole": [scene(root(2, 2.4)), scene(root(2, 0.2))],
  "si_unit_conversion unsupportedUnits": [scene(si("kilometers", "m")), scene(si("km", "ft"))],
  "si_unit_conversion tooLarge": [scene(si("m", "km", huge)), scene(si("m", "km", longer))],
  "imperial_si_conversion unsupportedUnits": [scene(imperial("ft", "km")), scene(imperial("liter", "gallon"))],
  "imperial_si_conversion tooLarge": [scene(imperial("m", "ft", huge)), scene(imperial("km", "miles", huge))],
};

describe("hints of calculations", () => {
  test("every declared failure has one, which looks at the call and at what was computed before", () => {
    meetEveryFailure(mathHints, scenes);
  });

  test("an empty error is explained", () => {
    const { text, diagnose, guide } = hint(log({ base: 1 }));
    expect(text).toBe('{"error": ""}');
    expect(diagnose!.text).toContain("'base' must not be 1");
    expect(guide!.suggestion).toMatchObject({ argument: "base", values: [10, 2] });
    expect(hint(log({ precision: 20000, base: 1 })).diagnose!.text).toContain("Besides, 'base' must not be 1.");
  });

  test("where a zero came from, and what to do about it", () => {
    expect(hint(zero, sum, divide).guide!.text).toContain("That number is what a calculation returned 2 calls ago.");
    expect(hint(divide).guide!.text).toContain("if 'a' and 'b' were mixed up, give them the other way round");
    expect(hint(["divide", { a: 0, b: 0 }]).guide!.text).toContain("'a' is zero too");
  });

  test("all that is wrong with a root is said at once", () => {
    const { diagnose, guide } = hint(root(-4, 2.5));
    expect(diagnose!.suggestion.unmet).toHaveLength(2);
    expect(guide!.suggestion).toMatchObject({ argument: "number", values: [4] });
    expect(succeeds(mathHints, scene(root(4, 2)))).toBe(true);
    expect(hint(root(2, 0.2)).guide!.suggestion.values).toEqual([1]);
    expect(hint(["round_number", { number: 1, decimal_places: { $float: "2.0" } }]).guide!.suggestion.values).toEqual([
      2,
    ]);
  });

  test.each<[Made, string, unknown]>([
    [si("kilometers", "m"), "unit_in", "km"],
    [si("m", "Centimetres"), "unit_out", "cm"],
    [imperial("mi", "km"), "unit_in", "miles"],
    [imperial("inches", "cm"), "unit_in", "in"],
    [imperial("°F", "celsius"), "unit_in", "fahrenheit"],
    [imperial("kg", "pounds"), "unit_out", "lb"],
    [imperial("kilometeres", "miles"), "unit_in", "km"],
  ])("%j: the word that is taken", (call, argument, value) => {
    const { guide } = hint(call);
    expect(guide!.suggestion).toMatchObject({ argument, values: [value] });
    expect(succeeds(mathHints, scene([call[0], { ...call[1], [argument]: value }]))).toBe(true);
  });

  test("the way over other units, whose steps a reader of the text alone can take", () => {
    const { guide, direct } = hint(imperial("ft", "km"));
    expect(guide!.text).toContain(
      "Convert in 2 steps, each with the result of the one before: 'ft' to 'm', then 'm' to 'km'.",
    );
    expect(guide!.suggestion).toMatchObject({ argument: "unit_out", values: ["m"] });
    expect(direct!.suggestion.tools).toEqual(["imperial_si_conversion", "si_unit_conversion"]);
    expect(hint(si("km", "miles")).guide!.text).toContain("is another kind of conversion");
    const unit = fc.constantFrom(...knownUnits);
    let ways = 0;
    fc.assert(
      fc.property(unit, unit, fc.constantFrom(si, imperial), (from, to, made) => {
        const call = made(from, to, 1);
        if (succeeds(mathHints, scene(call))) return;
        const { direct } = hint(call);
        const steps = [...direct!.text.matchAll(/'(\w+_conversion)' from '(\w+)' to '(\w+)'/g)];
        let value: unknown = 1;
        for (const [, tool, unit_in, unit_out] of steps) {
          const outcome = outcomeOf(mathHints, scene([tool!, { value, unit_in, unit_out }]));
          expect(outcome.ok, direct!.text).toBe(true);
          if (outcome.ok) ({ result: value } = outcome.value as { result: unknown });
        }
        if (steps.length === 0) {
          expect(direct!.text).toMatch(/do not measure the same thing|stays as it is/);
          return;
        }
        expect([steps[0]![2], steps.at(-1)![3]]).toEqual([from, to]);
        ways++;
      }),
      { numRuns: 300 },
    );
    expect(ways).toBeGreaterThan(50);
  });

  test("what no conversion knows: speeds as their distances, volumes elsewhere, the rest by a factor", () => {
    const speed = hint(imperial("mph", "km/h"));
    expect(speed.guide!.text).toContain(
      "A speed per hour is converted as its distance is. Give 'miles' for 'unit_in' and 'km' for 'unit_out'.",
    );
    expect(succeeds(mathHints, scene(imperial("miles", "km")))).toBe(true);
    expect(hint(imperial("gallon", "liter")).direct!.suggestion.tools).toEqual(["multiply"]);
    expect(hint(si("kg", "g")).guide!.text).toContain("No conversion here knows 'g'.");
    expect(hint(imperial("kg", "m")).guide!.text).toContain("do not measure the same thing");
    expect(hint(si("metre", "meter")).guide!.text).toContain("Both mean 'm'");
  });

  test("volumes are converted by the car's tools where they can be called", () => {
    const call = { tool: "imperial_si_conversion", args: { value: 5, unit_in: "gallons", unit_out: "liters" } };
    const { environment } = mathHints;
    const { state, outcome } = environment.step(environment.init({}), call as never);
    const offered = new Set([...Object.keys(environment.tools), "gallon_to_liter"]);
    const error = outcome.ok ? undefined : outcome.error;
    const hint = hintOn(
      { MathAPI: mathHints },
      { environment, state, call, error, history: [], offered } as never,
      "direct",
    );
    expect(hint!.suggestion.tools).toEqual(["gallon_to_liter"]);
  });

  test("conversions and factors are called anew, not looked up in the past", () => {
    const earlier: Made[] = [["multiply", { a: 2, b: 3 }], si("km", "m")];
    expect(hint(...earlier, imperial("gallon", "liter")).direct!.text).not.toContain("Look again");
    expect(hint(...earlier, imperial("ft", "km")).direct!.text).not.toContain("Look again");
  });

  test("no hint throws or grows long, whatever the units and numbers are", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("", "__proto__", "x".repeat(5000), "kms", "'", "km "));
    const big = { $int: "9".repeat(5000) };
    const value = fc.constantFrom<unknown>(
      -1,
      0,
      1.5,
      huge,
      big,
      { $float: "inf" },
      { $float: "nan" },
      { $float: "-inf" },
    );
    fc.assert(
      fc.property(text, text, value, value, (from, to, a, b) => {
        for (const made of [
          si(from, to, a),
          imperial(from, to, a),
          root(a, b),
          log({ base: 1, precision: a }),
          divideBy(b),
          si("m", "km", a),
        ]) {
          const outcome = outcomeOf(mathHints, scene(made));
          if (outcome.ok || !declares(made[0], outcome.error.code)) continue;
          expect(hint(made).direct!.text.length).toBeLessThan(1200);
        }
      }),
    );
  });
});

const divideBy = (b: unknown): Made => ["divide", { a: 1, b }];
const declares = (tool: string, code: string) => Object.hasOwn(mathHints.rules[tool] ?? {}, code);

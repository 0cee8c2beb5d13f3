import { describe, expect, test } from "vitest";
import {
  add,
  divide,
  dumps,
  floatRepr,
  floatValue,
  formatDate,
  formatFixed,
  isDigit,
  isPrintable,
  lower,
  type PyNumber,
  PythonError,
  type PyValue,
  parseJson,
  power,
  type RandomDraw,
  type RandomState,
  randomInteger,
  randomOf,
  randomUniform,
  repr,
  round,
  splitLines,
  splitWhitespace,
  strptime,
  subtract,
  sum,
  toDouble,
} from "../../src/python/index.ts";
import { wordAt } from "../../src/python/mersenne-twister.ts";
import { readShared } from "../shared-data.ts";

/** Recorded facts of CPython 3.11.7. */
type Vectors = {
  mt19937: {
    seed: string;
    getrandbits32: number[];
    random: number[];
    randint: Record<string, { range: [number, number]; values: number[] }>;
    "uniform_-10_40": number[];
    uniform_0_120: number[];
    "book_flight order (booking, transaction) x3": [number, number][];
    "register_credit_card order (id, balance) x3": [number, number][];
  }[];
  float_repr: [string, string][];
  "format_.2f": [string, string][];
  round_n: [string, number, string][];
  round_int: [string, number, string][];
  str_repr: [string, string][];
  json_dumps_str: [string, string][];
  not_printable_ranges: [number, number][];
  splitlines_separators: (number | string)[];
  split_whitespace: number[];
  isdigit_codepoints_ranges_below_0x3000: number[];
  isdigit_but_int_fails: number[];
  lower: [string, string][];
  pyrepr_container: [string, string][];
  "strptime_%Y-%m-%d": [string, string][];
  power: [string, string, string][];
  sum_naive_left_to_right: [string, string, string, string][];
};

const text = readShared("goldens/vectors.json.gz");
const vectors = (text === undefined ? undefined : JSON.parse(text)) as Vectors;

/** The double whose sixteen hexadecimal digits are given. */
function doubleOf(bits: string): PyNumber {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return floatValue(view.getFloat64(0));
}

function draw<Value>(random: RandomState, count: number, next: (random: RandomState) => RandomDraw & { value: Value }) {
  const values: Value[] = [];
  let current = random;
  for (let index = 0; index < count; index += 1) {
    const drawn = next(current);
    values.push(drawn.value);
    current = drawn.random;
  }
  return values;
}

const caught = (compute: () => string): string => {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PythonError) return `${error.kind}: ${error.message}`;
    throw error;
  }
};

describe.skipIf(text === undefined)("recorded facts of CPython", () => {
  test("Mersenne Twister", () => {
    for (const recorded of vectors.mt19937) {
      const random = randomOf(parseJson(recorded.seed) as PyNumber);
      const integers = (low: number, high: number, count: number) =>
        draw(random, count, (current) => randomInteger(current, low, high));
      const uniforms = (low: number, high: number, count: number) =>
        draw(random, count, (current) => randomUniform(current, low, high));
      expect(recorded.getrandbits32.map((_, index) => wordAt(random.seed, index))).toEqual(recorded.getrandbits32);
      expect(uniforms(0, 1, 5)).toEqual(recorded.random);
      for (const { range, values } of Object.values(recorded.randint)) {
        expect(integers(...range, values.length)).toEqual(values);
      }
      expect(uniforms(-10, 40, 4)).toEqual(recorded["uniform_-10_40"]);
      expect(uniforms(0, 120, 4)).toEqual(recorded.uniform_0_120);
      const pairs = (first: [number, number], second: [number, number]) => {
        let current = random;
        return [0, 1, 2].map(() => {
          const one = randomInteger(current, ...first);
          const two = randomInteger(one.random, ...second);
          current = two.random;
          return [one.value, two.value];
        });
      };
      expect(pairs([1000000, 9999999], [10000000, 99999999])).toEqual(
        recorded["book_flight order (booking, transaction) x3"],
      );
      expect(pairs([100000000000, 999999999999], [10000, 99999])).toEqual(
        recorded["register_credit_card order (id, balance) x3"],
      );
    }
  });

  test("float repr, fixed format and rounding", () => {
    for (const [bits, expected] of vectors.float_repr) expect(floatRepr(toDouble(doubleOf(bits)))).toBe(expected);
    for (const [bits, expected] of vectors["format_.2f"]) expect(formatFixed(doubleOf(bits), 2)).toBe(expected);
    for (const [bits, digits, expected] of vectors.round_n) {
      expect(round(doubleOf(bits), digits)).toEqual(doubleOf(expected));
    }
    for (const [value, digits, expected] of vectors.round_int) {
      expect(repr(round(parseJson(value), digits))).toBe(expected);
    }
  });

  test("texts of strings and containers", () => {
    for (const [value, expected] of vectors.str_repr) expect(repr(value)).toBe(expected);
    for (const [value, expected] of vectors.json_dumps_str) expect(dumps(value)).toBe(expected);
    for (const [json, expected] of vectors.pyrepr_container) expect(repr(parseJson(json))).toBe(expected);
    for (const [value, expected] of vectors.lower) expect(lower(value)).toBe(expected);
  });

  test("classes of characters", () => {
    const hidden = new Set<number>();
    for (const [first, last] of vectors.not_printable_ranges) for (let c = first; c <= last; c += 1) hidden.add(c);
    const digits = new Set(vectors.isdigit_codepoints_ranges_below_0x3000);
    const separators = new Set(vectors.splitlines_separators);
    const blanks = new Set(vectors.split_whitespace);
    const wrong: number[] = [];
    for (let code = 0; code < 0x110000; code += 1) {
      const character = String.fromCodePoint(code);
      const asPython =
        isPrintable(character) === !hidden.has(code) &&
        (code >= 0x3000 || isDigit(character) === digits.has(code)) &&
        splitLines(`a${character}b`).length === (separators.has(code) ? 2 : 1) &&
        splitWhitespace(`a${character}b`).length === (blanks.has(code) ? 2 : 1);
      if (!asPython) wrong.push(code);
    }
    expect(wrong).toEqual([]);
    expect(splitLines("a\r\nb")).toEqual(["a", "b"]);
    expect(vectors.isdigit_but_int_fails.filter((code) => !isDigit(String.fromCodePoint(code)))).toEqual([]);
  });

  test("dates", () => {
    for (const [value, expected] of vectors["strptime_%Y-%m-%d"]) {
      const date = caught(() => formatDate(strptime(value, "%Y-%m-%d"), "%Y-%m-%d %H:%M:%S").padStart(19, "0"));
      expect(date).toBe(expected);
    }
  });

  test("powers", () => {
    for (const [base, exponent, expected] of vectors.power) {
      const result = caught(() => {
        const value: PyValue = { result: power(parseJson(base), parseJson(exponent)) };
        return dumps(value) ?? repr(value);
      });
      expect(result.replace(/^\w+Error: /, "Error during execution: "), `${base} ** ${exponent}`).toBe(expected);
    }
  });

  test("sums, means and deviations", () => {
    for (const [list, total, average, deviation] of vectors.sum_naive_left_to_right) {
      const values = parseJson(list) as readonly PyValue[];
      const mean = divide(sum(values), values.length);
      const squares = values.map((value) => power(subtract(value, mean), 2));
      const variance = divide(
        squares.reduce<PyNumber>((rest, square) => add(rest, square), 0),
        values.length,
      );
      expect(repr(sum(values))).toBe(total);
      expect(repr(mean)).toBe(average);
      expect(repr(floatValue(Math.sqrt(toDouble(variance))))).toBe(deviation);
    }
  });
});

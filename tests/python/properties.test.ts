import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  canonicalText,
  compare,
  compareCodePoints,
  dumps,
  equal,
  floatRepr,
  floatValue,
  multiply,
  type PyValue,
  parseJson,
  repr,
  round,
  splitLines,
  subtract,
  toBigInt,
  toDouble,
} from "../../src/python/index.ts";

const ints = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }).map((value) => ({ $int: value.toString() })),
);
const floats = fc.double().map(floatValue);
const numbers: fc.Arbitrary<PyValue> = fc.oneof(ints, floats);
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => parseJson(JSON.stringify(value)));

describe("laws of the Python values", () => {
  test("a float's repr reads back as the same double", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(toDouble({ $float: floatRepr(value) })).toBe(value);
      }),
    );
  });

  test("int arithmetic is that of bigints", () => {
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        expect(toBigInt(add(a, b))).toBe(toBigInt(a) + toBigInt(b));
        expect(toBigInt(subtract(a, b))).toBe(toBigInt(a) - toBigInt(b));
        expect(toBigInt(multiply(a, b))).toBe(toBigInt(a) * toBigInt(b));
      }),
    );
  });

  test("order is antisymmetric and agrees with equality", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const order = compare(a, b);
        expect(compare(b, a) + order).toEqual(Number.isNaN(order) ? Number.NaN : 0);
        expect(equal(a, b)).toBe(order === 0);
      }),
    );
  });

  test("rounding twice changes nothing more", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e15, max: 1e15, noNaN: true }),
        fc.integer({ min: 0, max: 10 }),
        (value, digits) => {
          const once = round(floatValue(value), digits);
          expect(round(once, digits)).toEqual(once);
        },
      ),
    );
  });

  test("what dumps writes, parseJson reads", () => {
    fc.assert(
      fc.property(json, (value) => {
        const read = parseJson(dumps(value)!);
        expect(read).toEqual(value);
        expect(equal(read, value)).toBe(true);
        expect(repr(read)).toBe(repr(value));
        expect(canonicalText(read)).toBe(canonicalText(value));
      }),
    );
  });

  test("code points order like arrays of them", () => {
    const texts = fc.string({ unit: "binary", maxLength: 6 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const left = Array.from(a, (character) => character.codePointAt(0)!);
        const right = Array.from(b, (character) => character.codePointAt(0)!);
        const at = left.findIndex((code, index) => code !== right[index]);
        const expected = at < 0 ? left.length - right.length : left[at]! - (right[at] ?? -1);
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(expected));
      }),
    );
  });

  test("lines hold no separator and lose only separators", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\x1c", "\u2028") }), (text) => {
        expect(splitLines(text).join("")).toBe(text.replace(/[^a]/g, ""));
      }),
    );
  });
});

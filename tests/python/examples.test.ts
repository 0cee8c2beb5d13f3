import { describe, expect, test } from "vitest";
import {
  add,
  addSeconds,
  canonicalText,
  compare,
  compareCodePoints,
  dictOf,
  divide,
  dumps,
  entriesOf,
  equal,
  formatDate,
  keyText,
  maximum,
  multiply,
  PythonError,
  type PyValue,
  parseJson,
  power,
  randomInteger,
  randomOf,
  repr,
  resultText,
  round,
  str,
  strptime,
  typeName,
  utf8Length,
  withItem,
} from "../../src/python/index.ts";

const float = (text: string): PyValue => ({ $float: text });

describe("dicts", () => {
  test("stay plain objects while every key survives in one", () => {
    expect(dictOf([["a", 1]])).toEqual({ a: 1 });
    expect(dictOf([["012", 1]])).toEqual({ "012": 1 });
    expect(dictOf([["4294967295", 1]])).toEqual({ "4294967295": 1 });
    for (const key of ["12", "0", "4294967294", "$float", "__proto__", 1, null]) {
      expect(dictOf([[key, 1]])).toEqual({ $dict: [[key, 1]] });
    }
  });

  test("keep the place of a key that comes twice, equal as Python means it", () => {
    const dict = dictOf([
      [1, "int"],
      ["a", 0],
      [float("1.0"), "float"],
      [true, "bool"],
    ]);
    expect(dict).toEqual({
      $dict: [
        [1, "bool"],
        ["a", 0],
      ],
    });
    expect(entriesOf(withItem({ a: 1 }, 2, 3) as { $dict: [] })).toEqual([
      ["a", 1],
      [2, 3],
    ]);
    expect(() => keyText([1])).toThrow("unhashable type: 'list'");
  });
});

describe("numbers", () => {
  test("tell 5 from 5.0 and grow beyond doubles", () => {
    expect(add(2, 3)).toBe(5);
    expect(add(2.5, 2.5)).toEqual(float("5.0"));
    expect(multiply(0, -5)).toBe(0);
    expect(multiply(9007199254740991, 2)).toEqual({ $int: "18014398509481982" });
    expect(divide(6, 3)).toEqual(float("2.0"));
    expect(divide(0, -5)).toEqual(float("-0.0"));
    expect(compare({ $int: "9007199254740993" }, float("9007199254740992.0"))).toBe(1);
    expect(compare(1, float("nan"))).toBeNaN();
    expect(maximum([1, true, float("1.0")])).toBe(1);
    expect(round(2.5, 0)).toEqual(float("2.0"));
    expect(round(2.675, 2)).toBe(2.67);
    expect(round(5, 0)).toBe(5);
    expect(round(2.5)).toBe(2);
  });

  test("fail as Python's do", () => {
    expect(() => divide(1, 0)).toThrow(new PythonError("ZeroDivisionError", "division by zero"));
    expect(() => add(1, "a")).toThrow("unsupported operand type(s) for +: 'int' and 'str'");
    expect(() => power(float("1e+200"), 2)).toThrow("(34, 'Numerical result out of range')");
    expect(() => power(10, 1_000_000_000)).toThrow("Exceeds the limit (4300 digits)");
    expect(() => repr({ $int: "1".repeat(4301) })).toThrow("Exceeds the limit (4300 digits)");
    expect(power(-8, 0.5)).toEqual({ $repr: "(1.7319121124709868e-16+2.8284271247461903j)" });
  });

  test("draw the same as random.Random, from a state that is data", () => {
    const first = randomInteger(randomOf(141053), 100000, 999999);
    expect(first.value).toBe(251675);
    expect(first.random.seed).toBe(141053);
    expect(randomInteger(randomOf(141053), 100000, 999999)).toEqual(first);
    const far = { seed: 7, draws: 624 * 80 + 5 };
    const value = randomInteger(far, 0, 1000).value;
    expect(randomInteger({ seed: 7, draws: 624 * 70 }, 0, 1000).value).toBeTypeOf("number");
    expect(randomInteger(far, 0, 1000).value).toBe(value);
  });
});

describe("texts", () => {
  const value: PyValue = {
    ok: true,
    none: null,
    list: [1, float("5.0"), "it's"],
    big: { $int: "100000000000000000000" },
    keys: { $dict: [[10, "ten"]] },
  };

  test("repr and json.dumps", () => {
    expect(repr(value)).toBe(
      `{'ok': True, 'none': None, 'list': [1, 5.0, "it's"], 'big': 100000000000000000000, 'keys': {10: 'ten'}}`,
    );
    expect(dumps(value)).toBe(
      '{"ok": true, "none": null, "list": [1, 5.0, "it\'s"], "big": 100000000000000000000, "keys": {"10": "ten"}}',
    );
    expect(repr({ $tuple: [1] })).toBe("(1,)");
    expect(repr({ $set: [] })).toBe("set()");
    expect(str({ $repr: "Decimal('1.5')" })).toBe("1.5");
    expect(typeName({ $repr: "Decimal('1.5')" })).toBe("decimal.Decimal");
  });

  test("a result is a str as it is, a dict as JSON where JSON can, all else by str", () => {
    expect(resultText("it's")).toBe("it's");
    expect(resultText({ a: "é" })).toBe('{"a": "\\u00e9"}');
    expect(resultText({ a: { $set: ["x"] } })).toBe("{'a': {'x'}}");
    expect(resultText({ $dict: [[{ $tuple: [1] }, 2]] })).toBe("{(1,): 2}");
    expect(resultText([{ a: null }])).toBe("[{'a': None}]");
    expect(resultText(null)).toBe("None");
    expect(resultText({ a: float("inf") })).toBe('{"a": Infinity}');
    expect(resultText([float("inf")])).toBe("[inf]");
  });

  test("large frozen values are written once", () => {
    const items = Object.freeze(Array.from({ length: 100 }, (_, index) => index));
    expect(repr(items)).toBe(`[${items.join(", ")}]`);
    expect(repr({ items })).toBe(`{'items': ${repr(items)}}`);
    expect(dumps(items)).toBe(repr(items));
  });

  test("canonical text", () => {
    expect(canonicalText({ b: 1, a: float("1.0"), "\u{1f600}": "é\n", "\uffff": null })).toBe(
      '{"a":1.0,"b":1,"\uffff":null,"\u{1f600}":"é\\n"}',
    );
    expect(
      canonicalText({
        $dict: [
          [2, "two"],
          [10, "ten"],
        ],
      }),
    ).toBe('{"$dict":[[10,"ten"],[2,"two"]]}');
    expect(canonicalText({ $dict: [["12", { $tuple: [] }]] })).toBe('{"12":{"$tuple":[]}}');
    expect(canonicalText({ $set: ["b", "a"] })).toBe('{"$set":["a","b"]}');
    expect(canonicalText([{ $repr: "Decimal('1')" }, { $repr: "1j" }, { $repr: "mpf('2.0')" }])).toBe(
      `[{"$decimal":"1"},{"$complex":"1j"},{"$mpf":"mpf('2.0')"}]`,
    );
    expect(canonicalText([float("inf"), float("1e+16")])).toBe("[Infinity,1e+16]");
  });

  test("strings by code point", () => {
    expect(["\uffff", "\u{1f600}", "a"].sort(compareCodePoints)).toEqual(["a", "\uffff", "\u{1f600}"]);
    expect(utf8Length("é😀")).toBe(6);
    expect(() => utf8Length("a\ud800")).toThrow("'utf-8' codec can't encode character '\\ud800' in position 1");
  });
});

describe("equality", () => {
  test.each<[PyValue, PyValue, boolean]>([
    [1, float("1.0"), true],
    [1, true, true],
    [1, "1", false],
    [null, 0, false],
    [{ a: 1, b: [2] }, { b: [float("2.0")], a: true }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{ constructor: 1 } as unknown as PyValue, { a: 1 }, false],
    [{ $dict: [[1, "x"]] }, { $dict: [[float("1.0"), "x"]] }, true],
    [{ $dict: [["a", 1]] }, { a: 1 }, true],
    [{ $set: [1, 2] }, { $set: [2, 1] }, true],
    [{ $tuple: [1] }, [1], false],
    [{ $int: "9007199254740993" }, float("9007199254740992.0"), false],
    [float("nan"), float("nan"), false],
  ])("%j == %j is %j", (a, b, expected) => {
    expect(equal(a, b)).toBe(expected);
    expect(equal(b, a)).toBe(expected);
  });

  test("NaN differs from itself, but not inside one and the same container", () => {
    const nan = float("nan");
    expect(equal(nan, nan)).toBe(false);
    expect(equal([nan], [nan])).toBe(true);
  });
});

describe("reading JSON", () => {
  test("keeps what JavaScript's reader loses", () => {
    expect(parseJson("[5, 5.0, 1e5, -0, -0.0, 0.5, 12345678901234567890, 1e400, NaN]")).toEqual([
      5,
      float("5.0"),
      float("100000.0"),
      0,
      float("-0.0"),
      0.5,
      { $int: "12345678901234567890" },
      float("inf"),
      float("nan"),
    ]);
    expect(parseJson('{"b": 1, "10": 2, "b": 3}')).toEqual({
      $dict: [
        ["b", 3],
        ["10", 2],
      ],
    });
    expect(parseJson('{"__proto__": {"a": 1}}')).toEqual({ $dict: [["__proto__", { a: 1 }]] });
    expect(parseJson('"\\u00e9\\ud83d\\ude00\\n"')).toBe("é😀\n");
  });

  test.each([
    ["", "Expecting value: line 1 column 1 (char 0)"],
    ['{"a":1,}', "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"],
    ["[1,]", "Expecting value: line 1 column 4 (char 3)"],
    ["01", "Extra data: line 1 column 2 (char 1)"],
    ['{"a"\n1}', "Expecting ':' delimiter: line 2 column 1 (char 5)"],
    ['"😀\t"', "Invalid control character at: line 1 column 3 (char 2)"],
    ['"\\x"', "Invalid \\escape: line 1 column 2 (char 1)"],
    ['"\\u12"', "Invalid \\uXXXX escape: line 1 column 3 (char 2)"],
    ['"abc', "Unterminated string starting at: line 1 column 1 (char 0)"],
    ["[".repeat(10_000), "maximum recursion depth exceeded while decoding a JSON array from a unicode string"],
  ])("%j is refused in CPython's words", (json, message) => {
    expect(() => parseJson(json)).toThrow(message);
  });
});

describe("dates", () => {
  test("are read as strptime does", () => {
    const date = strptime("2024-1-05 9:00:00", "%Y-%m-%d %H:%M:%S");
    expect(formatDate(date, "%Y-%m-%d %H:%M:%S")).toBe("2024-01-05 09:00:00");
    expect(formatDate(addSeconds(date, 86400 * 60), "%Y-%m-%d")).toBe("2024-03-05");
    expect(() => strptime(5, "%Y-%m-%d")).toThrow("strptime() argument 1 must be str, not int");
  });
});

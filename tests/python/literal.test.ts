import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dictOf, floatValue, intValue, keyText, type PyValue, parseLiteral, repr } from "../../src/python/index.ts";

function read(text: string): PyValue {
  const literal = parseLiteral(text);
  if (!literal.ok) throw new Error(`${literal.message} at ${literal.position}`);
  return literal.value;
}

describe("numbers", () => {
  test.each<[string, PyValue]>([
    ["0", 0],
    ["-0", 0],
    ["00", 0],
    ["1_000", 1000],
    ["0xFf", 255],
    ["0o17", 15],
    ["0b1_01", 5],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", { $int: "9007199254740992" }],
    ["-100000000000000000000", { $int: "-100000000000000000000" }],
    ["5.", { $float: "5.0" }],
    [".5", 0.5],
    ["01.5", 1.5],
    ["1_0.2_5e1_0", { $float: "102500000000.0" }],
    ["1e5", { $float: "100000.0" }],
    ["1e16", { $float: "1e+16" }],
    ["1e400", { $float: "inf" }],
    ["-1e400", { $float: "-inf" }],
    ["-0.0", { $float: "-0.0" }],
    ["--0.0", { $float: "0.0" }],
    ["+ - (5)", -5],
    ["- 1.5", -1.5],
  ])("%s", (text, value) => {
    expect(read(text)).toStrictEqual(value);
  });

  test.each([
    "01",
    "1__0",
    "1_",
    "0x",
    "0b2",
    "1j",
    "1if",
    "5e",
    "- True",
    "-'a'",
    "1 2",
    "1.real",
    "٣",
    `0x${"f".repeat(4000)}`,
  ])("refuses %j", (text) => {
    expect(parseLiteral(text).ok).toBe(false);
  });
});

describe("strings", () => {
  test.each<[string, string]>([
    ["''", ""],
    ["'it\\'s'", "it's"],
    [`"say \\"hi\\""`, 'say "hi"'],
    ["'a' \"b\" '''c'''", "abc"],
    ["'''a\r\nb\rc'''", "a\nb\nc"],
    ["'''it's ''two'' '''", "it's ''two'' "],
    ["'a\\\nb'", "ab"],
    ["'a\\\r\nb'", "ab"],
    ["'\\n\\t\\r\\a\\b\\f\\v\\\\'", "\n\t\r\x07\b\f\v\\"],
    ["'\\0\\101\\1011\\777\\8'", "\0AA1\u01ff\\8"],
    ["'\\x41\\u00e9\\U0001F600'", "Aé😀"],
    ["'\\q\\d\\ '", "\\q\\d\\ "],
    ["r'\\n\\''", "\\n\\'"],
    ["R'''a\\\r\nb'''", "a\\\nb"],
    ["'\ud800'", "\ud800"],
    ["'\\ud800'", "\ud800"],
  ])("%j", (text, value) => {
    expect(read(text)).toBe(value);
  });

  test.each([
    "'",
    "'a\nb'",
    "'''a''",
    "'\\x4'",
    "'\\u12'",
    "'\\U00110000'",
    "'\\N{BULLET}'",
    "b'a'",
    "rb'a'",
    "F'a'",
    "ur'a'",
    "r'\\'",
  ])("refuses %j", (text) => {
    expect(parseLiteral(text).ok).toBe(false);
  });
});

describe("containers and constants", () => {
  test.each<[string, PyValue]>([
    ["[]", []],
    ["[1, 'a', [None,], ]", [1, "a", [null]]],
    ["()", { $tuple: [] }],
    ["(1)", 1],
    ["(1,)", { $tuple: [1] }],
    ["(1, 2)", { $tuple: [1, 2] }],
    ["{}", {}],
    ["{'a': 1, 'b': 2, 'a': 3}", { a: 3, b: 2 }],
    [
      "{1: 'a', 1.0: 'b', True: 'c', None: 0}",
      {
        $dict: [
          [1, "c"],
          [null, 0],
        ],
      },
    ],
    [
      "{'b': 1, '12': 2}",
      {
        $dict: [
          ["b", 1],
          ["12", 2],
        ],
      },
    ],
    ["{'__proto__': 1}", { $dict: [["__proto__", 1]] }],
    ["{'$int': '5'}", { $dict: [["$int", "5"]] }],
    ["{1, 1.0, True, 'a', None}", { $set: [1, "a", null] }],
    ["[True, False, None, ..., Ellipsis]", [true, false, null, { $repr: "Ellipsis" }, { $repr: "Ellipsis" }]],
    ["\n# first\n[ # one\n 1, \\\n 2]\n# last\n", [1, 2]],
  ])("%j", (text, value) => {
    expect(read(text)).toStrictEqual(value);
  });

  test.each([
    "[,]",
    "[1,,2]",
    "(,)",
    "{1: }",
    "{:}",
    "{1, 2: 3}",
    "{1: 2, 3}",
    "{[]: 1}",
    "{[]}",
    "{(1,): 1}",
    "{**{}}",
    "[*[]]",
    "[1, 2",
    "1, 2",
    "",
    "none",
    "[1]\n2",
    "..",
    "{'a' 1}",
  ])("refuses %j", (text) => {
    expect(parseLiteral(text).ok).toBe(false);
  });

  test("a failure says where", () => {
    expect(parseLiteral("[1, x]")).toEqual({
      ok: false,
      position: 4,
      message: "only literal values are read: 'x' is a name; a string needs quotes: 'x'",
    });
  });

  test("nesting is bounded and wide values are linear", () => {
    expect(parseLiteral("[".repeat(200) + "]".repeat(200)).ok).toBe(true);
    for (const open of ["[", "(", "{", "{1:", "-("]) {
      expect(parseLiteral(open.repeat(10_000))).toMatchObject({
        ok: false,
        message: expect.stringContaining("too many nested"),
      });
    }
    const numbers = Array.from({ length: 200_000 }, (_, index) => index).join(",");
    expect(parseLiteral(`[${numbers}]`).ok).toBe(true);
    expect(parseLiteral(`{${numbers}}`).ok).toBe(true);
    expect(parseLiteral(`{${numbers.replaceAll(",", ":0,")}:0}`).ok).toBe(true);
    expect(parseLiteral("'a'".repeat(200_000)).ok).toBe(true);
  });
});

const scalar: fc.Arbitrary<PyValue> = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "\n", "\r", "n", "x", "\0", "é", "\ud800", "😀") }),
  fc.maxSafeInteger(),
  fc.bigInt().map(intValue),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(floatValue),
  fc.boolean(),
  fc.constant(null),
);
const { value: anyValue } = fc.letrec<{ value: PyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("value")),
    fc.array(tie("value")).map((items) => ({ $tuple: items })),
    fc.array(fc.tuple(scalar, tie("value"))).map(dictOf),
    fc.uniqueArray(scalar, { minLength: 1, selector: keyText }).map((members) => ({ $set: members })),
    fc.constant({ $repr: "Ellipsis" }),
  ),
}));

test("what repr writes is read back", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(read(repr(value))).toStrictEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("no text makes the reader throw", () => {
  const token = fc.constantFrom(
    ..."[](){}:,'\"\\\n\r\t #=-+.*xuUN0189_eEjJrbf é…",
    "True",
    "...",
    "'''",
    "0x",
    "\ud800",
  );
  fc.assert(
    fc.property(fc.array(token), (tokens) => {
      const text = tokens.join("");
      const literal = parseLiteral(text);
      if (!literal.ok) expect(literal.position).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2000 },
  );
});

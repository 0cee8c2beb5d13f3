import { expect, test } from "vitest";
import { attempt } from "../../src/python/attempt.ts";
import { digitsValue } from "../../src/python/date.ts";
import { dictAttribute, withEntry } from "../../src/python/entries.ts";
import { PythonError } from "../../src/python/error.ts";
import { present } from "../../src/python/present.ts";
import { lastItems } from "../../src/python/slice.ts";
import { joinTexts, lower } from "../../src/python/string.ts";

const raised = (compute: () => unknown) => {
  const result = attempt(compute);
  return result instanceof PythonError ? `${result.kind}: ${result.message}` : result;
};

test("an attempt keeps Python's exceptions and throws our own on", () => {
  expect(attempt(() => 7)).toBe(7);
  expect(raised(() => present(undefined, "it's"))).toBe('KeyError: "it\'s"');
  expect(present(0, "zero")).toBe(0);
  expect(() =>
    attempt(() => {
      throw new TypeError("the author's");
    }),
  ).toThrow(TypeError);
});

test("texts that are none", () => {
  expect(raised(() => lower(["a"]))).toBe("AttributeError: 'list' object has no attribute 'lower'");
  expect(raised(() => joinTexts(", ", ["a", "b"]))).toBe("a, b");
  expect(raised(() => joinTexts(", ", ["a", { $float: "1.0" }]))).toBe(
    "TypeError: sequence item 1: expected str instance, float found",
  );
  expect(raised(() => digitsValue("٣"))).toBe(3);
  expect(raised(() => digitsValue("²"))).toBe("ValueError: invalid literal for int() with base 10: '²'");
});

test("the last items, as items[-count:]", () => {
  const items = ["a", "b", "c"];
  const huge = "1".repeat(400);
  expect([2, 0, 3, 9, -1, -9].map((count) => lastItems(items, count).join(""))).toEqual([
    "bc",
    "abc",
    "abc",
    "abc",
    "bc",
    "",
  ]);
  expect(lastItems(items, { $int: huge })).toEqual(items);
  expect(lastItems(items, { $int: `-${huge}` })).toEqual([]);
  expect(raised(() => lastItems(items, { $float: "2.0" }))).toMatch(/^TypeError: slice indices must be integers/);
});

test("a dict kept as entries is set in place, and compared in any order", () => {
  type Entries = [number | { $float: string }, string][];
  const first: Entries = [[1, "one"]];
  const entries: Entries = withEntry(withEntry(first, 0, [1, "uno"]), -1, [2, "two"]);
  expect(first).toEqual([[1, "one"]]);
  expect(entries).toEqual([
    [1, "uno"],
    [2, "two"],
  ]);
  const { same, of } = dictAttribute((state: typeof entries) => state);
  expect(of(entries)).toEqual({
    $dict: [
      [1, "uno"],
      [2, "two"],
    ],
  });
  expect(same(entries, [[{ $float: "2.0" }, "two"], entries[0]!])).toBe(true);
  expect(same(entries, [entries[0]!])).toBe(false);
  expect(
    same(entries, [
      [1, "uno"],
      [3, "two"],
    ]),
  ).toBe(false);
});

import { expect, test } from "vitest";
import { dictOf, type PyValue, parseAssignments, parseJson, repr } from "../../src/python/index.ts";
import { readShared } from "../shared-data.ts";

test("reads a module of literals", () => {
  const source = `
"""What this module holds."""
import os
from typing import (
    Dict,  # a bracket keeps the line going
    List,
)

NAMES: List[str] = ['a', "b",
                    ...]   # a comment
TEXT = """one
two"""
TABLE : Dict[str, int]={"x": 5.0, '1': (True, None)}
NAMES_AGAIN = -5
TEXT = 'later'`;
  expect([...parseAssignments(source)]).toEqual([
    ["NAMES", ["a", "b", { $repr: "Ellipsis" }]],
    ["TEXT", "later"],
    [
      "TABLE",
      dictOf([
        ["x", { $float: "5.0" }],
        ["1", { $tuple: [true, null] }],
      ]),
    ],
    ["NAMES_AGAIN", -5],
  ]);
  expect(parseAssignments("").size).toBe(0);
  expect(parseAssignments("\ufeffA = 1\r\nB = 2\r\n").get("B")).toBe(2);
});

test.each([
  ["A = 1\nB = A\n", "line 2: only literal values are read: 'A' is a name; a string needs quotes: 'A'"],
  ["A = 1\n\ndef f():\n    pass", "line 3: only assignments of literals to names are read, 'def' is not assigned here"],
  ["A = 1\n  B = 2", "line 2: unexpected indent"],
  ["  A = 1", "line 1: unexpected indent"],
  ["A: int", "line 1: only assignments of literals to names are read, 'A' is not assigned here"],
  ["A.b = 1", "line 1: only assignments of literals to names are read, 'A' is not assigned here"],
  ["A = B = 1", "line 1: only literal values are read: 'B' is a name; a string needs quotes: 'B'"],
  ["A = 1; B = 2", "line 1: invalid character ';' (U+003B)"],
  ["A = [1,\n2,\n3", "line 1: '[' was never closed"],
  [
    "A = [1,\n2,\n__import__('os')]",
    "line 3: only literal values are read: '__import__(...)' is a nested call; call it first and pass its result",
  ],
  ["(A) = 1", "line 1: only assignments of literals to names are read"],
  ["A += 1", "line 1: only assignments of literals to names are read, 'A' is not assigned here"],
])("refuses %j", (source, message) => {
  expect(() => parseAssignments(source)).toThrow(message);
});

const longContext = readShared("bfcl/long_context.json");
test.skipIf(longContext === undefined)(
  "reads BFCL's long-context constants back from Python's spelling of them",
  () => {
    const constants = Object.entries(parseJson(longContext!) as { [name: string]: PyValue }).map(
      ([name, value]) => [name, withEllipsis(value)] as const,
    );
    const source = constants.map(([name, value]) => `${name} = ${repr(value)}\n`).join("\n");
    expect([...parseAssignments(source)]).toEqual(constants);
    expect(constants).toHaveLength(16);
  },
);

/** The JSON copy writes `...` as {"$ellipsis": true}. */
function withEllipsis(value: PyValue): PyValue {
  return Array.isArray(value)
    ? value.map((item) => (JSON.stringify(item) === '{"$dict":[["$ellipsis",true]]}' ? { $repr: "Ellipsis" } : item))
    : value;
}

import { expect, test } from "vitest";
import { tells } from "../../src/testing/lint-words.ts";

test.each([
  ["There is no such note; read a note that is there.", "a", false],
  ["A note isn't there.", "A", false],
  ["That isn't a title: 'list' shows the book's.", "t", false],
  ["'list' shows the book's.", "s", false],
  ["At most 3 of them may be named.", "3", false],
  ["Read the note 'a' first.", "a", true],
  ["Call read(a).", "a", true],
  ["Take locker B, which is free.", "B", true],
  ["It stands in row 3.", "3", true],
  ["Notes here: a, b, c.", "c", true],
  ["It stands in row 13.", "3", false],
  ["It is Emma that is lent.", "Emma", true],
])("%j tells %j: %s", (text, value, told) => {
  expect(tells(text, value)).toBe(told);
});

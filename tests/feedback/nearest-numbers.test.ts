import { expect, test } from "vitest";
import { nearestNumbers } from "../../src/feedback/nearest-numbers.ts";

test.each([
  [7, [1, 9, 100, 6], [6, 9, 1]],
  [-1, [0, 1, 2, 3], [0, 1, 2]],
  [5, [5, 6], [6]],
  [{ $float: "5.0" }, [5, 4], [4]],
  [5, [], []],
  [4, [3, 5], [3, 5]],
  [{ $float: "nan" }, [1, 2], [1, 2]],
  [{ $float: "inf" }, [1, 2], [1, 2]],
  [{ $int: `9${"0".repeat(400)}` }, [1, 2], [1, 2]],
  [1, [{ $int: "12345678901234567890" }, 2], [2, { $int: "12345678901234567890" }]],
])("near %j among %j: %j", (given, known, expected) => {
  expect(nearestNumbers(given, known)).toEqual(expected);
});

import { expect, test } from "vitest";
import { rowWriter, table } from "../../src/cli/table.ts";
import { percent } from "../../src/report/figure-text.ts";

test("the first column stands to the left, the others to the right", () => {
  expect(
    table(
      ["name", "count"],
      [
        ["a", "1"],
        ["longer", "1000000"],
      ],
    ),
  ).toBe("  name      count\n  a             1\n  longer  1000000");
});

test("rows come one by one where the widths are known", () => {
  const write = rowWriter([6, 4, 5], 2);
  expect([write(["a", "b", percent(0.5)]), write(["a", "b", percent(1)])]).toEqual([
    "  a       b     50.0%",
    "  a       b     100.0%",
  ]);
});

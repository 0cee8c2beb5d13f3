import { expect, test } from "vitest";
import { confusionOf, confusionTotals, type Probed, verdictOn } from "./confusion-table.ts";

const probed = (
  expected: Probed["expected"],
  reported: Probed["reported"],
  half: Probed["half"] = "tuning",
): Probed => ({
  ...{ name: "some", expected, reported, half },
});
const all = [
  probed(["lying-hints"], ["saturated", "lying-hints"]),
  probed(["gameable-reward", "saturated"], ["saturated"]),
  probed(["unlearnable"], ["saturated"], "reporting"),
  probed(["unlearnable"], [], "reporting"),
  probed([], ["unlearnable"]),
  probed([], []),
  probed([], [], "reporting"),
];

test("a report is right where one of its kinds names the mistake", () => {
  expect(all.map(verdictOn)).toEqual([
    ...["right kind", "right kind", "another kind", "missed"],
    ...["false alarm", "rightly silent", "rightly silent"],
  ]);
});

test("some problem on a bad one is counted apart from the right one", () => {
  expect(confusionOf(all)).toEqual({
    ...{ truePositives: 3, falseNegatives: 1, falsePositives: 1, trueNegatives: 2 },
    rightKind: 2,
  });
});

test("halves are counted each and together", () => {
  expect(confusionTotals(all).split("\n").slice(2)).toEqual([
    "| tuning | 2 of 2 | 2 of 2 | 1 of 2 |",
    "| reporting | 1 of 2 | 0 of 2 | 0 of 1 |",
    "| both | 3 of 4 | 2 of 4 | 1 of 3 |",
  ]);
});

test("the fresh ones are counted by themselves", () => {
  const fresh = [probed(["lying-hints"], ["lying-hints"], "fresh"), probed([], [], "fresh")];
  expect(
    confusionTotals([...all, ...fresh])
      .split("\n")
      .slice(4),
  ).toEqual(["| both | 3 of 4 | 2 of 4 | 1 of 3 |", "| fresh | 1 of 1 | 1 of 1 | 0 of 1 |"]);
});

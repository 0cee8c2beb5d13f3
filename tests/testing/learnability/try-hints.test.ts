import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/seeded-random.ts";
import type { Hint } from "../../../src/feedback/hint.ts";
import { advisedSteps, type Reading } from "../../../src/testing/learnability/advised-steps.ts";
import { Arena } from "../../../src/testing/learnability/arena.ts";
import { tryHints } from "../../../src/testing/learnability/try-hints.ts";
import { kettle } from "./planted/environments/kettle.ts";
import { planted } from "./planted/index.ts";

const failed = { tool: "heat_to", args: { degrees: 80 } };
const steps = (text: string, suggestion: Hint["suggestion"] = {}, reading: Reading = "whole") =>
  advisedSteps({ level: "direct", text, suggestion }, failed, kettle, { reading, random: seededRandom("steps") });

describe("what a hint says to do", () => {
  test("a value is tried in the failed call", () => {
    const advice = { argument: "degrees", values: [90] };
    expect(steps("Try 90.", advice)).toEqual([{ call: { tool: "heat_to", args: { degrees: 90 } } }]);
    expect(steps("Try 90.", advice, "withoutValues")).toEqual([]);
  });

  test("a tool that is named is called, or another in its place", () => {
    const fitting = (reading: Reading) => {
      const [step] = steps("Call 'close_lid'.", { tools: ["close_lid"] }, reading);
      return Object.keys(kettle.tools).filter((tool) => step && "fits" in step && step.fits({ tool, args: {} }));
    };
    expect(fitting("whole")).toEqual(["close_lid"]);
    expect(fitting("otherTools")).not.toContain("close_lid");
    expect(fitting("otherTools").length).toBeGreaterThan(0);
  });

  test.each([
    ["Do the same once more, with the same arguments.", true],
    ["Try again.", true],
    ["Close the lid first, then try again.", false],
    ["Try again with another temperature.", false],
    ["The same call failed in the same way 1 call ago; change something first.", false],
    ["It is too hot.", false],
  ])("%s", (text, isSame) => {
    expect(steps(text)).toEqual(isSame ? [{ call: failed }] : []);
  });
});

const difference = (name: string, control: "ignored" | "withoutValues" | "otherTools") => {
  const tried = tryHints(new Arena(planted[name]!.make()), 0).filter((one) => one[control] !== undefined);
  expect(tried.length).toBeGreaterThan(100);
  return tried.reduce((sum, one) => sum + one.obeyed - one[control]!, 0) / tried.length;
};

test("who does as true hints say mends more failed calls, and fewer by hints that lie", () => {
  expect(difference("kettle", "otherTools")).toBeGreaterThan(0.05);
  expect(difference("kettle with its lids mixed up", "otherTools")).toBeLessThan(-0.05);
  expect(difference("elevator", "ignored")).toBeGreaterThan(0.05);
  expect(difference("elevator counted from one", "withoutValues")).toBeLessThan(-0.05);
  expect(difference("vending machine once more", "ignored")).toBeLessThan(-0.05);
});

import { expect, test } from "vitest";
import { adviceOnUnmet } from "../../src/feedback/all-unmet.ts";

const door = {
  condition: "the door is open",
  now: "it is shut",
  way: "Open the door.",
  call: "'open' with the key",
  tools: ["open"],
};
const shelf = {
  condition: "'number' is a shelf's",
  now: "9 is none",
  way: "For 'number', try 3.",
  call: "'list'",
  tools: ["list", "open"],
  argument: "number",
  values: [3],
};

test("all conditions are told at once, in order, and each tool is named once", () => {
  expect(adviceOnUnmet([door, shelf], "Nothing was taken.")).toEqual({
    diagnose: "Nothing was taken. Not met: the door is open (it is shut); 'number' is a shelf's (9 is none).",
    guide: "Open the door. For 'number', try 3.",
    direct: "Call 'open' with the key, then 'list'.",
    unmet: ["the door is open", "'number' is a shelf's"],
    tools: ["open", "list"],
  });
});

test("only a condition that is noticed first has a value to try, for with it unmet another value changes nothing", () => {
  expect(adviceOnUnmet([shelf, door])).toMatchObject({ argument: "number", values: [3] });
  expect(adviceOnUnmet([door, shelf])).not.toHaveProperty("values");
  expect(adviceOnUnmet([{ condition: "it is Monday", now: "it is Sunday", way: "Wait." }])).toEqual({
    diagnose: "Not met: it is Monday (it is Sunday).",
    guide: "Wait.",
    direct: "",
    unmet: ["it is Monday"],
    tools: [],
  });
});

import { describe, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import type { Call } from "../../src/core/call.ts";
import { grade } from "../../src/grading/grade.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import type { Goal } from "../../src/task/goal.ts";
import { parseTasks } from "../../src/task/load.ts";
import { problemText } from "../../src/task/problem.ts";
import { Task } from "../../src/task/task.ts";

const call = (tool: string, args: Record<string, unknown>): Call => ({ tool, args });
const start = (line_id: string) => call("start_return", { order_id: "1001", line_id, quantity: 1, reason: "unwanted" });
const receive = call("receive_return", { return_id: "R1001-1", condition: "sealed" });
const refund = (to: string) => call("refund_return", { return_id: "R1001-1", to });
const goodwill = call("give_goodwill", { order_id: "1001", amount_cents: 500 });
const look = call("get_order", { order_id: "1001" });
const witness = [look, start("1"), receive, refund("V1")];

const goal: Goal = {
  reach: [
    { path: "ShopAPI/returns/R1001-1/refunded_to", oneOf: ["V1", "store_credit"] },
    { tool: "get_order", args: { order_id: "1001" } },
  ],
  avoid: [
    { path: "ShopAPI/returns/R1001-3", exists: true },
    { tool: "exchange_return", ok: false },
  ],
  mayChange: ["ShopAPI/orders/1001/*", "ShopAPI/products/LAMP/stock", "ShopAPI/customers/C1/store_credit_cents"],
};

const goodwillGoal: Goal = {
  reach: [{ path: "ShopAPI/orders/1001/goodwill_cents", equals: 500 }],
  mayChange: ["ShopAPI/customers/C1/store_credit_cents"],
};

const line = (turns: unknown, config: object = { verified: ["C1"] }) => ({
  ...{ id: "t", family: "t", category: "base", environments: ["ShopAPI"], config: { ShopAPI: config } },
  turns,
});

function graded(made: readonly Call[], changed: Partial<Goal> = {}) {
  const turns = [{ user: "Refund the lamp.", groundTruth: witness, goal: { ...goal, ...changed } }];
  const truth = replayGroundTruth(Task.parse(line(turns)), environmentOf(["ShopAPI"]));
  const {
    valid,
    failure,
    turns: [turn],
  } = grade(truth, [made.map((one) => [one])], profiles.strict);
  return { valid, failure: failure && [failure.type, failure.message], turn };
}
const passed = { valid: true, failure: undefined, turn: { state: true, response: true, passed: true } };

describe("a turn with a goal passes", () => {
  test.each([
    ["by its witness", witness],
    ["by the other right way", [look, start("1"), receive, refund("store_credit")]],
    [
      "in another order, with failures and look-ups on the way",
      [refund("V1"), start("1"), receive, refund("P2"), refund("V1"), look],
    ],
  ])("%s", (_, made) => expect(graded(made)).toEqual(passed));

  test("by what was looked up in an earlier turn", () => {
    const turns = [
      { user: "Show it.", groundTruth: [look], goal: { reach: [{ tool: "get_order" }] } },
      { user: "Refund the lamp.", groundTruth: witness.slice(1), goal },
    ];
    const truth = replayGroundTruth(Task.parse(line(turns)), environmentOf(["ShopAPI"]));
    expect(grade(truth, [[[look]], [witness.slice(1)]], profiles.strict)).toMatchObject({ valid: true, progress: 1 });
  });
});

test("what was looked up in an earlier turn counts no longer once its answer would be another", () => {
  const wallet = call("get_wallet", { customer_id: "C1" });
  const turns = [
    { user: "What does she have?", groundTruth: [wallet], goal: { reach: [{ tool: "get_wallet" }] } },
    { user: "Give her 5.00 for the delay.", groundTruth: [goodwill], goal: { ...goodwillGoal } },
    { user: "What does she have now?", groundTruth: [wallet], goal: { reach: [{ tool: "get_wallet" }] } },
  ];
  const truth = replayGroundTruth(Task.parse(line(turns)), environmentOf(["ShopAPI"]));
  const passes = (...made: Call[][]) =>
    grade(
      truth,
      made.map((calls) => calls.map((one) => [one])),
      profiles.strict,
    ).turns.map(({ passed }) => passed);
  expect(passes([wallet], [goodwill], [wallet])).toEqual([true, true, true]);
  expect(passes([wallet], [goodwill], [look])).toEqual([true, true, false]);
  expect(passes([wallet], [goodwill, wallet], [look])).toEqual([true, true, true]);
});

describe("a turn with a goal fails", () => {
  test.each([
    [
      "where something is not reached",
      [look, start("1"), receive],
      "envtune:goal_missed",
      'Turn 0: this was not reached: ShopAPI/returns/R1001-1/refunded_to is one of "V1", "store_credit".',
    ],
    [
      "where a call is missing",
      witness.slice(1),
      "envtune:goal_missed",
      'Turn 0: this was not reached: get_order(order_id="1001") called with success.',
    ],
    [
      "where something else changed",
      [...witness, call("verify_customer", { customer_id: "C2", postcode: "50667" })],
      "envtune:collateral",
      'Turn 0: this should not have changed: ShopAPI/verified/1: nothing -> "C2".',
    ],
    [
      "where a call that must not be was made",
      [...witness, call("exchange_return", { return_id: "R1", sku: "LAMP" })],
      "envtune:minefield",
      "Turn 0: this must not be: exchange_return() called and failed.",
    ],
    ["where nothing was called", [], "multi_turn:empty_turn_model_response", "Turn 0: the model called nothing."],
  ])("%s", (_, made, type, message) =>
    expect(graded(made)).toMatchObject({ valid: false, failure: [type, message], turn: { passed: false } }),
  );

  test("where what must not be was so for a moment, even if it was undone", () => {
    const avoid = [{ path: "ShopAPI/products/LAMP/stock", atLeast: 7 }];
    const again = [start("1"), receive, call("exchange_return", { return_id: "R1001-1", sku: "LAMP" }), look];
    const reach = [{ path: "ShopAPI/returns/R1001-1/status", equals: "exchanged" }];
    expect(graded(again, { reach })).toMatchObject({ valid: true });
    expect(graded(again, { reach, avoid })).toMatchObject({
      valid: false,
      failure: ["envtune:minefield", expect.anything()],
    });
  });

  test("where an allowed change is named no longer", () => {
    expect(graded([...witness, goodwill])).toEqual(passed);
    expect(graded([...witness, goodwill], { mayChange: goal.mayChange!.slice(0, 2) })).toMatchObject({
      failure: [
        "envtune:collateral",
        "Turn 0: this should not have changed: ShopAPI/customers/C1/store_credit_cents: 0 -> 500.",
      ],
    });
  });
});

test("conditions are of many kinds, and any one of several may do", () => {
  const hold = (...reach: Goal["reach"]) => graded(witness, { reach }).turn!.passed;
  const at = (path: string, expectation: object) =>
    ({ path: `ShopAPI/${path}`, ...expectation }) as Goal["reach"][number];
  const allowed = at("returns/R1001-1/status", { exists: true });
  for (const [path, right, wrong] of [
    ["orders/1001/refunded_cents", { atLeast: 4500, atMost: 4500 }, { atLeast: 4501 }],
    ["orders/1001/refunded_cents", { equals: 4500 }, { atMost: 4499 }],
    ["verified", { contains: "C1" }, { contains: "C2" }],
    ["customers/C1/email", { contains: "@post" }, { contains: "@mail" }],
    ["returns/R1001-2", { exists: false }, { exists: true }],
    ["returns/*/status", { equals: "refunded" }, { equals: "received" }],
    ["returns/R9/status", { exists: false }, { equals: "received" }],
  ] as const) {
    expect(hold(allowed, at(path, right)), path).toBe(true);
    expect(hold(allowed, at(path, wrong)), path).toBe(false);
  }
  const never = { tool: "cancel_line" };
  expect(hold(allowed, { anyOf: [never, { tool: "get_order" }] })).toBe(true);
  expect(hold(allowed, { anyOf: [never, { path: "ShopAPI/returns/R7", exists: true }] })).toBe(false);
  expect(hold(allowed, { tool: "start_return", args: { line_id: "1", quantity: 1 } })).toBe(true);
  expect(hold(allowed, { tool: "start_return", args: { line_id: "2" } })).toBe(false);
});

test("what is wrong with a goal is said when it is loaded, at its place", () => {
  const problems = (turns: unknown) =>
    parseTasks(JSON.stringify(line(turns)), { environmentOf, file: "f" }).problems.map(problemText);
  const turn = { user: "u", groundTruth: [look] };
  const withGoal = (changed: object) => [{ ...turn, goal: { reach: [{ tool: "get_order" }], ...changed } }];
  expect(problems(withGoal({}))).toEqual([]);
  expect(problems(withGoal({ reach: [{ path: "ShopAPI/order/1001", exists: true }] }))).toEqual([
    "f:1: turns[0].goal.reach[0].path: 'ShopAPI' has no public attribute 'order'; did you mean 'orders'?",
  ]);
  expect(
    problems(withGoal({ avoid: [{ anyOf: [{ path: "Shop/orders/1", exists: true }, { tool: "get_orders" }] }] })),
  ).toEqual([
    "f:1: turns[0].goal.avoid[0].anyOf[0].path: the task does not run in 'Shop'; there are ShopAPI",
    "f:1: turns[0].goal.avoid[0].anyOf[1].tool: no tool is named 'get_orders'; did you mean 'get_order'?",
  ]);
  expect(
    problems(withGoal({ reach: [{ tool: "get_order", args: { id: "1001" } }], mayChange: ["ShopAPI/managerPin"] })),
  ).toEqual([
    "f:1: turns[0].goal.reach[0].args.id: 'get_order' has no argument 'id'; there are order_id",
    expect.stringContaining(
      "f:1: turns[0].goal.mayChange[0]: 'ShopAPI' has no public attribute 'managerPin'; there are today",
    ),
  ]);
  expect(problems(withGoal({ reach: [{ path: "ShopAPI/orders/1001", equal: 1 }] }))).toContain(
    "f:1: turns[0].goal.reach[0].equal: no such field; remove it or correct its name",
  );
  const deep = "'**' stands for all below at the end of a path in mayChange alone; write '*' for one part";
  expect(problems(withGoal({ avoid: [{ path: "ShopAPI/returns/**", exists: true }] }))).toEqual([
    `f:1: turns[0].goal.avoid[0].path: ${deep}`,
  ]);
  expect(problems(withGoal({ mayChange: ["ShopAPI/**/stock", "ShopAPI/products/**"] }))).toEqual([
    `f:1: turns[0].goal.mayChange[0]: ${deep}`,
  ]);
  expect(problems(withGoal({ reach: [{ path: "ShopAPI/orders/1001" }] }))[0]).toContain(
    "turns[0].goal.reach[0]: a path needs one of equals",
  );
  expect(problems(withGoal({ reach: [] }))[0]).toContain("turns[0].goal.reach");
  expect(problems([{ ...withGoal({})[0], groundTruth: [] }])[0]).toContain("turns[0].goal: a goal needs a witness");
  expect(problems([...withGoal({}), turn])).toEqual([
    "f:1: turns[1].goal: missing; after the goal of turns[0] there is more than one right state, so this turn needs a goal too",
  ]);
});

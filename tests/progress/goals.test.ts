import { expect, test } from "vitest";
import { turnFeedback } from "../../src/feedback/turn-feedback.ts";
import { goalMilestones } from "../../src/progress/goal-milestones.ts";
import { milestoneReward } from "../../src/progress/milestones.ts";
import { rewards } from "../../src/progress/reward-spec.ts";
import { shareOfChanges } from "../../src/progress/turn-checker.ts";
import { turnShortfall } from "../../src/progress/turn-shortfall.ts";
import { Task } from "../../src/task/task.ts";
import { assessed, calls, done } from "./played.ts";

type Made = [tool: string, args?: Record<string, unknown>];
const start = (line_id: string): Made => [
  "start_return",
  { order_id: "1001", line_id, quantity: 1, reason: "unwanted" },
];
const receive: Made = ["receive_return", { return_id: "R1001-1", condition: "sealed" }];
const refund = (to: string): Made => ["refund_return", { return_id: "R1001-1", to }];
const wallet: Made = ["get_wallet", { customer_id: "C1" }];
const written = (made: readonly Made[]) => made.map(([tool, args]) => ({ tool, args }));

/** Take a lamp back, then refund it, either way; the radio's customer must be left alone. */
const task = Task.parse({
  ...{ id: "goals", family: "goals", category: "base", environments: ["ShopAPI"] },
  config: { ShopAPI: { verified: ["C1"] } },
  turns: [
    {
      user: "Take the lamp back.",
      groundTruth: written([start("1"), receive]),
      goal: {
        reach: [
          { path: "ShopAPI/returns/R1001-1/status", equals: "received" },
          { path: "ShopAPI/returns/R1001-1/condition", equals: "sealed" },
        ],
        avoid: [{ path: "ShopAPI/orders/1001/lines/3/cancelled", equals: true }],
        mayChange: ["ShopAPI/products/LAMP/stock"],
      },
    },
    {
      user: "Refund it, and tell me what she has.",
      groundTruth: written([refund("V1"), wallet]),
      goal: {
        reach: [
          { path: "ShopAPI/returns/R1001-1/refunded_to", oneOf: ["V1", "store_credit"] },
          { tool: "get_wallet", args: { customer_id: "C1" } },
        ],
        mayChange: ["ShopAPI/returns/R1001-1/*", "ShopAPI/orders/1001/*", "ShopAPI/customers/C1/store_credit_cents"],
      },
    },
  ],
});
const right = [calls(start("1"), receive), done, calls(refund("store_credit"), wallet), done];
const codes = (episode: ReturnType<typeof assessed>) =>
  episode.turns.map(({ reasons }) => reasons().map(({ code }) => code));
const scores = (episode: ReturnType<typeof assessed>) =>
  Object.fromEntries(
    (["progress", "binary", "bfcl", "stateProgress"] as const).map((name) => [
      name,
      rewards[name].score(episode).value,
    ]),
  );

test("a right way that is not the witness's is worth everything, under every reward of states", () => {
  const episode = assessed(task, right);
  expect(scores(episode)).toEqual({ progress: 1, binary: 1, bfcl: 1, stateProgress: 1 });
  expect(milestoneReward(goalMilestones(episode.truth)).score(episode).value).toBe(1);
  expect(codes(episode)).toEqual([[], []]);
  expect(episode.turns.flatMap((turn) => turn.differences())).toEqual([]);
});

test("what is missed is named, and what was reached counts in part", () => {
  const episode = assessed(task, [calls(start("1")), done, calls(wallet), done]);
  expect(codes(episode)).toEqual([["goalMissed"], ["goalMissed"]]);
  const [first, second] = episode.turns;
  expect(first!.reasons()[0]).toEqual({
    code: "goalMissed",
    message: 'Not reached: ShopAPI/returns/R1001-1/status is "received"; ShopAPI/returns/R1001-1/condition is "sealed"',
    changes: [
      { path: "ShopAPI/returns/R1001-1/status", from: "label_issued", to: "received" },
      { path: "ShopAPI/returns/R1001-1/condition", from: null, to: "sealed" },
    ],
  });
  expect([first!.state, first!.response, second!.state, second!.response]).toEqual([0, 1, 0, 1]);
  // Nothing of two; one of two.
  expect(rewards.stateProgress.score(episode)).toMatchObject({ value: 0.25, turns: [0, 0.5] });
  expect(shareOfChanges(second!, episode.truth.environment)).toBe(0);
  // Both milestones of the first turn are missed, and one of two conditions of the second holds.
  expect(milestoneReward(goalMilestones(episode.truth)).score(episode).value).toBe(0.25);
});

test("a minefield and collateral each give a reason, cost their turn, and empty the milestones", () => {
  const cancel: Made = ["cancel_line", { order_id: "1001", line_id: "3" }];
  const credit: Made = ["give_goodwill", { order_id: "1001", amount_cents: 100 }];
  const stepped = assessed(task, [calls(start("1"), receive, cancel), done, ...right.slice(2)]);
  expect(codes(stepped)).toEqual([["minefield", "collateral"], []]);
  expect(stepped.turns[0]!.reasons()[0]!.message).toBe(
    "What must not be came to be: ShopAPI/orders/1001/lines/3/cancelled is true",
  );
  expect(rewards.stateProgress.score(stepped).turns).toEqual([0, 1]);
  expect(milestoneReward(goalMilestones(stepped.truth)).score(stepped)).toMatchObject({
    value: 0,
    parts: { minefield: 1 },
  });
  const generous = assessed(task, [calls(start("1"), receive, credit), done, ...right.slice(2)]);
  expect(codes(generous)).toEqual([["collateral"], []]);
  expect(generous.turns[0]!.reasons()[0]!.changes).toEqual([
    { path: "ShopAPI/customers/C1/store_credit_cents", from: 100, to: 0 },
    { path: "ShopAPI/orders/1001/goodwill_cents", from: 100, to: 0 },
  ]);
});

test("a condition that held and was broken costs its share, as any other damage does", () => {
  const [first, second] = task.turns;
  const kept = { path: "ShopAPI/orders/1001/lines/3/cancelled", equals: false };
  const goal = { ...first!.goal!, reach: [...first!.goal!.reach, kept], avoid: [] };
  const cancel: Made = ["cancel_line", { order_id: "1001", line_id: "3" }];
  const mayChange = [...goal.mayChange!, "ShopAPI/orders/1001/*", "ShopAPI/products/SCARF/stock"];
  const careful = { ...task, turns: [{ ...first!, goal: { ...goal, mayChange } }, second!] };
  const episode = assessed(careful, [calls(start("1"), receive, cancel), done, ...right.slice(2)]);
  expect(episode.turns[0]!.score).toBe(0);
  // Both conditions that did not hold were reached, one that did was broken.
  expect(rewards.stateProgress.score(episode).turns).toEqual([0.5, 1]);
  expect(turnShortfall(episode.turns[0]!, episode.truth.environment)).toMatchObject({
    unchanged: false,
    changedOtherwise: true,
  });
  expect(codes(episode)[0]).toEqual(["goalMissed", "collateral"]);
});

test("turn feedback says what kind of thing is amiss, and nothing of the goal", () => {
  const said = (...made: readonly Made[]) => {
    const { turns, truth } = assessed(task, [made.length > 0 ? calls(...made) : done, done]);
    return turnFeedback(turnShortfall(turns[0]!, truth.environment), "direct");
  };
  const cancel: Made = ["cancel_line", { order_id: "1001", line_id: "3" }];
  const texts = [said(), said(["get_order", { order_id: "1001" }]), said(start("1"), cancel)];
  const opening = "The request before this one was not fulfilled when you ended the turn.";
  expect(texts).toEqual([
    `${opening} It needed tools, and none was called. It concerns ShopAPI.`,
    `${opening} Something that had to be changed was left as it was. It concerns ShopAPI.`,
    `${opening} Something was changed in another way than it should have been. It concerns ShopAPI.`,
  ]);
  expect(said(start("1"), receive)).toBeUndefined();
  for (const text of texts) expect(text).not.toMatch(/R1001|received|cancelled|return/);
});

test("the milestones of a task without goals are an author's mistake", () => {
  const plain = { ...task, turns: task.turns.map(({ goal: _, ...turn }) => turn) };
  expect(() => goalMilestones(assessed(plain, right).truth)).toThrow("goals: no turn has a goal to make milestones of");
});

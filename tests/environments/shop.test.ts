import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { shop } from "../../environments/shop/index.ts";
import { policy } from "../../environments/shop/policy.ts";
import { TaskTurn } from "../../src/task/task.ts";
import { checkLaws } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";

type Made = readonly [tool: string, args: Record<string, unknown>];
type Config = Parameters<typeof shop.init>[0];

/** The outcomes of calls, one after the other: a value, or the code of a failure. */
function play(config: Config, ...calls: readonly Made[]) {
  let state = shop.init(config);
  const outcomes = calls.map(([tool, args]) => {
    const step = shop.step(state, { tool, args });
    state = step.state;
    return step.outcome.ok ? (step.outcome.value as any) : step.outcome.error.code;
  });
  return { state, outcomes, last: outcomes.at(-1) };
}
const both = { verified: ["C1", "C2"] };
const start = (order_id: string, line_id: string, reason = "unwanted", quantity = 1): Made => [
  "start_return",
  { order_id, line_id, quantity, reason },
];
const receive = (return_id: string, condition: string): Made => ["receive_return", { return_id, condition }];
const refund = (return_id: string, to: string): Made => ["refund_return", { return_id, to }];
const exchange = (return_id: string, sku: string): Made => ["exchange_return", { return_id, sku }];

test("obeys the laws, on an ordinary day and with a long history", () => {
  checkLaws(shop, lawCases.shop);
});

describe("the policy", () => {
  test("can be read topic by topic", () => {
    for (const [topic, text] of Object.entries(policy))
      expect(play({}, ["read_policy", { topic }]).last).toEqual({ topic, text });
    expect(play({}, ["read_policy", { topic: "prices" }]).last).toBe("unknownTopic");
  });

  test("nothing is changed for a customer whose postcode was not checked", () => {
    for (const call of [
      start("1001", "1"),
      ["cancel_whole_order", { order_id: "1003" }],
      ["cancel_line", { order_id: "1001", line_id: "3" }],
      ["give_goodwill", { order_id: "1001", amount_cents: 100 }],
    ] as const)
      expect(play({}, call).last, call[0]).toBe("notVerified");
    const checked: Made = ["verify_customer", { customer_id: "C1", postcode: "2 0457" }];
    expect(play({}, checked, start("1001", "1")).last).toMatchObject({ return_id: "R1001-1" });
    expect(play({}, ["verify_customer", { customer_id: "C1", postcode: "20458" }]).last).toBe("wrongPostcode");
  });

  test("days run by category from the delivery of the line's own shipment, and the last day counts", () => {
    for (const [today, expected] of [
      ["2025-03-19", { return_id: "R1002-2" }],
      ["2025-03-20", "windowClosed"],
    ] as const) {
      const { last } = play({ ...both, today }, start("1002", "2"));
      if (typeof expected === "string") expect(last, today).toBe(expected);
      else expect(last, today).toMatchObject(expected);
    }
    expect(play({ ...both, today: "2025-09-01" }, start("1002", "2", "faulty")).last).toMatchObject({
      return_id: "R1002-2",
    });
    expect(play({ ...both, today: "2025-09-02" }, start("1002", "2", "faulty")).last).toBe("windowClosed");
  });

  test.each([
    ["electronics", "2025-03-28"],
    ["books", "2025-04-04"],
    ["clothing", "2025-04-13"],
    ["home", "2025-05-13"],
  ])("an unwanted item of %s comes back until %s after its delivery on 2025-03-14", (category, lastDay) => {
    const products = { A: { name: "A", category: category as "home", price_cents: 999, stock: 1 } };
    const shipments = { S1: { status: "delivered" as const, delivered_on: "2025-03-14" } };
    const lines = { "1": { sku: "A", quantity: 1, paid_with: "V1", shipment: "S1" } };
    const dates = { placed_on: "2025-03-01", promised_on: "2025-03-14" };
    const orders = { "7": { customer_id: "C1", ...dates, shipments, lines } };
    const on = (today: string) => play({ ...both, products, orders, today }, start("7", "1")).last;
    expect(on(lastDay)).toMatchObject({ return_id: "R7-1" });
    expect(on(new Date(Date.parse(lastDay) + 86_400_000).toISOString().slice(0, 10))).toBe("windowClosed");
  });

  test("an exchange costs no more, and an unwanted item must be sealed for it", () => {
    const opened = [start("1001", "1"), receive("R1001-1", "opened")];
    expect(play(both, ...opened, exchange("R1001-1", "SCARF")).last).toBe("notAsNew");
    const sealed = [start("1001", "1"), receive("R1001-1", "sealed")];
    expect(play(both, ...sealed, exchange("R1001-1", "RADIO")).last).toBe("dearer");
    expect(play(both, ...sealed, exchange("R1001-1", "SCARF")).last).toMatchObject({ refund_cents: 1900 });
  });

  test("faulty goods are not given out again, though their parcel is sealed", () => {
    expect(play(both, start("1001", "1", "faulty"), receive("R1001-1", "sealed")).last.restocked).toBe(0);
    expect(play(both, start("1001", "1", "wrong_item"), receive("R1001-1", "sealed")).last.restocked).toBe(1);
  });

  test("a fee is rounded to whole cents", () => {
    const products = { A: { name: "A", category: "electronics" as const, price_cents: 1111, stock: 1 } };
    const shipments = { S1: { status: "delivered" as const, delivered_on: "2025-03-14" } };
    const lines = { "1": { sku: "A", quantity: 1, paid_with: "V1", shipment: "S1" } };
    const orders = {
      "7": { customer_id: "C1", placed_on: "2025-03-01", promised_on: "2025-03-14", shipments, lines },
    };
    const { last } = play(
      { ...both, products, orders },
      start("7", "1"),
      receive("R7-1", "opened"),
      refund("R7-1", "V1"),
    );
    expect(last).toMatchObject({ fee_cents: 167, refund_cents: 944 });
  });

  test("final sale comes back only if faulty, and what a gift card paid goes back to it alone", () => {
    expect(play(both, start("1001", "2")).last).toBe("finalSale");
    const back = [start("1001", "2", "faulty"), receive("R1001-2", "opened")];
    expect(play(both, ...back, refund("R1001-2", "store_credit")).last).toBe("giftCardOnly");
    const { last, state } = play(both, ...back, refund("R1001-2", "G1"));
    expect(last).toEqual({ return_id: "R1001-2", refund_cents: 1800, fee_cents: 0, refunded_to: "G1" });
    expect(state.methods.G1!.balance_cents).toBe(500 + 1800);
  });

  test("opened items bear a fee, spoilt ones get nothing, and money goes to the payer or to store credit", () => {
    const opened = [start("1001", "1", "unwanted", 2), receive("R1001-1", "opened")];
    expect(play(both, ...opened, refund("R1001-1", "P2")).last).toBe("otherMethod");
    const { last, state } = play(both, ...opened, refund("R1001-1", "store_credit"));
    expect(last).toMatchObject({ refund_cents: 8100, fee_cents: 900 });
    expect(state.customers.C1!.store_credit_cents).toBe(8100);
    expect(state.orders["1001"]).toMatchObject({ kept_cents: 13400 - 8100, credited_cents: 8100, refunded_cents: 0 });
    const spoilt = [start("1001", "1"), receive("R1001-1", "damaged"), refund("R1001-1", "V1")] as const;
    expect(play(both, ...spoilt).last).toBe("spoilt");
  });

  test("above the limit a manager approves, whose PIN is in no public attribute", () => {
    const back = [start("1002", "1"), receive("R1002-1", "sealed")];
    expect(play(both, ...back, refund("R1002-1", "P2")).last).toBe("approvalNeeded");
    const approve = (manager_pin: string): Made => ["approve_return", { return_id: "R1002-1", manager_pin }];
    expect(play(both, ...back, approve("0000")).last).toBe("wrongPin");
    expect(play(both, ...back, approve("4711"), refund("R1002-1", "P2")).last).toMatchObject({ refund_cents: 32000 });
    expect(shop.canonical(shop.init({}))).not.toContain("4711");
  });
});

describe("tools change each other's results", () => {
  test("an order shows what became of its lines, and a line is given back once", () => {
    const show: Made = ["get_order", { order_id: "1001" }];
    const { outcomes } = play(
      both,
      show,
      start("1001", "1"),
      show,
      receive("R1001-1", "sealed"),
      refund("R1001-1", "V1"),
      show,
    );
    const states = outcomes.filter((value) => value.lines).map(({ state, lines }) => [state, lines[0].state]);
    expect(states).toEqual([
      ["partly shipped", "delivered"],
      ["return under way", "return label issued"],
      ["partly shipped", "refunded"],
    ]);
    expect(play(both, start("1001", "1"), start("1001", "1")).last).toBe("notDelivered");
    const done = [start("1001", "1"), receive("R1001-1", "sealed"), refund("R1001-1", "V1")];
    expect(play(both, ...done, refund("R1001-1", "V1")).last).toBe("alreadySettled");
    expect(play(both, ...done, exchange("R1001-1", "SCARF")).last).toBe("alreadySettled");
  });

  test("sealed goods are back in stock, so that they can be given out again", () => {
    const products = { ...stock("LAMP", 0), ...stock("RADIO", 0) };
    const config = { ...both, products };
    const bowl = [start("1002", "2", "faulty"), receive("R1002-2", "opened")];
    expect(play(config, ...bowl, exchange("R1002-2", "LAMP")).last).toBe("outOfStock");
    const lamp = [start("1001", "1"), receive("R1001-1", "sealed")];
    const { last, state } = play(config, ...lamp, ...bowl, exchange("R1002-2", "LAMP"));
    expect(last).toMatchObject({ replacement_sku: "LAMP", refund_cents: 8900 - 4500, refunded_to: "P2" });
    expect(state.products.LAMP!.stock).toBe(0);
  });

  test("lines that have not left can be cancelled one by one, the order as a whole only before the first", () => {
    expect(play(both, ["cancel_whole_order", { order_id: "1001" }]).last).toBe("alreadyShipped");
    const line: Made = ["cancel_line", { order_id: "1001", line_id: "3" }];
    expect(play(both, line).last).toMatchObject({ refund_cents: 2600, refunded_to: "V1" });
    expect(play(both, line, line).last).toBe("lineCancelled");
    const whole = play(both, ["cancel_whole_order", { order_id: "1003" }]);
    const single = play(both, ["cancel_line", { order_id: "1003", line_id: "1" }]);
    expect(shop.same(whole.state, single.state)).toBe(true);
  });

  test("goodwill is for late orders, once, up to a limit", () => {
    const give = (order_id: string, amount_cents: number): Made => ["give_goodwill", { order_id, amount_cents }];
    expect(play(both, give("1003", 100)).last).toBe("notLate");
    expect(play(both, give("1001", 1001)).last).toBe("overLimit");
    expect(play(both, give("1001", 1000)).last).toMatchObject({ goodwill_cents: 1000, store_credit_cents: 1000 });
    expect(play(both, give("1001", 400), give("1001", 400)).last).toBe("alreadyGiven");
  });
});

function stock(sku: string, amount: number) {
  const product = { LAMP: ["Lamp", "home", 4500], RADIO: ["Radio", "electronics", 8900] }[sku]!;
  const [name, category, price_cents] = product as [string, "home", number];
  return {
    [sku]: { name, category, price_cents, stock: amount, final_sale: false },
    SHADE: { name: "Shade", category: "home" as const, price_cents: 1800, stock: 0, final_sale: true },
    SCARF: { name: "Scarf", category: "clothing" as const, price_cents: 2600, stock: 1, final_sale: false },
    CAMERA: { name: "Camera", category: "electronics" as const, price_cents: 32000, stock: 1, final_sale: false },
    ATLAS: { name: "Atlas", category: "books" as const, price_cents: 1400, stock: 1, final_sale: false },
  };
}

test("two customers of one name are told apart by address", () => {
  const customers = {
    C1: { name: "Ada Moss", email: "a@moss.example", postcode: "1" },
    C2: { name: "Ada Moss", email: "ada@moss.example", postcode: "2" },
    C3: { name: "Ada Mosse", email: "ada@mosse.example", postcode: "3" },
  };
  const find = (name_or_email: string): Made => ["find_customer", { name_or_email }];
  expect(play({ customers }, find("ada moss")).last).toBe("severalCustomers");
  expect(play({ customers }, find("ADA@moss.example")).last).toMatchObject({
    customer_id: "C2",
    order_ids: ["1002", "1003"],
  });
});

test("the config and the goal that the pages show can be used", () => {
  const page = (name: string) => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), "utf8");
  const blocks = (name: string) =>
    [...page(name).matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text!));
  const config = blocks("shop")[0].ShopAPI;
  expect(play(config, ["get_order", { order_id: "2101" }]).last).toMatchObject({ paid_cents: 9000 });
  expect(TaskTurn.parse(blocks("tasks").find(({ goal }) => goal)).goal!.reach).toHaveLength(1);
});

test("an extension adds a long history, and leaves what there was as it was", () => {
  const [small, large] = [shop.init({}), shop.init({}, {})];
  expect(Object.keys(large.orders).length).toBeGreaterThan(40);
  expect(Object.keys(large.products).length).toBeGreaterThan(90);
  expect(large.orders).toMatchObject(small.orders);
  expect(large.products).toMatchObject(small.products);
});

test("a config that names what is not there is refused, with place and remedy", () => {
  const order = { customer_id: "C1", placed_on: "2025-01-01", promised_on: "2025-01-02" };
  const line = { sku: "LAMP", quantity: 1, paid_with: "V1" };
  for (const [config, message] of [
    [
      { orders: { "1": { ...order, customer_id: "C9", lines: {} } } },
      "orders.1: there is no customer 'C9'; there are C1, C2, C3",
    ],
    [
      { orders: { "1": { ...order, lines: { "1": { ...line, sku: "X" } } } } },
      "orders.1.lines.1: there is no product 'X'",
    ],
    [{ orders: { "1": { ...order, lines: { "1": { ...line, shipment: "S1" } } } } }, "there is no shipment 'S1'"],
    [
      { methods: { V1: { customer_id: "C1", kind: "gift_card" as const } } },
      "methods.V1: a gift card has a balance_cents",
    ],
    [
      { methods: { store_credit: { customer_id: "C1", kind: "card" as const } }, orders: {} },
      "methods.store_credit: 'store_credit' stands for store credit; choose another id",
    ],
    [{ today: "2025-03-01" }, "orders.1001.shipments.S1: delivered_on is 2025-03-04, and today is 2025-03-01"],
    [
      { orders: { "1-2": { ...order, lines: { "3": line } }, "1": { ...order, lines: { "2-3": line } } } },
      "a return of it would have the same id as one of orders.1",
    ],
    [{ verified: ["C7"] }, "verified: there is no customer 'C7'"],
  ] as const)
    expect(() => shop.init(config as Config)).toThrow(message);
});

test("a gift card may have the id of a customer, and each keeps its own balance", () => {
  const customers = { X: { name: "Ada Moss", email: "ada@moss.example", postcode: "1", store_credit_cents: 7 } };
  const methods = { X: { customer_id: "X", kind: "gift_card" as const, balance_cents: 900 } };
  const { state } = play({ customers, methods, orders: {} }, ["verify_customer", { customer_id: "X", postcode: "1" }]);
  for (const [statement, holds] of Object.entries(shop.invariants)) expect(holds(state), statement).toBe(true);
});

test("speaks plain JSON, alone or joined, unknown tools included", () => {
  const joined = environmentOf(["ShopAPI"]);
  const text = (call: { tool: string; args: object }) =>
    joined.text(call.tool, joined.step(joined.init({}), call).outcome);
  expect(text({ tool: "get_order", args: { order_id: "9" } })).toBe(`{"error":"There is no order '9'."}`);
  expect(text({ tool: "refund_all", args: {} })).toBe(`{"error":"No tool is named 'refund_all'."}`);
});

import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineState, failure, joinEnvironments, type Outcome } from "../../src/core/index.ts";

const State = z.strictObject({ items: z.array(z.strictObject({ name: z.string(), count: z.int() })), secret: z.int() });
const stock = defineState({
  name: "Stock",
  state: State,
  config: z.strictObject({ items: z.record(z.string(), z.int()).default({}) }),
}).init(({ items }) => ({ items: Object.entries(items).map(([name, count]) => ({ name, count })), secret: 0 }));

const unknownItem = failure(z.strictObject({ name: z.string() }), ({ name }) => `no item '${name}'`);
const find = (state: z.output<typeof State>, name: string) => state.items.find((item) => item.name === name);

const count = stock
  .read({
    description: "Count an item.",
    args: z.object({ name: z.string() }),
    result: z.strictObject({ count: z.int() }),
    failures: { unknownItem, none: failure(z.strictObject({}), () => "none", { wire: () => 0, soft: true }) },
  })
  .run(({ state, args, fail }) => {
    const item = find(state, args.name);
    if (!item) return fail.unknownItem({ name: args.name });
    return item.count === 0 ? fail.none({}) : { count: item.count };
  });
const take = stock
  .write({
    description: "Take some of an item.",
    args: z.object({ name: z.string(), amount: z.int().default(1) }),
    result: z.strictObject({ name: z.string(), count: z.int() }),
    failures: {
      unknownItem,
      tooFew: failure(z.strictObject({ lacking: z.int(), item: State.shape.items.element }), () => "too few", {
        wire: "raised",
      }),
    },
  })
  .run(({ state, draft, args, fail }) => {
    if (!find(state, args.name)) return fail.unknownItem({ name: args.name });
    const item = draft().items.find(({ name }) => name === args.name)!;
    item.count -= args.amount;
    if (item.count < 0) return fail.tooFew({ lacking: -item.count, item });
    return item;
  });
const spoil = stock
  .write({
    description: "Lose an item and complain.",
    args: z.object({ name: z.string() }),
    result: z.null(),
    failures: { spoilt: failure(z.strictObject({}), () => "spoilt") },
    onFailure: "commit",
  })
  .run(({ draft, fail }) => {
    draft().items = [];
    return fail.spoilt({});
  });
const Stock = stock.environment({ tools: { count, take, spoil }, public: { items: true } });
const start = Stock.init({ items: { nail: 3, empty: 0 } });
const codeOf = (outcome: Outcome) => (outcome.ok ? "ok" : outcome.error.code);

describe("a step", () => {
  test("gives a new state and leaves the old one alone", () => {
    const { state, outcome } = Stock.step(start, { tool: "take", args: { name: "nail" } });
    expect(outcome).toEqual({ ok: true, value: { name: "nail", count: 2 } });
    expect(find(state, "nail")!.count).toBe(2);
    expect(find(start, "nail")!.count).toBe(3);
    expect(state.items[1]).toBe(start.items[1]);
  });
  test("that fails drops its draft, and its data outlives the draft", () => {
    const { state, outcome } = Stock.step(start, { tool: "take", args: { name: "nail", amount: 5 } });
    expect(state).toBe(start);
    expect(outcome).toMatchObject({
      error: { code: "tooFew", data: { lacking: 2, item: { name: "nail", count: -2 } } },
    });
    expect(Stock.text("take", outcome)).toBe('{"error":"too few"}');
  });
  test("keeps its draft where the tool says so", () => {
    const { state, outcome } = Stock.step(start, { tool: "spoil", args: { name: "nail" } });
    expect(codeOf(outcome)).toBe("spoilt");
    expect(state.items).toEqual([]);
  });
  test("shows a soft failure as the value that the tool returned", () => {
    const { outcome } = Stock.step(start, { tool: "count", args: { name: "empty" } });
    expect(codeOf(outcome)).toBe("none");
    expect(Stock.text("count", outcome)).toBe("0");
  });
  test("freezes every state", () => {
    const { state } = Stock.step(start, { tool: "take", args: { name: "nail" } });
    expect(() => {
      (state.items[0] as { count: number }).count = 9;
    }).toThrow(TypeError);
    expect(() => (start.items as unknown[]).push(1)).toThrow(TypeError);
  });
});

describe("a call that never reaches its tool", () => {
  const step = (tool: string, args: unknown, positional?: unknown[]) =>
    Stock.step(start, { tool, args, ...(positional ? { positional } : {}) });
  test.each([
    ["unknownTool", step("cuont", { name: "nail" })],
    ["unknownTool", step("__proto__", {})],
    ["unknownTool", step("constructor", {})],
    ["unknownArgument", step("count", { name: "nail", colour: 1 })],
    ["unknownArgument", step("count", JSON.parse('{"name":"nail","__proto__":{"x":1}}'))],
    ["unknownArgument", step("count", { name: "nail", constructor: 1 })],
    ["missingArguments", step("count", {})],
    ["invalidArguments", step("count", { name: 5 })],
    ["invalidArguments", step("count", null)],
    ["invalidArguments", step("count", [1])],
    ["invalidArguments", step("count", null, ["nail"])],
    ["invalidArguments", step("take", { name: "nail", amount: Number.NaN })],
    ["tooManyArguments", step("count", {}, ["nail", 1])],
    ["repeatedArgument", step("count", { name: "nail" }, ["nail"])],
  ] as const)("is a failure '%s' that leaves the state alone", (code, { state, outcome }) => {
    expect(codeOf(outcome)).toBe(code);
    expect(state).toBe(start);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
  test("takes positional arguments in the order of the schema", () => {
    expect(step("take", {}, ["nail", 2]).outcome).toEqual({ ok: true, value: { name: "nail", count: 1 } });
    expect(step("take", { amount: 2 }, ["nail"]).outcome).toEqual({ ok: true, value: { name: "nail", count: 1 } });
  });
});

describe("the public projection", () => {
  test("is all that is compared and hashed", () => {
    const hidden = Object.freeze({ ...start, secret: 7 });
    expect(Stock.same(start, hidden)).toBe(true);
    expect(Stock.hash(start)).toBe(Stock.hash(hidden));
    expect(Stock.canonical(start)).toBe('{"items":[{"count":3,"name":"nail"},{"count":0,"name":"empty"}]}');
    expect(Stock.differences(start, Stock.step(start, { tool: "take", args: { name: "nail" } }).state)).toEqual([
      "items",
    ]);
  });
});

describe("the author's mistakes throw", () => {
  test("at definition, naming the tool", () => {
    const tools = (name: string, description: string) => ({
      [name]: stock.read({ description, args: z.object({}), result: z.null() }).run(() => null),
    });
    expect(() => stock.environment({ tools: tools("a b", "x") })).toThrow(/'a b' cannot name a tool/);
    expect(() => stock.environment({ tools: tools("fine", " ") })).toThrow(/Stock\.fine: a tool needs a description/);
    const taken = stock
      .read({
        description: "x",
        args: z.object({}),
        result: z.null(),
        failures: { unknownTool: failure(z.strictObject({}), () => "") },
      })
      .run(() => null);
    expect(() => stock.environment({ tools: { taken } })).toThrow(/Stock\.taken: failure code 'unknownTool'/);
  });
  test("at the first init where only a state can show them", () => {
    const wrong = defineState({ name: "Wrong", state: z.strictObject({ n: z.int() }), config: z.object({}) }).init(
      () => ({
        n: 0.5,
      }),
    );
    expect(() => wrong.environment({ tools: {} }).init({})).toThrow(/Wrong: init made a state/);
    const right = defineState({ name: "Right", state: z.strictObject({ n: z.int() }), config: z.object({}) }).init(
      () => ({
        n: 0,
      }),
    );
    expect(() => right.environment({ tools: {}, public: { m: true } }).init({})).toThrow(/public attribute 'm'/);
  });
});

describe("joined environments", () => {
  const timer = defineState({ name: "Timer", state: z.strictObject({ t: z.int() }), config: z.strictObject({}) }).init(
    () => ({ t: 0 }),
  );
  const tick = timer
    .write({ description: "Tick.", args: z.object({}), result: z.int() })
    .run(({ state, draft }) => (draft().t = state.t + 1));
  const Timer = timer.environment({ tools: { tick } });
  const both = joinEnvironments({ Stock, Timer });
  test("share one namespace and keep their states apart", () => {
    const first = both.init({ Stock: { items: { nail: 1 } } });
    const { state } = both.step(first, { tool: "tick", args: {} });
    expect(state.Timer.t).toBe(1);
    expect(state.Stock).toBe(first.Stock);
    expect(both.differences(first, state)).toEqual(["Timer.t"]);
    expect(both.text("tick", { ok: true, value: 1 })).toBe("1");
    expect(codeOf(both.step(first, { tool: "tock", args: {} }).outcome)).toBe("unknownTool");
  });
  test("refuse two tools of one name", () => {
    expect(() => joinEnvironments({ Stock, Again: Stock })).toThrow(/Again and Stock both have a tool 'count'/);
  });
});

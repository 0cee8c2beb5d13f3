import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineRequests, type GenerateOptions, generateTasks } from "../../src/generate/index.ts";
import { defineState, failure, type Tools } from "../../src/index.ts";

const kit = defineState({
  name: "Odd",
  state: z.strictObject({ count: z.int(), on: z.boolean() }),
  config: z.strictObject({ count: z.int().default(0) }),
}).init(({ count }) => ({ count, on: false }));

const tick = kit
  .write({ description: "(No more is said.)", args: z.object({}), result: z.strictObject({ count: z.int() }) })
  .run(({ state, draft }) => {
    draft().count = state.count + 1;
    return { count: state.count + 1 };
  });
const broken = kit
  .write({
    description: "Never works.",
    args: z.object({}),
    result: z.null(),
    failures: { broken: failure(z.strictObject({}), () => "It never works.") },
    requires: ["the moon is full"],
  })
  .run(({ fail }) => fail.broken({}));
const set = kit
  .write({
    description: "Set the count.",
    args: z.object({
      to: z.int().max(-5),
      by: z.int(),
      above: z.number().gt(100),
      mood: z.enum(["glad"]).nullable().default(null),
      tags: z.tuple([z.string()]),
    }),
    result: z.null(),
  })
  .run(({ draft, args: { to } }) => {
    draft().count = to;
    return null;
  });
const look = kit
  .read({ description: "Look.", args: z.object({}), result: z.strictObject({ count: z.int() }) })
  .run(({ state }) => ({ count: state.count }));

const generate = (tools: Tools, options: Partial<GenerateOptions> = {}) =>
  generateTasks({
    environment: kit.environment({ tools }),
    configs: [{}],
    count: 4,
    calls: [1, 2],
    turns: [1, 2],
    categories: ["base"],
    ...options,
  });

describe("an odd environment", () => {
  test("of one tool without arguments, description, requirements or candidates still makes tasks", () => {
    const { tasks } = generate({ tick });
    expect(tasks.length).toBeGreaterThan(0);
    expect(tasks[0]!.turns[0]!.user).toMatch(/[Tt]ick/);
  });

  test("that fails every call makes none, and says why", () => {
    expect(generate({ broken })).toMatchObject({ tasks: [], rejected: { tooShort: 1000 } });
  });

  test("with a tool that always fails among others leaves it out", () => {
    const { tasks } = generate({ tick, broken, look });
    expect(JSON.stringify(tasks)).not.toContain("broken");
  });

  test("numbers keep to the limits of their schema, and are small where it has none", () => {
    const sets = generate({ set }, { count: 20, calls: [1, 1], turns: [1, 1] }).tasks.map(
      ({ turns }) => turns[0]!.groundTruth[0]!.args as Record<"to" | "by" | "above", number>,
    );
    expect(sets).toHaveLength(20);
    for (const { to, by, above } of sets) {
      expect(to).toBeLessThanOrEqual(-5);
      expect(above).toBeGreaterThan(100);
      expect(by).toBeGreaterThanOrEqual(1);
      expect(by).toBeLessThan(100);
    }
  });

  test("no task has more calls than allowed, however many turns are", () => {
    const { tasks } = generate({ set, tick, look }, { count: 30, calls: [1, 2], turns: [1, 4] });
    const counts = tasks.map(({ turns }) => turns.flatMap(({ groundTruth }) => groundTruth).length);
    expect(new Set(counts)).toEqual(new Set([1, 2]));
  });

  test("categories named twice are one, and a count that is none is refused", () => {
    const { tasks } = generate({ tick, look }, { categories: ["base", "base"] });
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    expect(() => generate({ tick }, { count: 2.5 })).toThrow("count must be a whole number from 0, not 2.5");
  });

  test("tasks of several seeds have ids of their own, and a conversation is one family in all of them", () => {
    const options = { count: 12, calls: [1, 1], turns: [1, 1] } as const;
    const tasks = ["a", "b", "c"].flatMap((seed) => generate({ tick, set, look }, { ...options, seed }).tasks);
    const texts = new Map(tasks.map((task) => [task.id, JSON.stringify(task)]));
    expect(new Set(texts.values()).size).toBe(texts.size);
    expect(new Set(tasks.map((task) => JSON.stringify(task))).size).toBe(texts.size);
    expect(new Set(tasks.map(({ family }) => family)).size).toBeLessThan(texts.size);
  });

  test("without a tool to use says so", () => {
    const requests = [defineRequests(kit.environment({ tools: { tick } }), { tools: { tick: { unused: true } } })];
    expect(() =>
      generateTasks({ ...{ environment: requests[0]!.environment, configs: [{}], count: 1, requests } }),
    ).toThrow("Odd: no tool is left to compose tasks of");
  });

  test("whose author words an order as nothing is told which tool", () => {
    const environment = kit.environment({ tools: { tick } });
    const requests = [defineRequests(environment, { tools: { tick: () => " " } })];
    expect(() =>
      generateTasks({ environment, configs: [{}], count: 1, calls: [1, 1], turns: [1, 1], requests }),
    ).toThrow("Odd.tick: 'ask' says nothing");
  });
});

import { expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { mutateTask } from "../../src/generate/index.ts";
import { grade, profiles, replayGroundTruth } from "../../src/index.ts";
import { parseTasks } from "../../src/task/load.ts";
import { taskLine } from "../../src/task/save.ts";
import { Task } from "../../src/task/task.ts";
import { hiddenValues } from "../fixtures/visible.ts";
import { bundled, extension, shop } from "./starting-configs.ts";

const mutate = (task: Task, seed = 0) => mutateTask(task, environmentOf(task.environments), { seed, extension });
const mutations = bundled.flatMap((task) => {
  const mutation = mutate(task);
  return mutation ? [{ task, mutation }] : [];
});
const topology = (task: Task) =>
  task.turns.map(({ groundTruth, holdOut, release }) => [
    groundTruth.map(({ tool, args }) => [tool, Object.keys(args)]),
    holdOut,
    release,
  ]);

test("nearly every bundled task has a mutant", () => {
  expect(mutations.length).toBeGreaterThanOrEqual(bundled.length - 6);
});

test("the calls are the same, their values are not, and each mutant is its original's family", () => {
  for (const { task, mutation } of mutations) {
    expect(topology(mutation.task), task.id).toEqual(topology(task));
    expect(mutation.task.turns, task.id).not.toEqual(task.turns);
    expect(mutation.task.family).toBe(task.family);
    expect(mutation.task.id).not.toBe(task.id);
    expect(Object.keys(mutation.renamed).length).toBeGreaterThan(0);
  }
});

test("each mutant passes by its ground truth, fails without any one call, and shows its values", () => {
  for (const { mutation } of mutations) {
    const truth = replayGroundTruth(mutation.task, environmentOf(mutation.task.environments), extension);
    const all = mutation.task.turns.map(({ groundTruth }) => groundTruth.map((call) => [call]));
    for (const profile of Object.values(profiles))
      expect(grade(truth, all, profile).valid, mutation.task.id).toBe(true);
    for (const [turn, steps] of all.entries())
      for (const position of steps.keys())
        expect(grade(truth, all.with(turn, steps.toSpliced(position, 1)), profiles.bfcl).valid, mutation.task.id).toBe(
          false,
        );
    expect(hiddenValues(mutation.task, extension)).toEqual([]);
  }
  const text = mutations.map(({ mutation }) => taskLine(mutation.task)).join("\n");
  expect(parseTasks(text, { environmentOf })).toMatchObject({ problems: [], warnings: [] });
});

test("a name is replaced in the config, in messages and in calls", () => {
  const task = bundled.find(({ id }) => id === "base_allotment_dues")!;
  const { task: mutant, renamed } = mutate(task)!;
  expect(renamed).toHaveProperty("plots");
  expect(JSON.stringify(mutant)).not.toMatch(/\bplots\b/);
  expect(mutant.turns[0]!.user).toContain(`the ${renamed.plots} folder`);
  expect(mutant.turns[0]!.groundTruth[0]!.args).toEqual({ folder: renamed.plots });
});

test("what messages take from answers follows the answers", () => {
  const task = bundled.find(({ id }) => id === "base_door_frame_heights")!;
  for (const seed of [0, 1, 2]) {
    const { task: mutant } = mutate(task, seed)!;
    const numbers = mutant.turns.flatMap(({ groundTruth }) => groundTruth).find(({ tool }) => tool === "max_value")!
      .args.numbers as number[];
    const converted = mutant.turns
      .flatMap(({ groundTruth }) => groundTruth)
      .find(({ tool }) => tool === "imperial_si_conversion")!;
    expect(converted.args.value).toBe(Math.max(...numbers));
  }
});

test("what is the environment's own stays: airports, currencies, symbols", () => {
  const own = ["SVP", "economy", "SYNX", "celsius", "Automobile"];
  expect(
    mutations.flatMap(({ mutation }) => Object.keys(mutation.renamed)).filter((value) => own.includes(value)),
  ).toEqual([]);
});

test("goals follow the names, so that another right way still passes and a wrong one still fails", () => {
  const environment = environmentOf(["ShopAPI"]);
  const order = { customer_id: "C7", placed_on: "2025-03-01", promised_on: "2025-03-07", shipments: {} };
  const line = { sku: "SCARF", quantity: 1, paid_with: "V7" };
  const goal = {
    reach: [{ path: "ShopAPI/orders/84213/lines/1/cancelled", equals: true }],
    avoid: [{ tool: "cancel_line", args: { order_id: "84213", line_id: "2" } }],
    mayChange: ["ShopAPI/orders/84213/*", "ShopAPI/products/*/stock"],
  };
  const original = Task.parse({
    ...{ id: "two_lines", family: "two_lines", category: "base", environments: ["ShopAPI"] },
    config: {
      ShopAPI: {
        customers: { C7: { name: "Ada Moss", email: "ada@moss.example", postcode: "1" } },
        methods: { V7: { customer_id: "C7", kind: "card" } },
        orders: { "84213": { ...order, lines: { "1": line, "2": line } } },
        verified: ["C7"],
      },
    },
    turns: [
      {
        user: "In 84213, cancel line 1.",
        groundTruth: [{ tool: "cancel_line", args: { order_id: "84213", line_id: "1" } }],
        goal,
      },
    ],
  });
  const { task: mutant, renamed } = mutate(original)!;
  const order_id = renamed["84213"] as string;
  expect(order_id).toMatch(/^\d{5}$/);
  expect(JSON.stringify(mutant)).not.toContain("84213");
  const truth = replayGroundTruth(mutant, environment);
  const cancel = (line_id: string) => [{ tool: "cancel_line", args: { order_id, line_id } }];
  const verdict = (...made: ReturnType<typeof cancel>[]) => grade(truth, [made], profiles.strict).failure?.type;
  expect(verdict(cancel("1"))).toBeUndefined();
  expect(verdict(cancel("1"), cancel("2"))).toBe("envtune:minefield");
});

test("a name that a goal holds only as a part of a longer one stays", () => {
  const task = shop.find(({ id }) => id === "base_shop_lamp_pair")!;
  const { renamed, kept } = mutate(task)!;
  expect(Object.keys(renamed)).toEqual(["20457"]);
  expect(kept).toEqual(["2101"]);
});

test("the same seed makes the same mutant, another seed another", () => {
  const task = bundled[0]!;
  expect(mutate(task, 5)).toEqual(mutate(task, 5));
  expect(mutate(task, 5)!.task.id).not.toBe(mutate(task, 6)!.task.id);
});

test("a task that does not hold has no mutant", () => {
  const task = bundled[0]!;
  const twice = task.turns.map((turn) => ({ ...turn, groundTruth: [...turn.groundTruth, ...turn.groundTruth] }));
  expect(mutate({ ...task, turns: twice })).toBeUndefined();
});

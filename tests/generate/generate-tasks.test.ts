import { describe, expect, test } from "vitest";
import { environmentOf, environments, requests } from "../../environments/index.ts";
import { generateTasks } from "../../src/generate/index.ts";
import { grade, profiles, replayGroundTruth, type Tool } from "../../src/index.ts";
import { parseTasks } from "../../src/task/load.ts";
import { taskLine } from "../../src/task/save.ts";
import { categories, type Task } from "../../src/task/task.ts";
import { hiddenValues } from "../fixtures/visible.ts";
import { bundled, extension, generateFor, names } from "./starting-configs.ts";

const linesOf = (tasks: readonly Task[]) => tasks.map((task) => `${taskLine(task)}\n`).join("");
const callsOf = (task: Task) => task.turns.flatMap(({ groundTruth }) => groundTruth);

/** The verdict on the ground truth, each call a step, without the one at a place if given. */
function verdict(task: Task, profile = profiles.bfcl, turn = -1, position = -1) {
  const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
  const trajectory = task.turns.map(({ groundTruth }, at) =>
    groundTruth.filter((_, index) => at !== turn || index !== position).map((call) => [call]),
  );
  return grade(truth, trajectory, profile).valid;
}

describe.each(names)("%s", (name) => {
  const { tasks, left, rejected, attempts } = generateFor(name);

  test("has as many tasks as were asked for, which load without a warning", () => {
    expect(tasks).toHaveLength(40);
    const { problems, warnings, tasks: loaded } = parseTasks(linesOf(tasks), { environmentOf });
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
    expect(loaded).toEqual(tasks);
  });

  test("counts what was begun and what was given up", () => {
    const given = Object.values(rejected).reduce((sum, times) => sum + times, 0);
    expect(attempts - given).toBe(new Set(tasks.map(({ family }) => family)).size);
  });

  test("each passes by its ground truth under both profiles, and fails without any one call", () => {
    for (const task of tasks) {
      for (const profile of Object.values(profiles)) expect(verdict(task, profile), task.id).toBe(true);
      for (const [turn, { groundTruth }] of task.turns.entries())
        for (const [position, { tool }] of groundTruth.entries())
          expect(verdict(task, profiles.bfcl, turn, position), `${task.id} without ${tool}`).toBe(false);
    }
  });

  test("shows every value before it is needed", () => {
    expect(tasks.flatMap((task) => hiddenValues(task, extension))).toEqual([]);
  });

  test("has each category alike, but for one that cannot be had", () => {
    expect(Object.keys(left)).toEqual(name === "MathAPI" ? ["long_context"] : []);
    const had = categories.filter((category) => left[category] === undefined);
    const counts = had.map((category) => tasks.filter((task) => task.category === category).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  test("a missing tool is hidden until its turn asked in vain", () => {
    for (const { turns, id } of generateFor(name, { count: 120, categories: ["miss_func"] }).tasks) {
      const silent = turns.findIndex(({ groundTruth }) => groundTruth.length === 0);
      const hidden = turns[0]!.holdOut!;
      expect(turns[silent + 1]!.release, id).toEqual(hidden);
      expect(hidden[0]).toBe(turns[silent + 1]!.groundTruth[0]!.tool);
      const before = turns.slice(0, silent).flatMap(({ groundTruth }) => groundTruth.map(({ tool }) => tool));
      expect(before.filter((tool) => hidden.includes(tool))).toEqual([]);
    }
  });

  test("a missing value cannot be read before the turn that gives it", () => {
    for (const task of tasks.filter(({ category }) => category === "miss_param")) {
      const silent = task.turns.findIndex(({ groundTruth }) => groundTruth.length === 0);
      const given = task.turns[silent + 1]!;
      const early = task.turns.with(silent, { ...task.turns[silent]!, groundTruth: given.groundTruth });
      expect(hiddenValues({ ...task, turns: early.toSpliced(silent + 1, 1) }, extension), task.id).not.toEqual([]);
    }
  });

  test("a long context is a fuller world", () => {
    const base = new Map(tasks.filter(({ category }) => category === "base").map((task) => [task.family, task]));
    const environment = environmentOf([name]);
    for (const task of tasks.filter(({ category }) => category === "long_context")) {
      const plain = environment.init(base.get(task.family)!.config);
      const full = environment.init(task.config, task.longContext ? extension : undefined);
      expect(JSON.stringify(full).length, task.id).toBeGreaterThan(JSON.stringify(plain).length);
    }
  });

  test("families are one conversation each: the same calls in all variants, no two families alike", () => {
    const families = [...new Set(tasks.map(({ family }) => family))];
    const conversations = families.map((family) => {
      const made = new Set(tasks.filter((task) => task.family === family).map((task) => JSON.stringify(callsOf(task))));
      expect(made.size).toBe(1);
      return [...made][0];
    });
    expect(new Set(conversations).size).toBe(families.length);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
  });

  test("messages name no tool and no argument", () => {
    const technical = Object.entries<Tool>(environments[name]!.tools).flatMap(([tool, { spec }]) => [
      tool,
      ...Object.keys(spec.args.shape),
    ]);
    const marked = technical.filter((word) => /_|[a-z][A-Z]/.test(word));
    const said = tasks.flatMap(({ turns }) => turns.map(({ user }) => user));
    // What stands in quotes is the user's own.
    const bare = said.map((text) => text.replaceAll(/"[^"]*"|'[^']*'/g, ""));
    expect(marked.filter((word) => bare.some((text) => new RegExp(`\\b${word}\\b`).test(text)))).toEqual([]);
    expect(bare.filter((text) => /undefined|\[object/.test(text))).toEqual([]);
  });

  test("every tool that can succeed comes up", () => {
    const used = new Set(
      generateFor(name, { count: 300, categories: ["base"] }).tasks.flatMap((task) =>
        callsOf(task).map(({ tool }) => tool),
      ),
    );
    const missing = Object.keys(environments[name]!.tools).filter((tool) => !used.has(tool));
    expect(missing).toEqual(name === "VehicleControlAPI" ? ["get_outside_temperature_from_weather_com"] : []);
  });
});

test("the same seed makes the same bytes, another seed other tasks", () => {
  const lines = (seed: number) => linesOf(generateFor("TradingBot", { seed }).tasks);
  expect(lines(3)).toBe(lines(3));
  const families = (seed: number) => new Set(generateFor("TradingBot", { seed }).tasks.map(({ family }) => family));
  const second = families(4);
  expect([...families(3)].filter((family) => second.has(family))).toEqual([]);
});

test("calls and turns keep within their ranges", () => {
  const { tasks } = generateFor("TicketAPI", { calls: [2, 5], turns: [2, 3], categories: ["base"] });
  expect(tasks).toHaveLength(40);
  for (const task of tasks) {
    expect(callsOf(task).length).toBeGreaterThanOrEqual(2);
    expect(callsOf(task).length).toBeLessThanOrEqual(5);
    expect([2, 3]).toContain(task.turns.length);
  }
});

test("joined environments are used together, from configs that a function draws", () => {
  const configs = bundled.filter(({ environments: parts }) => parts.includes("GorillaFileSystem"));
  const { tasks } = generateTasks({
    environment: environmentOf(["GorillaFileSystem", "MathAPI"]),
    configs: (random) => ({ GorillaFileSystem: random.pick(configs).config.GorillaFileSystem, MathAPI: {} }),
    ...{ count: 20, extension, requests: Object.values(requests) },
  });
  expect(tasks).toHaveLength(20);
  const used = new Set(tasks.flatMap((task) => callsOf(task).map(({ tool }) => tool)));
  expect(
    ["GorillaFileSystem", "MathAPI"].map((part) =>
      Object.keys(environments[part]!.tools).some((tool) => used.has(tool)),
    ),
  ).toEqual([true, true]);
});

test("a prerequisite is found by what tools declare: nobody is logged in, and orders are placed all the same", () => {
  const { tasks } = generateFor("TradingBot", { configs: [{}], count: 60, categories: ["base"] });
  const placed = tasks.filter((task) => callsOf(task).some(({ tool }) => tool === "place_order"));
  expect(placed.length).toBeGreaterThan(0);
  for (const task of placed) {
    const order = callsOf(task).map(({ tool }) => tool);
    expect(order.indexOf("trading_login")).toBeGreaterThanOrEqual(0);
    expect(order.indexOf("trading_login")).toBeLessThan(order.indexOf("place_order"));
  }
});

test("what cannot be had is said: no config, no sense in the ranges, no task that lasts", () => {
  expect(() => generateFor("MathAPI", { configs: [] })).toThrow("there is no config to start from");
  expect(() => generateFor("MathAPI", { calls: [3, 2] })).toThrow("calls must be two whole numbers");
  expect(() => generateFor("MathAPI", { calls: [1, 2], turns: [3, 4] })).toThrow("3 turns need as many calls");
  const { tasks, rejected } = generateFor("TicketAPI", { configs: [{}], calls: [30, 30], turns: [2, 2], count: 1 });
  expect(tasks).toEqual([]);
  expect(rejected.tooShort).toBeGreaterThan(0);
});

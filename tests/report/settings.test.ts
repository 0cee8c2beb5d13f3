import { expect, test } from "vitest";
import { differingSettings, identityOf, settingsOf } from "../../src/report/settings.ts";

test("a manifest as names and texts, however deep, long lists cut", () => {
  const tasks = Array.from({ length: 20 }, (_, index) => `t${index}`);
  const manifest = {
    seed: 0,
    limits: { steps: 5 },
    stages: [{ name: "syntax", reward: "format" }, { reward: "x" }],
    tasks,
  };
  expect(settingsOf(manifest)).toEqual([
    ["seed", "0"],
    ["limits.steps", "5"],
    ["stages[syntax].name", "syntax"],
    ["stages[syntax].reward", "format"],
    ["stages[1].reward", "x"],
    ["tasks", "20: t0, t1, t2, t3, t4, t5, t6, t7, …"],
  ]);
  expect(settingsOf(undefined)).toEqual([]);
});

test("which run it is, from manifests of any kind", () => {
  expect(identityOf({ seed: 0, model: "m", curriculum: { name: "four", stages: [{ name: "syntax" }] } })).toEqual([
    ["model", "m"],
    ["curriculum", "four"],
  ]);
});

test("settings that differ, or that one has alone; lists differ beyond what is shown of them", () => {
  const list = (last: string) => [...Array.from({ length: 20 }, () => "t"), last];
  const [a, b] = [
    { seed: 0, model: "m", tasks: list("a") },
    { seed: 1, model: "m", tasks: list("b"), hints: "guide" },
  ];
  expect(differingSettings([a, b])).toEqual(["seed", "tasks", "hints"]);
  expect(differingSettings([a, a])).toEqual([]);
  expect(differingSettings([a])).toEqual([]);
});

import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { auditSplit } from "../../src/task/audit-split.ts";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import { parseTasks } from "../../src/task/load.ts";
import { taskLine } from "../../src/task/save.ts";
import { split } from "../../src/task/split.ts";
import { categories } from "../../src/task/task.ts";
import { sharedPath } from "../shared-data.ts";

const path = sharedPath("bfcl");
const wheel = process.env.ENVTUNE_BFCL_WHEEL;
if (!wheel) console.log("skipped the comparison with a wheel: set ENVTUNE_BFCL_WHEEL to a wheel of bfcl-eval");

describe.skipIf(path === undefined)("the published dataset", async () => {
  const dataset = path === undefined ? undefined! : await readBfcl(path);

  test("has 200 conversations in four categories, with the published numbers of turns and calls", () => {
    const facts = categories.map((category) => {
      const turns = dataset.tasks.filter((task) => task.category === category).flatMap((task) => task.turns);
      const filled = turns.filter(({ groundTruth }) => groundTruth.length > 0).length;
      return [category, turns.length, filled, turns.flatMap(({ groundTruth }) => groundTruth).length];
    });
    expect(facts).toEqual([
      ["base", 734, 731, 1142],
      ["miss_func", 934, 731, 1140],
      ["miss_param", 934, 731, 1140],
      ["long_context", 734, 731, 1203],
    ]);
    expect(dataset.tasks).toHaveLength(800);
    expect(new Set(dataset.tasks.map(({ family }) => family)).size).toBe(200);
    expect(dataset.tasks.filter(({ environments }) => environments.length === 2)).toHaveLength(135 * 4);
    expect(dataset.tasks.filter(({ excluded }) => excluded)).toHaveLength(18 * 4);
    expect(Object.values(dataset.documents).flat()).toHaveLength(128);
  });

  test("keeps what JSON cannot say", () => {
    expect(dataset.extension.trading.watchList.at(-1)).toEqual({ $repr: "Ellipsis" });
    const configs = JSON.stringify(dataset.tasks.map(({ config }) => config));
    // 2844 in the files, one of them four times in a config that its entries do not involve.
    expect(configs.match(/\{"\$float":/g)).toHaveLength(2840);
  });

  test("survives being written and read again", () => {
    const { tasks, problems } = parseTasks(dataset.tasks.map(taskLine).join("\n"));
    expect(problems).toEqual([]);
    expect(tasks).toEqual(dataset.tasks);
  });

  test("splits by family without a leak, like the paper with one of about 88%", () => {
    const audit = auditSplit(split(dataset.tasks, { by: "family" }), dataset.tasks);
    expect([audit.train.tasks, audit.validation.tasks, audit.test.tasks, audit.test.leak]).toEqual([320, 80, 400, 0]);
    const leaks = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(
      (seed) => auditSplit(split(dataset.tasks, { by: "paper", seed }), dataset.tasks).test.leak,
    );
    expect(leaks.reduce((sum, leak) => sum + leak, 0) / leaks.length).toBeCloseTo(0.88, 1);
  });

  test("fits the environments: every config, tool and argument", async () => {
    const checked = await readBfcl(path!, { environmentOf });
    expect(checked.hash).toBe(dataset.hash);
  });

  test.skipIf(!wheel || !existsSync(wheel))("is the same in the wheel", async () => {
    const packaged = await readBfcl(wheel!);
    expect(packaged.version).toBeDefined();
    expect(packaged.hash).toBe(dataset.hash);
  });
});

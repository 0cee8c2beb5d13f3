import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readTrainOptions, trainArgs } from "../../src/cli/train-options.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-train-options-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const defaults = Object.fromEntries(
  Object.entries(trainArgs).flatMap(([name, argument]) => ("default" in argument ? [[name, argument.default]] : [])),
);
const given = { "base-url": "http://localhost:8000", tokenizer: "model", dataset: "bfcl", out: "runs/one" };
const read = (more: Record<string, unknown> = {}) => readTrainOptions({ ...defaults, ...given, ...more } as never, {});

describe("the options of envtune train", () => {
  test("have the paper's curriculum and the adapter's preset where nothing is said", async () => {
    const options = await read();
    expect(options.curriculum.stages.map(({ name }) => name)).toHaveLength(4);
    expect(options.algorithm).toMatchObject({ kl: { placement: "advantages" }, optimiser: { learningRate: 1e-5 } });
    expect(options.departures).toContain("A low-rank adapter of rank 32 is trained instead of all weights.");
    expect(options.server).toMatchObject({ profile: { name: "skyrl" }, rank: 32 });
  });

  test("say what a server without gradient norms has switched off", async () => {
    const { departures, curriculum } = await read({ backend: "tinker" });
    expect(curriculum.collapse.gradientNorm).toBe(false);
    expect(departures.join("\n")).toMatch(/does not watch the gradient norm/);
  });

  test("change the preset and the stages", async () => {
    const options = await read({
      kl: "off",
      "learning-rate": "0.01",
      "group-size": "4",
      hints: "off",
      reward: "binary",
    });
    expect(options.algorithm).toMatchObject({ kl: false, optimiser: { learningRate: 0.01 }, batch: { groupSize: 4 } });
    for (const stage of options.curriculum.stages) expect(stage).toMatchObject({ hints: "off", reward: "binary" });
  });

  test("make a stage of ground truths for sft, which needs an end", async () => {
    const { curriculum, algorithm } = await read({ preset: "sft", steps: "50", "batch-tasks": "8" });
    expect(algorithm.loss).toEqual({ name: "cross_entropy" });
    expect(curriculum.stages).toMatchObject([{ name: "ground truths", batch: { tasks: 8 } }]);
    await expect(read({ preset: "sft" })).rejects.toThrow("--preset sft has no end of its own: give --steps");
    await expect(read({ preset: "sft", steps: "5", reward: "binary" })).rejects.toThrow("--reward: --preset sft");
  });

  test("read stages from a file, and say what is wrong with them", async () => {
    const file = join(folder, "stages.json");
    writeFileSync(file, JSON.stringify({ name: "mine", stages: [{ name: "first", reward: "progress" }] }));
    await expect(read({ curriculum: file })).rejects.toThrow(/stages.json: curriculum 'mine' cannot be used\n.*first/);
    await expect(read({ curriculum: "papre" })).rejects.toThrow(
      "--curriculum papre: give paper, single, or a JSON file",
    );
  });

  test.each([
    [{ "base-url": undefined }, "--base-url is missing"],
    [{ "base-url": "here" }, "--base-url here: expected an address"],
    [
      { "base-url": "http://a:b@c" },
      "--base-url: leave out user, password and query; the key belongs into the variable",
    ],
    [{ "base-url": "http://c?key=b" }, "--base-url: leave out user, password and query"],
    [{ out: undefined }, "--out is missing"],
    [{ tokenizer: undefined }, "--tokenizer is missing"],
    [{ dataset: undefined }, "--dataset and --tasks: give one of them"],
    [{ tasks: "x.jsonl" }, "--dataset and --tasks: give one of them"],
    [{ staleness: "2" }, "--staleness 2: expected a number from 0 to 1"],
    [{ renderer: "openai" }, "--renderer openai: training needs calls as text; there are hermes, tagged and python"],
    [{ preset: "papr" }, "there is no preset 'papr'"],
    [{ preset: "paper" }, "use --preset paper-lora"],
    [{ hints: "guide" }, "--hints guide: only off can be given"],
    [{ "leave-out-environment": "TravelApi" }, "--leave-out-environment TravelApi"],
    [{ "api-key-env": "NOT_SET" }, "--api-key-env NOT_SET: this variable is not set"],
  ])("refuse %j", async (more, message) => {
    await expect(read(more)).rejects.toThrow(message);
  });

  test("of a dry run need no server and no folder", async () => {
    expect(await read({ "dry-run": true, "base-url": undefined, out: undefined })).toMatchObject({ dryRun: true });
  });
});

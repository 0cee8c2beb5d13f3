import { parseArgs } from "citty";
import { expect, test } from "vitest";
import { readRunOptions, runArgs } from "../../src/cli/run-options.ts";

const read = (args: readonly string[], variables: Record<string, string> = {}) =>
  readRunOptions(parseArgs<typeof runArgs>([...args], runArgs), variables);

test("without options the four baselines play, in profile bfcl", () => {
  const { policies, endpoint, renderer, profile, ...rest } = read([]);
  expect(policies.map(({ name }) => name)).toEqual(["ground-truth", "do-nothing", "answer-always", "random"]);
  expect([endpoint, renderer.name, profile.name]).toEqual([undefined, "openai", "bfcl"]);
  expect(rest).toMatchObject({ concurrency: 8, samples: 1, seed: 0, limit: undefined, fresh: false, json: false });
});

test("a server makes the endpoint the policy, with the reference's temperature", () => {
  const endpoint = ["--base-url", "http://a/v1", "--model", "m"];
  expect(read(endpoint)).toMatchObject({
    policies: [{ name: "endpoint" }],
    endpoint: { model: "m", baseUrl: "http://a/v1", temperature: 0.001 },
  });
  expect(read([...endpoint, "--temperature", "none"]).endpoint).not.toHaveProperty("temperature");
  const sampling = ["--top-p", "0.9", "--max-tokens", "512"];
  expect(read([...endpoint, ...sampling]).endpoint).toMatchObject({ topP: 0.9, maxTokens: 512 });
  expect(read([...endpoint, "--policy", "random, endpoint"]).policies.map(({ name }) => name)).toEqual([
    "random",
    "endpoint",
  ]);
});

test.each([
  [["--policy", "radnom"], "--policy radnom: did you mean 'random'?"],
  [["--concurrency", "0"], "--concurrency 0: expected a number from 1 to 1000"],
  [["--samples", "1.5"], "--samples 1.5: expected a whole number"],
  [["--renderer", "openia"], "--renderer openia: did you mean 'openai'?"],
  [["--profile", "lax"], "--profile lax: there are bfcl, strict"],
  [["--category", "bsae"], "--category bsae: did you mean 'base'?"],
  [["--model", "m"], "--base-url is missing"],
  [["--base-url", "localhost:8000"], "--model is missing"],
  [["--base-url", "localhost:8000", "--model", "m"], "--base-url localhost:8000: expected an address"],
  [["--base-url", "http://a:b@c/v1", "--model", "m"], "leave out user, password"],
  [
    ["--base-url", "http://a/v1", "--model", "m", "--api-key-env", "NOT_SET_7"],
    "--api-key-env NOT_SET_7: this variable is not set",
  ],
  [
    ["--base-url", "http://a/v1", "--model", "m", "--timeout", "301"],
    "--timeout 301: expected a number from 0.001 to 300",
  ],
  [["--base-url", "http://a/v1", "--model", "m", "--policy", "random"], "leave them out"],
  [["--dataset", "x", "--tasks", "y"], "--dataset and --tasks: give one of them"],
])("%j is refused, with the option and the fix", (args, message) => {
  expect(() => read(args)).toThrow(message);
});

test("a stage brings its rules, hints, prompt, reward and profile, and each can be chosen otherwise", () => {
  const stage = read(["--stage", "3"]);
  expect([stage.stage?.name, stage.hints, stage.prompt?.name, stage.reward?.name, stage.profile.name]).toEqual([
    "all with hints",
    "guide",
    "resourceful",
    "progress",
    "strict",
  ]);
  const changed = read([
    "--stage",
    "3",
    "--hints",
    "off",
    "--reward",
    "0.9*progress+0.1*format",
    "--profile",
    "bfcl",
    "--prompt",
    "standard",
  ]);
  expect([changed.hints, changed.reward?.name, changed.profile.name, changed.prompt?.name]).toEqual([
    "off",
    "0.9*progress+0.1*format",
    "bfcl",
    "standard",
  ]);
  expect(read([])).toMatchObject({ hints: "off", profile: { name: "bfcl" } });
  expect(() => read(["--stage", "5"])).toThrow("--stage 5: give 1 to 4");
  expect(() => read(["--hints", "giude"])).toThrow("--hints giude");
  expect(() => read(["--reward", "progres"])).toThrow("--reward progres: 'progres' is no reward");
  expect(() => read(["--prompt", "x"])).toThrow("--prompt x");
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandDef, runCommand } from "citty";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { compareCommand } from "../../src/cli/compare.ts";
import { evaluateCommand } from "../../src/cli/evaluate.ts";
import { taskLine } from "../../src/task/save.ts";
import { copying, fileTask } from "../episode/sample-tasks.ts";
import { type Answer, calling, localEndpoint, type Request, saying, send } from "../rollout/local-endpoint.ts";

const base = mkdtempSync(join(tmpdir(), "envtune-evaluate-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const tasks = [copying, fileTask("other", copying.turns), fileTask("third", copying.turns, "miss_param")];
const file = join(base, "sample.jsonl");
writeFileSync(file, tasks.map((task) => `${taskLine(task)}\n`).join(""));

let output = "";
let complaints = "";
beforeEach(() => {
  output = "";
  complaints = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complaints += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});
const run = (command: CommandDef<any>, ...rawArgs: string[]) => runCommand(command, { rawArgs });
const read = (...path: string[]) => readFileSync(join(base, ...path), "utf8");

/** Plays the task right where `knows` says so of the request, and ends its turns at once elsewhere. */
const model =
  (knows: (request: Request) => boolean, more: object = {}, max_model_len = 4096): Answer =>
  (request, response) => {
    const { url, body } = request;
    if (url === "/v1/models") return send(response, 200, { data: [{ id: "m", owned_by: "vllm", max_model_len }] });
    if (url === "/version") return send(response, 200, { version: "0.11.0" });
    if (!url.endsWith("/chat/completions")) return send(response, 404, "");
    const said = body.messages.at(-1).content;
    const call = said.startsWith("Copy") ? calling(["cp", '{"source": "a.txt", "destination": "d"}']) : undefined;
    const answer = knows(request)
      ? (call ?? (said.startsWith("What") ? calling(["cat", '{"file_name": "a.txt"}']) : saying("Done.")))
      : saying("No.");
    return send(response, 200, { ...answer, ...more });
  };
const evaluate = (baseUrl: string, out: string, ...more: string[]) =>
  run(evaluateCommand, "--base-url", baseUrl, "--model", "m", "--tasks", file, "--out", join(base, out), ...more);

test("runs, passes, intervals and a manifest that says what they depend on", async () => {
  // One seed a sample: the model knows what to do in every other one.
  await using endpoint = await localEndpoint(model(({ body }) => (body as { seed?: number }).seed! % 2 === 0));
  const sampling = ["--temperature", "0.7", "--top-p", "0.9", "--max-tokens", "64", "--seed", "4"];
  await evaluate(endpoint.baseUrl, "sampled", "--runs", "2", ...sampling, "--json");
  const evaluation = JSON.parse(output);
  expect(JSON.parse(read("sampled", "evaluation.json"))).toEqual(evaluation);
  expect(evaluation.complete).toBe(true);
  expect(evaluation.groups.map(({ group }: { group: string }) => group)).toEqual(["base", "miss_param", "all"]);
  expect(evaluation.groups[2]).toMatchObject({
    ...{ tasks: 3, episodes: 6, accuracy: 0.5, interval: { low: 0.5, high: 0.5 } },
    ...{ passAtK: { 1: 0.5, 2: 1 }, passHatK: { 1: 0.5, 2: 0 }, aborted: 0, cutMessages: 0 },
  });
  expect(evaluation.manifest).toMatchObject({
    ...{ samples: 2, model: "m", software: { name: "vllm", version: "0.11.0" }, thoughts: "neverSentBack" },
    ...{ temperature: 0.7, topP: 0.9, maxTokens: 64, samplingSeed: 4, profile: "bfcl", stepLimit: 20 },
    ...{ promptHash: expect.stringMatching(/^[0-9a-f]{64}$/), documentsHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(JSON.parse(read("sampled", "run.json"))).toEqual(evaluation.manifest);
  expect(endpoint.requests.at(-1)!.body).toMatchObject({ temperature: 0.7, top_p: 0.9, max_tokens: 64 });
});

test("a finished evaluation is summed up again without its server; a table is what people read", async () => {
  let asked = 0;
  {
    await using endpoint = await localEndpoint(model(() => true));
    await evaluate(endpoint.baseUrl, "again");
    asked = endpoint.requests.length;
    expect(output).toMatch(/sample: 3 tasks, 1 runs, m, profile bfcl, renderer openai/);
    expect(output).toMatch(/all +3 +3 +100\.0% +100\.0% to 100\.0% +100\.0% +0\.0% +0\.00 +4\.0 +2\.0 +0 +0\n/);
    expect(output).not.toContain("pass@");
    output = "";
    await evaluate(endpoint.baseUrl, "again", "--json");
    expect(endpoint.requests.slice(asked).every(({ url }) => !url.endsWith("completions"))).toBe(true);
  }
  const { server } = JSON.parse(output).manifest;
  output = "";
  await evaluate(`${server}/v1`, "again", "--json");
  expect(JSON.parse(output)).toMatchObject({ complete: true, manifest: { software: { version: "0.11.0" } } });
  expect(complaints).toContain("3 of them from an earlier run");
});

test("a server that does not answer, and one that changed since, are refused", async () => {
  await evaluate("http://127.0.0.1:9/v1", "nothing");
  expect([process.exitCode, complaints]).toEqual([1, expect.stringContaining("--base-url: no connection to")]);
  expect(existsSync(join(base, "nothing"))).toBe(false);
  let version = "1";
  await using endpoint = await localEndpoint((request, response, count) =>
    request.url === "/version" ? send(response, 200, { version }) : model(() => false)(request, response, count),
  );
  await evaluate(endpoint.baseUrl, "changed");
  version = "2";
  complaints = "";
  await evaluate(endpoint.baseUrl, "changed");
  expect(complaints).toContain('"version":"1"');
});

test("token ids are asked for and kept with the place of each message, where the server gives them", async () => {
  const ids = {
    prompt_token_ids: [1, 2],
    choices: [{ ...saying("No.").choices[0], token_ids: [7], finish_reason: "length" }],
  };
  await using giving = await localEndpoint(model(() => false, ids));
  await evaluate(giving.baseUrl, "ids", "--token-ids", "--concurrency", "1");
  expect(giving.requests.at(-1)!.body).toMatchObject({ return_token_ids: true });
  const lines = read("ids", "tokens.jsonl")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  expect(lines.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
  expect(lines[0]).toEqual({
    ...{ id: "copying", sample: 0 },
    messages: [0, 1].map((turn) => ({ turn, step: 0, prompt: [1, 2], message: [7] })),
  });
  expect(JSON.parse(read("ids", "evaluation.json")).groups.at(-1)).toMatchObject({ tasks: 3, cutMessages: 6 });
  await using ignoring = await localEndpoint(model(() => false));
  await evaluate(ignoring.baseUrl, "no-ids", "--token-ids");
  expect(existsSync(join(base, "no-ids", "tokens.jsonl"))).toBe(false);
  expect(JSON.parse(read("no-ids", "evaluation.json")).complete).toBe(true);
});

test("--hints plays all again with hints, and says what the model owes to them", async () => {
  // Calls the wrong way first, and reads the hint if there is one.
  const answer: Answer = (request, response, count) => {
    const { url, body } = request;
    const said = body.messages?.at(-1).content ?? "";
    if (url.endsWith("completions") && said.startsWith("Copy"))
      send(response, 200, calling(["cp", '{"source": "c.txt", "destination": "d"}']));
    else if (url.endsWith("completions") && said.includes("Hint: "))
      send(response, 200, calling(["cp", '{"source": "a.txt", "destination": "d"}']));
    else model(() => !said.includes("No such file"))(request, response, count);
  };
  await using endpoint = await localEndpoint(answer);
  await evaluate(endpoint.baseUrl, "hinted", "--hints", "direct", "--json");
  const { groups, hints } = JSON.parse(output);
  expect(groups.at(-1)).toMatchObject({ accuracy: 0, failedCallsPerTurn: 0.5 });
  expect(hints.level).toBe("direct");
  expect(hints.groups.at(-1)).toMatchObject({ accuracy: 1 });
  expect(hints.reliance.at(-1)).toMatchObject({ group: "all", difference: 1, interval: { low: 1, high: 1 }, won: 3 });
  expect(JSON.parse(read("hinted", "with-hints", "run.json"))).toMatchObject({ hints: "direct" });
  expect(JSON.parse(read("hinted", "run.json"))).not.toHaveProperty("hints");
});

test("--part takes one part of a split, and --protocol bfcl asks as bfcl-eval does", async () => {
  await using endpoint = await localEndpoint(model(() => false));
  await evaluate(endpoint.baseUrl, "part", "--part", "train", "--protocol", "bfcl");
  const { split, tasks: played, protocol, thoughts, renderer } = JSON.parse(read("part", "evaluation.json")).manifest;
  expect(split).toEqual({ by: "family", seed: 0, part: "train" });
  expect(played.length).toBeLessThan(3);
  expect([protocol, thoughts, renderer]).toEqual(["bfcl", "asReceived", "bfcl-openai"]);
  expect(endpoint.requests.at(-1)!.body).toMatchObject({ store: false, temperature: 0.001 });
});

test.each([
  [["--dataset", "bundled", "--protocol", "openai"], "--protocol openai: there is bfcl"],
  [["--dataset", "bundled", "--protocol", "bfcl", "--renderer", "tagged"], "--renderer tagged: with --protocol bfcl"],
  [["--dataset", "bundled", "--protocol", "bfcl", "--profile", "strict"], "plays by profile bfcl"],
  [["--dataset", "bundled", "--protocol", "bfcl", "--hints", "guide"], "--hints: --protocol bfcl sends"],
  [["--dataset", "bundled", "--part", "half"], "--part half: there are train, validation, test"],
  [["--dataset", "bundled", "--part", "test", "--by", "ids"], "--by ids: there are family and paper"],
  [["--dataset", "bundled", "--by", "paper"], "--by: this is about the split of --part"],
  [["--dataset", "bundled", "--runs", "0"], "--runs 0: expected a number of 1 or more"],
  [[], "--dataset or --tasks is missing"],
])("%j is refused", async (args, message) => {
  await run(evaluateCommand, "--base-url", "http://127.0.0.1:9/v1", "--model", "m", ...args);
  expect(complaints).toContain(message);
  expect(process.exitCode).toBe(1);
});

test("two runs are compared task by task, and refused where they were played otherwise", async () => {
  await using weak = await localEndpoint(model(() => false));
  await evaluate(weak.baseUrl, "weak");
  await using strong = await localEndpoint(model(() => true));
  await evaluate(strong.baseUrl, "strong");
  await evaluate(strong.baseUrl, "strict", "--profile", "strict", "--temperature", "1");
  output = "";
  await run(compareCommand, join(base, "weak"), join(base, "strong"));
  expect(output).toMatch(/all +3 +0\.0% +100\.0% +100\.0% +100\.0% to 100\.0% +3 +0 +0 +0 +3 +0\n/);
  expect(output).toMatch(/calledNothing +100\.00 +0\.00 +-100\.00\n/);
  output = "";
  complaints = "";
  await run(compareCommand, join(base, "weak"), join(base, "strict"), "--json");
  expect(output).toBe("");
  expect(complaints).toMatch(/--force.*\n {2}temperature: 0\.001 and 1\n {2}profile: "bfcl" and "strict"\n/);
  await run(compareCommand, join(base, "weak"), join(base, "strict"), "--json", "--force");
  expect(JSON.parse(output)).toMatchObject({ differences: [{ field: "temperature" }, { field: "profile" }] });
  complaints = "";
  await run(compareCommand, join(base, "weak"), join(base, "strong"), join(base, "strict"));
  expect(complaints).toContain("two runs are compared at a time");
  complaints = "";
  await run(compareCommand, join(base, "weak"), join(base, "no-run"));
  expect(complaints).toContain("there is no run here");
  mkdirSync(join(base, "training"));
  writeFileSync(join(base, "training", "run.json"), '{"kind": "training"}');
  await run(compareCommand, join(base, "weak"), join(base, "training"));
  expect(complaints).toContain("run.json is not of envtune run or envtune evaluate; name another folder");
});

test("a comparison says what is not the model's doing: missing and aborted episodes, another context", async () => {
  await using whole = await localEndpoint(model(() => true));
  await evaluate(whole.baseUrl, "whole");
  await using broken = await localEndpoint((request, response, count) =>
    JSON.stringify(request.body).includes("Copy")
      ? send(response, 400, "too long")
      : model(() => true, {}, 2048)(request, response, count),
  );
  await evaluate(broken.baseUrl, "broken");
  expect([read("whole", "evaluation.json"), read("broken", "evaluation.json")].map((text) => JSON.parse(text))).toEqual(
    [expect.objectContaining({ complete: true }), expect.objectContaining({ complete: false })],
  );
  const traces = read("whole", "traces.jsonl").split("\n");
  writeFileSync(join(base, "whole", "traces.jsonl"), traces.slice(1).join("\n"));
  output = "";
  await run(compareCommand, join(base, "whole"), join(base, "broken"));
  expect(output).toContain("A is not complete: it has 2 of 3 episodes\n");
  expect(output).toContain("B has 3 aborted episodes, which count as failed");
  expect(output).toContain("A was served with a context of 4096 tokens, B of 2048\n");
  output = "";
  await run(compareCommand, join(base, "whole"), join(base, "broken"), "--json");
  expect(JSON.parse(output).warnings).toHaveLength(3);
});

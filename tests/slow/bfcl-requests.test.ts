import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { evaluationSetting } from "../../src/episode/setting.ts";
import { bfclProtocol } from "../../src/evaluation/bfcl-protocol/bfcl-protocol.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import { endpointPolicy } from "../../src/rollout/endpoint-policy.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import { categories } from "../../src/task/task.ts";
import { localEndpoint, send } from "../rollout/local-endpoint.ts";
import { installedBfclEval } from "./bfcl-eval.ts";
import { answersTo, type Scenario } from "./bfcl-scenarios.ts";

const bfcl = installedBfclEval();
const root = mkdtempSync(join(tmpdir(), "envtune-bfcl-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A server that gives each model its script's answers in turn, and what it was sent. */
async function recordingServer(scripts: ReadonlyMap<string, readonly unknown[]>) {
  const bodies = new Map<string, unknown[]>([...scripts.keys()].map((name) => [name, []]));
  const endpoint = await localEndpoint(({ body }, response) => {
    const sent = bodies.get(body.model)!;
    const message = scripts.get(body.model)![sent.length] ?? { role: "assistant", content: "" };
    sent.push(body);
    const choices = [{ index: 0, message, finish_reason: "stop" }];
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    send(response, 200, { id: "x", object: "chat.completion", created: 1, model: body.model, choices, usage });
  });
  return { endpoint, bodies };
}

async function playReference(baseUrl: string, scenarios: readonly Scenario[]): Promise<void> {
  const script = fileURLToPath(new URL("bfcl-requests.py", import.meta.url));
  const env = { ...process.env, OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: "none", BFCL_PROJECT_ROOT: root };
  const child = spawn(bfcl!.python, [script], { env, stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  child.stdin.end(JSON.stringify(scenarios));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`the reference failed: ${said.slice(-4000)}`);
}

describe.skipIf(!bfcl)("requests of bfcl-eval's own handler", async () => {
  const dataset = bfcl ? await readBfcl(bfcl.folder, { environmentOf }) : undefined;

  test.each([
    ["native tool calls", true],
    ["prompting mode", false],
  ])("%s: every body of every request is equal", async (_, native) => {
    const { tasks, extension, documents } = dataset!;
    const protocol = bfclProtocol[native ? "functionCalling" : "prompting"];
    const chosen = categories.flatMap((category) =>
      tasks.filter((task) => task.category === category).filter((_, index) => index % 13 === 0),
    );
    const scenarios = chosen.map(({ id }): Scenario => ({ name: `model-${id}`, id, native }));
    const scripts = new Map(chosen.map((task, index) => [`model-${task.id}`, answersTo(task, native, index)]));
    const reference = await recordingServer(scripts);
    await using _first = reference.endpoint;
    await playReference(reference.endpoint.baseUrl, scenarios);

    const ours = await recordingServer(scripts);
    await using _second = ours.endpoint;
    for (const task of chosen) {
      const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
      const setting = evaluationSetting(truth, { profile: profiles.bfcl, renderer: protocol.renderer, documents });
      const { baseUrl } = ours.endpoint;
      const options = { baseUrl, model: `model-${task.id}`, temperature: 0.001, ...protocol.endpoint };
      const episode = await playEpisode(setting, endpointPolicy(options));
      expect(episode.ending).not.toMatchObject({ why: "aborted" });
      const name = `model-${task.id}`;
      expect(ours.bodies.get(name), name).toEqual(reference.bodies.get(name));
    }
    const requests = [...reference.bodies.values()].map((sent) => sent.length);
    console.log(
      `${requests.reduce((a, b) => a + b)} requests of ${requests.length} entries, the longest of ${Math.max(...requests)}`,
    );
    expect(Math.max(...requests)).toBeGreaterThan(20);
  });
});

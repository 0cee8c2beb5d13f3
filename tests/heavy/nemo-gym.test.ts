import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hints } from "../../environments/index.ts";
import { act, observe, playedOf, startEpisode } from "../../src/episode/episode.ts";
import type { AssistantMessage } from "../../src/episode/message.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { trainingSetting } from "../../src/episode/setting.ts";
import { profiles } from "../../src/grading/profile.ts";
import { assess } from "../../src/progress/assess.ts";
import { rewardOf } from "../../src/progress/reward-spec.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { frameworkPython } from "../frameworks/python-venv.ts";
import { runPytest } from "../frameworks/run-pytest.ts";
import { bundledCatalog } from "../server/catalog.ts";

const catalog = await bundledCatalog();
const folder = mkdtempSync(join(tmpdir(), "envtune-nemo-gym-"));
let python: string | undefined;
let server: RunningServer;
beforeAll(async () => {
  python = await frameworkPython("nemo-gym");
  server = await startServer({ catalog, nemoGymPort: 0 });
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const done = openai.answer("Done.");
const call = (name: string, text: string): AssistantMessage => ({
  ...{ role: "assistant", content: null },
  tool_calls: [{ id: "x", type: "function", function: { name, arguments: text } }],
});
const turnsOf = (id: string) => catalog.taskOf(id)!.turns;
const solving = (id: string) =>
  turnsOf(id).flatMap(({ groundTruth }) => (groundTruth.length > 0 ? [openai.write(groundTruth), done] : [done]));

/** What a model says in a dialogue: everything right, nothing, and each kind of mistake. */
const dialogues: readonly (readonly [task: string, messages: readonly AssistantMessage[]])[] = [
  ...catalog.tasks.map(({ id }) => [id, solving(id)] as const),
  ["base_allotment_dues", [done, done, done]],
  ["base_allotment_dues", [...solving("base_allotment_dues").slice(0, 2), done, done]],
  [
    "base_allotment_dues",
    [
      ...[call("cat", '{"file_name": "nowhere.txt"}'), call("cat", "{oops"), call("no_such_tool", "{}")],
      ...[call("ls", "{}"), call("ls", "{}"), call("ls", "{}"), done, done],
    ],
  ],
];
/** What it says where it can do nothing but call tools; words end it. */
const toolsOnly = ["base_allotment_dues", "miss_func_band_lyrics"].map((id) => {
  const turns = turnsOf(id).map(({ groundTruth }) => groundTruth.map((one) => openai.write([one])));
  return [id, turns.slice(0, 2)] as const;
});

/** The episode in this process, step by step; what was shown is what the environment said before the model's last message. */
function played(task: string, messages: readonly AssistantMessage[]) {
  const truth = catalog.truthOf(catalog.taskOf(task)!);
  const setting = trainingSetting(truth, {
    ...{ profile: profiles.strict, renderer: openai },
    hints: { library: hints, level: "guide" as const, seed: "0" },
  });
  let episode = startEpisode(setting);
  const opening = observe(setting, episode);
  let shown = opening.messages;
  const later = new Map<string, readonly string[]>();
  for (const message of messages) {
    const before = observe(setting, episode);
    shown = before.messages;
    episode = act(setting, episode, message);
    const now = observe(setting, episode);
    const added = now.tools.filter((tool) => !before.tools.includes(tool));
    if (added.length > 0)
      later.set(
        now.messages.at(-1)!.content!,
        added.map((tool) => JSON.stringify(tool.function)),
      );
  }
  const assessed = assess(truth, playedOf(episode), setting.profile, setting.rules);
  const ended = episode.ending ? assessed.turns : assessed.turns.slice(0, episode.turns.length - 1);
  const { value, turns } = rewardOf("progress").score(assessed);
  const total = episode.ending
    ? value
    : turns!.slice(0, ended.length).reduce((sum, share) => sum + share, 0) / turns!.length;
  return {
    ...{ task, total_reward: total, why: episode.ending?.why, turn_scores: ended.map(({ score }) => score) },
    opening: opening.messages.map(({ content }) => content),
    shown: shown.slice(opening.messages.length).flatMap(({ role, content }) => {
      if (role === "assistant") return [];
      const tools = later.get(content!);
      return [tools ? `${content}\n\nThese tools are available from now on:\n${tools.join("\n")}` : content!];
    }),
  };
}

const scripted = (message: AssistantMessage) => ({
  text: message.content ?? "",
  calls: (message.tool_calls ?? []).map((one) => one.function),
});

test("Gym's own agents play on our server what is played in this process", async ({ skip }) => {
  if (python === undefined) skip("there is no NeMo Gym here");
  const gymnasium = dialogues.map(([task, messages]) => {
    const facts = played(task, messages);
    expect(facts.why, task).toBe("completed");
    return { ...facts, messages: messages.map(scripted) };
  });
  const simple = toolsOnly.map(([task, [first, second]]) => {
    const facts = played(task, [...first!, done, ...second!, done]);
    // What Gym's agent ends is over, with every turn of its task.
    const turn_scores = catalog.taskOf(task)!.turns.map((_, turn) => facts.turn_scores[turn] ?? 0);
    return {
      ...facts,
      turn_scores,
      messages: [...first!, call("next_user_request", "{}"), ...second!, done].map(scripted),
    };
  });
  expect(new Set(gymnasium.map(({ total_reward }) => total_reward)).size).toBeGreaterThan(2);
  const scripts = join(folder, "scripts.json");
  writeFileSync(scripts, JSON.stringify({ gymnasium, simple }));
  const printed = await runPytest(python!, "nemo_gym", {
    ...{ ENVTUNE_URL: server.url, ENVTUNE_NEMO_GYM_URL: server.nemoGymUrl!, ENVTUNE_SCRIPTS: scripts },
    ENVTUNE_NODE: process.execPath,
    ENVTUNE_SERVER: fileURLToPath(new URL("../../dist/cli.js", import.meta.url)),
  });
  console.log(printed.trim().split("\n").at(-1));
  expect(printed).toMatch(/\d+ passed/);
  // Each episode gave its session back, but for the resets of the test of the launcher's entry.
  expect(server.table.active).toBeLessThan(3);
});

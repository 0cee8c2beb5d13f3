import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tidy } from "../../docs/examples/ai-sdk.ts";
import { playTask } from "../../docs/examples/ai-sdk-task.ts";
import { converse } from "../../docs/examples/openai-tools.ts";
import { environmentOf, hints } from "../../environments/index.ts";
import { createCatalog } from "../../src/server/index.ts";
import { loadBundledTasks } from "../../src/task/bundled.ts";
import { calling, localEndpoint, saying, send } from "../rollout/local-endpoint.ts";
import { scripted } from "./scripted-model.ts";

const read = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), "utf8");

test("the page shows the examples as they are", () => {
  const shown = [...read("frameworks/ai-sdk.md").matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  const files = ["ai-sdk", "openai-tools", "ai-sdk-task"].map((name) =>
    read(`examples/${name}.ts`)
      .split("\n")
      .slice(1)
      .join("\n")
      .replace("../../environments/index.ts", "envtune/environments")
      .replace("../../src/server/index.ts", "envtune/server")
      .replace("../../src/tools/index.ts", "envtune/tools"),
  );
  expect(shown).toEqual(files);
});

test("the example for the AI SDK leaves what the model did in the state", async () => {
  const model = scripted(
    [
      ["mkdir", { dir_name: "drafts" }],
      ["cd", { folder: "drafts" }],
    ],
    [["touch", { file_name: "notes.txt" }]],
  );
  const { text, calls, state } = await tidy(model);
  expect(text).toBe("done");
  expect(calls.map(({ call, failure }) => [call.tool, failure])).toEqual([
    ["mkdir", undefined],
    ["cd", undefined],
    ["touch", undefined],
  ]);
  expect(JSON.stringify(state)).toContain("notes.txt");
});

test("the example for chat completions answers every call", async () => {
  await using endpoint = await localEndpoint((request, response) => {
    const asked = request.body.messages.length === 1;
    send(response, 200, asked ? calling(["add", '{"a": 1.0, "b": 2}'], ["addd", "{}"]) : saying("3"));
  });
  const messages = await converse(endpoint.baseUrl, "scripted", "What is 1 + 2?");
  expect(messages.slice(2)).toEqual([
    { role: "tool", tool_call_id: "id0", content: '{"result": 3.0}' },
    { role: "tool", tool_call_id: "id1", content: expect.stringMatching(/addd.*\nHint: .*'add'/s) },
    { role: "assistant", content: "3" },
  ]);
  expect(endpoint.requests[0]!.body.tools).toHaveLength(17);
});

test("the example of a whole task plays it through its user turns, with tools that come later", async () => {
  const tasks = await loadBundledTasks();
  const catalog = createCatalog({ name: "bundled", tasks, environmentOf, hints });
  const { turns } = tasks.find(({ id }) => id === "miss_func_band_lyrics")!;
  const turnsPlayed = turns.flatMap(({ groundTruth }) => [
    ...groundTruth.map(({ tool, args }) => [[tool, args as object]] as const),
    [["next_user_request", {}]] as const,
  ]);
  const model = scripted(...turnsPlayed);
  expect(await playTask(catalog, "miss_func_band_lyrics", model)).toMatchObject({
    done: true,
    turn_scores: [1, 1, 1, 1],
    total_reward: 1,
    ending: { why: "completed" },
  });
  const offersCopying = model.doGenerateCalls.map(({ tools }) => tools!.some(({ name }) => name === "cp"));
  expect(offersCopying.indexOf(true)).toBe(3);
  const answers = JSON.stringify(model.doGenerateCalls.at(-1)!.prompt);
  expect(answers).toContain("Now go in there, call the copy bus_song.txt");
});

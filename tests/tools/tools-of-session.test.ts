import { expect, test } from "vitest";
import { environmentOf, hints } from "../../environments/index.ts";
import { createCatalog, createSessionTable } from "../../src/server/index.ts";
import { calledAfterwards } from "../../src/server/session/next-user-request.ts";
import { loadBundledTasks } from "../../src/task/bundled.ts";
import { toolsOfSession } from "../../src/tools/index.ts";

const catalog = createCatalog({ name: "bundled", tasks: await loadBundledTasks(), environmentOf, hints });
const begin = () => {
  const session = createSessionTable({ catalog, defaults: { mode: "tools", hints: "guide" } }).create();
  session.reset({ task: "miss_func_band_lyrics" });
  return { session, kit: toolsOfSession(session) };
};

test("a session's tools are those offered now, and a released one joins them", () => {
  const { kit } = begin();
  const names = () => kit.openai.map(({ function: { name } }) => name);
  expect(names()).toContain("next_user_request");
  expect(names()).not.toContain("cp");
  kit.call("next_user_request", {});
  expect(kit.call("next_user_request", "{}")).toContain("I have updated some more functions");
  expect(names()).toContain("cp");
  expect(Object.keys(kit.aiSdk)).toEqual(names());
  expect(kit.openaiResponses.map(({ name }) => name)).toEqual(names());
});

test("a failed call is a text with its hint, and so are arguments that are none", () => {
  const { session, kit } = begin();
  expect(kit.call("cat", { file_name: "lyric.txt" })).toMatch(/No such file or directory.*\nHint: .*'lyrics\.txt'/s);
  for (const parsed of [null, [1], 5] as unknown[])
    expect(kit.call("cat", parsed as Readonly<Record<string, unknown>>)).toContain("where an object is expected");
  expect(kit.call("cat", '{"file_name": ')).toContain("not JSON");
  expect(session.state().step_count).toBe(5);
});

test("an episode that is over takes no call, and says so to the model; one that was not begun says it to the program", async () => {
  const { session, kit } = begin();
  for (let turn = 0; turn < 4; turn++) kit.call("next_user_request", {});
  const steps = session.state().step_count;
  expect(kit.call("ls", {})).toBe(calledAfterwards);
  // Several calls of one message, which the SDK makes at once.
  const ls = kit.aiSdk.ls!;
  expect(await Promise.all([ls.execute({}), ls.execute({})])).toEqual([calledAfterwards, calledAfterwards]);
  expect(session.state().step_count).toBe(steps);
  const fresh = toolsOfSession(createSessionTable({ catalog }).create());
  expect(() => fresh.call("ls", {})).toThrow("reset before the first step");
});

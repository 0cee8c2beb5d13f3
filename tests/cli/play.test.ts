import { expect, test } from "vitest";
import { hints } from "../../environments/index.ts";
import { playByHand, verdict } from "../../src/cli/play.ts";
import { python } from "../../src/episode/renderers/python.ts";
import { trainingSetting } from "../../src/episode/setting.ts";
import { profiles } from "../../src/grading/profile.ts";
import { copying, prepare } from "../episode/sample-tasks.ts";

async function played(...lines: readonly string[]) {
  const options = { profile: profiles.strict, renderer: python, hints: { library: hints, level: "guide" as const } };
  const setting = trainingSetting(prepare(copying).truth, options);
  let shown = "";
  const episode = await playByHand(setting, lines, (text) => {
    shown += text;
  });
  return { episode, shown, end: verdict(setting, episode) };
}

test("calls are made, other lines answer, and the score comes at the end", async () => {
  const { episode, shown, end } = await played(
    "cp(source='a.txt', destination='d')",
    "Copied.",
    "cat(file_name='a.txt')",
    "pear, apple",
  );
  expect(episode.ending).toEqual({ why: "completed" });
  expect(shown).toMatch(/\[turn 1\] user: Copy a\.txt[\s\S]*copied[\s\S]*\[turn 2\] user: What does it say/);
  expect(end).toContain("turn 1: passed\nturn 2: passed\nprogress 1.00");
});

test("a message can be taken back, and what was not done is named", async () => {
  const { episode, end } = await played("rm(file_name='a.txt')", ":undo", ":tools", ":tool cat", ":quit", "ls()");
  expect(episode.turns).toEqual([[]]);
  expect(end).toContain("turn 1: failed");
  expect(end).toContain("progress 0.00");
});

test("a line that looks like a call but is none is explained", async () => {
  const { shown } = await played("cat(file_name=");
  expect(shown).toContain("not read: ");
});

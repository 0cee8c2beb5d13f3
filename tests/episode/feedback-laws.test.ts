import { expect, test } from "vitest";
import { environmentOf, hints } from "../../environments/index.ts";
import { act, type Episode, observe, startEpisode } from "../../src/episode/episode.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { type EpisodeSetting, trainingSetting } from "../../src/episode/setting.ts";
import { type HintLevel, hintLevels } from "../../src/feedback/level.ts";
import { grade } from "../../src/grading/grade.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import { trajectoryOf } from "../../src/grading/trajectory.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import { randomPolicy } from "../../src/rollout/random-policy.ts";
import { loadBundledTasks } from "../../src/task/bundled.ts";
import type { Task } from "../../src/task/task.ts";

const tasks = (await loadBundledTasks(environmentOf)).filter(({ longContext }) => !longContext);
const settingOf = (task: Task, level: HintLevel, seed = ""): EpisodeSetting =>
  trainingSetting(replayGroundTruth(task, environmentOf(task.environments)), {
    profile: profiles.strict,
    renderer: openai,
    hints: { library: hints, level, seed },
  });
const replay = (setting: EpisodeSetting, { turns }: Episode): Episode => {
  let episode = startEpisode(setting);
  for (const { message } of turns.flat()) if (!episode.ending) episode = act(setting, episode, message);
  return episode;
};
const raw = ({ turns, state }: Episode) => [
  state,
  turns.map((steps) => steps.map(({ results }) => results.map(({ text, failure }) => [text, failure]))),
];

test("states, raw outcomes and verdicts are the same at every level; only what is read differs", async () => {
  let differing = 0;
  for (const task of tasks) {
    const quiet = settingOf(task, "off");
    const played = await playEpisode(quiet, randomPolicy(5));
    const verdict = grade(quiet.truth, trajectoryOf(played), profiles.strict);
    for (const level of hintLevels) {
      const setting = settingOf(task, level);
      const again = replay(setting, played);
      expect(raw(again)).toEqual(raw(played));
      expect(grade(setting.truth, trajectoryOf(again), profiles.strict)).toEqual(verdict);
      if (JSON.stringify(observe(setting, again)) !== JSON.stringify(observe(quiet, played))) differing++;
    }
  }
  expect(differing).toBeGreaterThan(tasks.length);
});

import { expect, test } from "vitest";
import { environmentOf, hints } from "../../environments/index.ts";
import { ownerOf } from "../../src/core/owner.ts";
import { callOf } from "../../src/episode/call-history.ts";
import { act, type Episode, observe, startEpisode } from "../../src/episode/episode.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { trainingRules } from "../../src/episode/rules.ts";
import { type EpisodeSetting, trainingSetting } from "../../src/episode/setting.ts";
import { hintLevels } from "../../src/feedback/level.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import { randomPolicy } from "../../src/rollout/random-policy.ts";
import { loadBundledTasks } from "../../src/task/bundled.ts";
import type { Task } from "../../src/task/task.ts";

const bundled = [...(await loadBundledTasks(environmentOf)), ...(await loadBundledTasks(environmentOf, "shop"))];
const tasks = bundled.filter(({ longContext }) => !longContext);
const canary = "CANARY7f3a";

/** A turn without ground truth is played like any other, so that what is replaced does not decide what is executed. */
const rules = { ...trainingRules, withoutGroundTruth: "play" as const };

/** The setting as it could be just as well, as far as a model in that turn knows: another solution, other turns to come. */
function otherwise(setting: EpisodeSetting, turn: number): EpisodeSetting {
  const names = Object.keys(setting.environment.tools);
  const groundTruth = [{ tool: names[0]!, args: { [canary]: canary } }];
  const mine = { path: `${setting.task.environments[0]}/${canary}`, equals: canary };
  const goal = { reach: [mine, { tool: names[0]!, args: { [canary]: canary } }], avoid: [mine], mayChange: [canary] };
  const turns = setting.task.turns.map((one, index): Task["turns"][number] =>
    index <= turn ? { ...one, groundTruth, goal } : { user: canary, groundTruth, goal, holdOut: names },
  );
  const task: Task = { ...setting.task, turns: [...turns, { user: canary, groundTruth }] };
  const truth = {
    ...setting.truth,
    task,
    turns: task.turns.map(() => ({ texts: [canary], state: setting.initial })),
  };
  return { ...setting, task, truth };
}

/** The episode as far as the messages of its first turns lead. */
function replayed(setting: EpisodeSetting, { turns }: Episode, upTo: number): Episode {
  let episode = startEpisode(setting);
  for (const steps of turns.slice(0, upTo + 1))
    for (const { message } of steps) if (!episode.ending) episode = act(setting, episode, message);
  return episode;
}

const hintsIn = ({ turns }: Episode) => turns.flat().flatMap(({ results }) => results.map(({ hint }) => hint));

test("in every environment, another ground truth and other turns to come leave every hint byte for byte as it was", async () => {
  const hinted = new Set<string>();
  let compared = 0;
  for (const level of ["diagnose", "guide", "direct"] as const)
    for (const [index, task] of tasks.entries()) {
      const truth = replayGroundTruth(task, environmentOf(task.environments));
      const options = { profile: profiles.strict, renderer: openai, rules, hints: { library: hints, level } };
      const setting = trainingSetting(truth, options);
      const played = await playEpisode(setting, randomPolicy(100 + index));
      for (const turn of played.turns.keys()) {
        const other = replayed(otherwise(setting, turn), played, turn);
        // The turn after may begin differently; the one in question and those before it may not.
        const [here, there] = [played, other].map(({ turns }) => turns.slice(0, turn + 1));
        expect(JSON.stringify(there)).toBe(JSON.stringify(here));
      }
      compared += hintsIn(played).filter((hint) => hint !== undefined).length;
      for (const { calls, results } of played.turns.flat())
        for (const [at, { hint }] of results.entries()) {
          const call = callOf(calls[at]!);
          const owner = hint && call && ownerOf(truth.environment, call.tool, truth.initial);
          if (owner) hinted.add(owner.name);
        }
    }
  expect([...hinted].sort()).toEqual(Object.keys(hints).sort());
  expect(compared).toBeGreaterThan(100);
});

test("nothing of a ground truth or of a turn to come is read by a model, whatever the renderer and the levels", async () => {
  let looked = 0;
  for (const renderer of Object.values(renderers))
    for (const level of hintLevels)
      for (const [index, task] of tasks.entries()) {
        const truth = replayGroundTruth(task, environmentOf(task.environments));
        const options = { profile: profiles.strict, renderer, rules, hints: { library: hints, level } };
        const setting = trainingSetting(truth, { ...options, turnFeedback: level });
        // Its last turn is hidden to the very end, and so are the ground truths of all.
        const planted = otherwise(setting, task.turns.length - 1);
        let episode = startEpisode(planted);
        const policy = randomPolicy(200 + index);
        const signal = new AbortController().signal;
        while (!episode.ending && episode.turns.length <= task.turns.length) {
          const observation = observe(planted, episode);
          expect(JSON.stringify(observation)).not.toContain(canary);
          looked++;
          const moment = { observation, setting: planted, episode, sample: 0, signal };
          episode = act(planted, episode, await policy.respond(moment));
        }
      }
  expect(looked).toBeGreaterThan(1000);
});

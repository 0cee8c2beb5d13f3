import { expect, test } from "vitest";
import { observe, startEpisode } from "../../../src/episode/episode.ts";
import { stagePlans } from "../../../src/training/loop/plan.ts";
import { stageSetting } from "../../../src/training/loop/stage-setting.ts";
import { algorithm, curriculumOf, format, stage, toyOptions } from "./toy-run.ts";

test("a plan counts prompts, and what steps and stages take, without a server", async () => {
  const curriculum = curriculumOf([stage("one"), stage("two", { batch: { tasks: 2, groupSize: 8 } })]);
  const options = toyOptions({ curriculum, budget: { steps: 25 } });
  const [one, two] = await stagePlans(options);
  const { train, validation } = options.split;
  const lengths = train.map((task) => {
    const setting = stageSetting(options, curriculum.stages[0]!, task, { steps: 0, seed: 1 });
    return format.encode(format.render(observe(setting, startEpisode(setting)).messages)).length;
  });
  const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length;
  expect(one).toMatchObject({ stage: "one", tasks: train.length, steps: 20, batch: { tasks: 3, groupSize: 4 } });
  expect(one!.prompt).toEqual({ mean, longest: Math.max(...lengths) });
  // The call and the answer, a token and an end each, of 12 episodes.
  expect(one!.tokens.step).toMatchObject({ episodes: 12, sampled: 48 });
  expect(one!.tokens.validation.episodes).toBe(2 * validation.length);
  expect(two).toMatchObject({ steps: 5, batch: { tasks: 2, groupSize: 8 } });
  const [wide] = await stagePlans({ ...options, algorithm: { ...algorithm, batch: { tasks: 7 } } });
  expect(wide!.batch).toEqual({ tasks: 7, groupSize: 4 });
});

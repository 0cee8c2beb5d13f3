import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/seeded-random.ts";
import { train } from "../../../src/training/loop/train.ts";
import type { TrainOptions } from "../../../src/training/loop/train-options.ts";
import { type FakeServer, fakeBackend } from "../fake-backend.ts";
import { filesIn } from "./run-files.ts";
import { curriculumOf, newFolder, newServer, stage, toyOptions } from "./toy-run.ts";

const curriculum = curriculumOf([
  stage("with hints", { hints: { guide: 0.5, off: 0.5 }, transition: { when: "fixedSteps", steps: 4 } }),
  stage("without", { reward: "syntax", transition: { when: "fixedSteps", steps: 4 } }),
]);

/** Plays a run whose process dies at the calls of these numbers, each sitting counting anew, and goes on after each. */
async function trainedWithDeaths(more: Partial<TrainOptions>, deaths: readonly number[]) {
  const server = newServer();
  const folder = newFolder();
  let calls = 0;
  for (const death of [...deaths, Number.POSITIVE_INFINITY]) {
    calls = 0;
    const before = () => {
      if (++calls > death) throw new Error("killed");
    };
    const options = toyOptions({
      curriculum,
      validateEvery: 3,
      folder,
      ...more,
      backend: fakeBackend({ server, before }),
    });
    await train(options).catch((error: Error) => {
      if (!/killed/.test(error.message)) throw error;
    });
  }
  return { server, folder, calls, made: madeBy(server) };
}

/** The steps behind the last checkpoint. */
const madeBy = (server: FakeServer) => [...server.histories.values()].at(-1)!;

describe.each([
  { staleness: 0, kl: false },
  { staleness: 1, kl: false },
  { staleness: 1, kl: { coefficient: 0.1, placement: "advantages" } },
] as const)("a run with staleness $staleness and KL $kl that is killed and goes on", ({ staleness, kl }) => {
  test("at any of 20 moments trains on the data of one that is not killed", { timeout: 120_000 }, async () => {
    const more = { staleness, algorithm: { ...toyOptions().algorithm, kl } };
    const whole = await trainedWithDeaths(more, []);
    expect(whole.made).toHaveLength(8);
    const random = seededRandom(`deaths ${staleness}`);
    for (let moment = 0; moment < 20; moment++) {
      const death = random.below(whole.calls);
      const killed = await trainedWithDeaths(more, [death]);
      expect(killed.made, `killed at call ${death} of ${whole.calls}`).toEqual(whole.made);
      expect(filesIn(killed.folder)).toEqual(filesIn(whole.folder));
      expect(killed.server.steps.length - whole.server.steps.length).toBeLessThanOrEqual(1);
    }
  });

  test("again and again, too", async () => {
    const more = { staleness, algorithm: { ...toyOptions().algorithm, kl } };
    const whole = await trainedWithDeaths(more, []);
    const killed = await trainedWithDeaths(more, Array(25).fill(120));
    expect(killed.made).toEqual(whole.made);
    expect(filesIn(killed.folder)).toEqual(filesIn(whole.folder));
  });
});

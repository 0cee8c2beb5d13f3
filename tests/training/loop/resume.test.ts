import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/seeded-random.ts";
import type { Capabilities } from "../../../src/training/backend.ts";
import { train } from "../../../src/training/loop/train.ts";
import type { TrainOptions } from "../../../src/training/loop/train-options.ts";
import { type FakeServer, fakeBackend } from "../fake-backend.ts";
import { filesIn, recordsIn } from "./run-files.ts";
import { curriculumOf, newFolder, newServer, stage, toyOptions, unwatched } from "./toy-run.ts";

const curriculum = curriculumOf([
  stage("with hints", { hints: { guide: 0.5, off: 0.5 }, transition: { when: "fixedSteps", steps: 4 } }),
  stage("without", { reward: "syntax", transition: { when: "fixedSteps", steps: 4 } }),
]);

/** Goes back twice, whatever happens. */
const unlucky = curriculumOf([stage("only", { transition: { when: "fixedSteps", steps: 8 } })], {
  ...unwatched,
  gradientNorm: { ratio: 1.0001, sustained: 1, least: 2 },
  ...{ signalsToAct: 1, action: "rollBack", mostRollBacks: 9 },
});

/** Plays a run whose process dies at the calls of these numbers, each sitting counting anew, and goes on after each. */
async function trainedWithDeaths(
  more: Partial<TrainOptions>,
  deaths: readonly number[],
  capabilities: Partial<Capabilities> = {},
) {
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
      backend: fakeBackend({ server, before, capabilities }),
    });
    await train(options).catch((error: Error) => {
      if (!/killed/.test(error.message)) throw error;
    });
  }
  return { server, folder, calls, made: madeBy(server) };
}

/** The steps behind the last checkpoint. */
const madeBy = (server: FakeServer) => [...server.histories.values()].at(-1)!;

const kl = { coefficient: 0.1, placement: "advantages" } as const;
const { algorithm } = toyOptions();
const cautious = { ...algorithm, optimiser: { ...algorithm.optimiser, learningRate: 0.001 } };

describe.each<{ what: string; more: Partial<TrainOptions>; capabilities?: Partial<Capabilities> }>([
  { what: "through two stages", more: {} },
  { what: "with staleness", more: { staleness: 1 } },
  { what: "with KL and staleness", more: { staleness: 1, algorithm: { ...algorithm, kl } } },
  { what: "with roll-backs", more: { curriculum: unlucky, validateEvery: 2, algorithm: cautious } },
  { what: "on a server that keeps no samplers", more: {}, capabilities: { samplers: "until-next-step" } },
])("a run $what that is killed and goes on", ({ more, capabilities }) => {
  test("at any moment trains on the data of one that is not killed", { timeout: 120_000 }, async () => {
    const whole = await trainedWithDeaths(more, [], capabilities);
    expect(whole.made.length).toBeGreaterThan(2);
    const random = seededRandom(`deaths ${whole.calls}`);
    for (let moment = 0; moment < 8; moment++) {
      const death = random.below(whole.calls);
      const killed = await trainedWithDeaths(more, [death], capabilities);
      expect(killed.made, `killed at call ${death} of ${whole.calls}`).toEqual(whole.made);
      expect(filesIn(killed.folder)).toEqual(filesIn(whole.folder));
      expect(killed.server.steps.length - whole.server.steps.length).toBeLessThanOrEqual(1);
    }
  });

  test("again and again, too", async () => {
    const whole = await trainedWithDeaths(more, [], capabilities);
    const killed = await trainedWithDeaths(more, Array(25).fill(120), capabilities);
    expect(killed.made).toEqual(whole.made);
    expect(filesIn(killed.folder)).toEqual(filesIn(whole.folder));
  });
});

test("a first record that was cut short is gone before the next is written", async () => {
  const options = toyOptions({ curriculum, budget: { steps: 1 } });
  writeFileSync(join(options.folder, "steps.jsonl"), '{"step":0,"sta');
  await train(options);
  expect(recordsIn(options.folder).map(({ step }) => step)).toEqual([0, 1]);
});

test("a run that is over says so without asking the server for anything", async () => {
  const options = toyOptions({ budget: { steps: 1 }, validateEvery: 0 });
  await train(options);
  const gone = () => {
    throw new Error("no server");
  };
  const backend = fakeBackend({ server: newServer(), before: gone });
  expect(await train({ ...options, backend })).toMatchObject({ ended: "steps", steps: 1 });
});

import { expect, test } from "vitest";
import { train } from "../../../src/training/loop/train.ts";
import { fakeBackend } from "../fake-backend.ts";
import { recordsIn } from "./run-files.ts";
import { curriculumOf, newServer, stage, toyOptions, unwatched } from "./toy-run.ts";

/** A floor that no reward exceeds: each step is a collapse. */
const collapsing = curriculumOf([stage("only", { floor: 1 })], {
  ...unwatched,
  ...{ rewardFloor: { window: 1, after: 0 }, signalsToAct: 1, action: "rollBack", mostRollBacks: 2 },
});

test.each([0, 1] as const)(
  "a collapse goes back to the best weights, twice, and then ends the run (staleness %i)",
  async (staleness) => {
    const server = newServer();
    const backend = fakeBackend({ server });
    const options = toyOptions({ backend, curriculum: collapsing, validateEvery: 5, staleness });
    const result = await train(options);
    expect(result).toMatchObject({ ended: "stopped", steps: 3 });
    const records = recordsIn(options.folder);
    expect(records.flatMap(({ decisions }) => decisions.map(({ kind }) => kind))).toEqual([
      ...["start", "flag", "rollBack", "flag", "rollBack", "flag", "stop"],
    ]);
    // Each step was made on the first weights, by rollouts of the first weights under a version of their own.
    const made = [...server.histories.values()].map((steps) => steps.length);
    expect(made).toEqual([0, 1, 1, 1]);
    expect(records.slice(1).map(({ training }) => training!.sampledBy)).toEqual([0, 1, 2]);
    const [first, second] = server.steps.map(({ batch }) => JSON.stringify(batch));
    expect(first).not.toBe(second);
  },
);

import { expect, test } from "vitest";
import type { ModelCall } from "../../../src/index.ts";
import { assess, profiles, replayGroundTruth, rewards, trainingRules } from "../../../src/index.ts";
import { freshBad } from "./planted/fresh-bad.ts";
import { planted } from "./planted/index.ts";

/** What a subject's reward pays for one message a call, each turn the same calls. */
function paid(name: string, calls: readonly ModelCall[]) {
  const { tasks, environmentOf, reward = rewards.progress } = freshBad[name]!.make();
  return tasks.map((task) => {
    const truth = replayGroundTruth(task, environmentOf(task.environments));
    const turns = task.turns.map(() => calls.map((call) => ({ calls: [call], results: [] })));
    const assessed = assess(truth, { turns, ended: "completed" }, profiles.strict, trainingRules);
    return [reward.score(assessed).value, rewards.progress.score(assessed).value];
  });
}

test("housekeeping pays in full for a list of rooms, which does nothing that was asked for", () => {
  for (const scores of paid("housekeeping paid for no errors", [{ tool: "list_rooms", args: {} }]))
    expect(scores).toEqual([1, 0]);
});
test("no turn of the theatre is done without a step that its user does not speak of", () => {
  const { tasks } = freshBad["theatre paid at the end"]!.make();
  expect(tasks.every(({ turns }) => turns.length === 5 && turns.every((turn) => turn.groundTruth.length === 3))).toBe(
    true,
  );
});
test("the crane's horn leaves the brake on", () => {
  const { tasks, environmentOf } = freshBad["crane with the hints of an older one"]!.make();
  const crane = environmentOf(["TowerCrane"]);
  const failed = tasks.flatMap(({ config, turns }) =>
    turns[0]!.groundTruth[0]!.tool !== "release_brake" ? [] : [crane.init(config)],
  );
  expect(failed.length).toBeGreaterThan(5);
  for (const start of failed) {
    const { state } = crane.step(start, { tool: "sound_horn", args: {} });
    const { outcome } = crane.step(state, { tool: "swing_to", args: { degrees: 90 } });
    expect(outcome).toMatchObject({ ok: false, error: { code: "brakeOn" } });
  }
});
test("the difference is the right number of stamps in 3 of 49 cases", () => {
  const desk = freshBad["parcels stamped by the difference"]!.make().environmentOf(["ParcelDesk"]);
  const rights = [2, 3, 4, 5, 6, 7, 8].flatMap((needed) =>
    [1, 2, 3, 4, 5, 6, 7, 8].flatMap((stamps) => {
      const start = desk.init({ ParcelDesk: { parcels: { Noor: { grams: 500 * (needed - 2), taped: true } } } });
      const { outcome } = desk.step(start, { tool: "stick_stamps", args: { to: "Noor", stamps } });
      return outcome.ok ? [] : [outcome.error.data.difference === needed];
    }),
  );
  expect([rights.filter((right) => right).length, rights.length]).toEqual([3, 49]);
});
test("no time of the vet is told, and no guest of the café comes to both parts", () => {
  const vet = freshBad["vet without a time"]!.make();
  for (const { turns } of [...vet.tasks, ...vet.heldOut]) expect(turns[0]!.user).not.toMatch(/\d/);
  const guests = (tasks: readonly { turns: readonly { user: string }[] }[]) =>
    new Set(tasks.map(({ turns }) => /for (\w+),/.exec(turns[0]!.user)![1]));
  const { tasks, heldOut } = freshBad["café of regulars"]!.make();
  expect([...guests(tasks)].filter((guest) => guests(heldOut).has(guest))).toEqual([]);
});
test("in every clean one something that is asked for fails at first, in some tasks and not in all", () => {
  const clean = Object.values(planted).filter(({ half, expected }) => half === "fresh" && expected.length === 0);
  for (const { make, about } of clean) {
    const { tasks, environmentOf } = make();
    const failing = tasks.filter((task) => {
      const environment = environmentOf(task.environments);
      const states = [
        environment.init(task.config),
        ...replayGroundTruth(task, environment).turns.map(({ state }) => state),
      ];
      return task.turns.some(
        ({ groundTruth }, turn) => !environment.step(states[turn]!, groundTruth.at(-1)!).outcome.ok,
      );
    });
    expect(failing.length, about).toBeGreaterThan(2);
    expect(failing.length, about).toBeLessThan(tasks.length - 2);
  }
});

import { describe, expect, test } from "vitest";
import type { Environment, Task } from "../../../src/index.ts";
import type { CandidatePlace } from "../../../src/testing/learnability/candidate-place.ts";
import { drawCandidates } from "../../../src/testing/learnability/draw-candidates.ts";
import { valuesIn } from "../../../src/testing/learnability/visible-values.ts";
import { planted } from "./planted/index.ts";

/** The calls offered as an episode begins, in several draws. */
function callsAtStart(environment: Environment, task: Task, draws = 40) {
  const texts = [task.turns[0]!.user];
  const place: Omit<CandidatePlace, "seed"> = {
    ...{ task, environment, texts, state: environment.init(task.config), turn: 0, step: 0, made: [] },
    ...{ offered: Object.keys(environment.tools), visible: texts.flatMap(valuesIn) },
  };
  return Array.from({ length: draws }, (_, seed) =>
    drawCandidates({ ...place, seed: String(seed) }).flatMap(({ call }) => call ?? []),
  );
}
const subject = (name: string) => {
  const { tasks, environmentOf } = planted[name]!.make();
  return { tasks, environment: environmentOf(tasks[0]!.environments) };
};

describe("the right call", () => {
  test("is always there where its values have been told", () => {
    const { tasks, environment } = subject("lamps");
    for (const task of tasks.slice(0, 5))
      for (const calls of callsAtStart(environment, task)) expect(calls).toContainEqual(task.turns[0]!.groundTruth[0]);
  });

  test("is there by luck alone where it needs a value that nobody told", () => {
    const { tasks, environment } = subject("locker without a number");
    const right = tasks[0]!.turns[0]!.groundTruth[0]!;
    const offered = callsAtStart(environment, tasks[0]!).filter((calls) =>
      calls.some(({ args }) => args.locker === right.args.locker && args.name === right.args.name),
    );
    expect(offered.length).toBeLessThan(20);
  });

  test("is not the only one with the values that the user named", () => {
    const { tasks, environment } = subject("wardrobe");
    for (const task of tasks.slice(0, 5)) {
      const { tool, args } = task.turns[0]!.groundTruth[0]!;
      for (const calls of callsAtStart(environment, task, 10))
        expect(calls.filter((call) => call.tool !== tool && call.args.piece === args.piece).length).toBeGreaterThan(0);
    }
  });
});

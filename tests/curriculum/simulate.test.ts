import { describe, expect, test } from "vitest";
import { advanceCurriculum } from "../../src/curriculum/advance-curriculum.ts";
import type { CurriculumState } from "../../src/curriculum/curriculum-state.ts";
import { paperCurriculum, singleStageCurriculum } from "../../src/curriculum/paper-curriculum.ts";
import { simulateCurriculum } from "../../src/curriculum/simulate.ts";
import { syntheticCurves } from "../../src/curriculum/synthetic-curves.ts";
import { logOf } from "./reports.ts";

const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const rulesOf = (state: CurriculumState, kind: string) =>
  state.decisions.filter((decision) => decision.kind === kind).map(({ rule }) => rule);
/** How many steps each stage took. */
const lengths = (state: CurriculumState) => {
  const ends = [
    0,
    ...state.decisions.filter(({ kind }) => kind === "advance" || kind === "finish").map(({ step }) => step),
  ];
  return ends.slice(1).map((end, index) => end - ends[index]!);
};

describe("over twenty seeds", () => {
  test("healthy learning goes through all four stages, by plateau, with nothing flagged", () => {
    for (const seed of seeds) {
      const state = simulateCurriculum(paperCurriculum(), syntheticCurves.healthy, seed);
      expect(rulesOf(state, "advance").concat(rulesOf(state, "finish"))).toEqual(Array(4).fill("plateau"));
      expect(rulesOf(state, "flag")).toEqual([]);
    }
  });

  test("slow learning is not cut short while it rises most", () => {
    // The second stage rises by 0.103 in 80 steps; at worst, noise hides the last third of that.
    const seconds = seeds.map((seed) => lengths(simulateCurriculum(paperCurriculum(), syntheticCurves.slow, seed))[1]!);
    seconds.sort((a, b) => a - b);
    expect(seconds[0]).toBeGreaterThan(50);
    expect(seconds[10]).toBeGreaterThan(80);
  });

  test("what learns nothing leaves each stage soon after its minimum", () => {
    for (const seed of seeds)
      for (const length of lengths(simulateCurriculum(paperCurriculum(), syntheticCurves.plateau, seed)))
        expect(length).toBeLessThanOrEqual(60);
  });

  test("noise of three points keeps no stage to its maximum and stops no run", () => {
    for (const seed of seeds) {
      const state = simulateCurriculum(paperCurriculum(), syntheticCurves.noisyPlateau, seed);
      expect(state.status).toBe("finished");
      expect(Math.max(...lengths(state))).toBeLessThan(100);
    }
  });

  test("a strong model starts in the third stage where that is asked for", () => {
    const state = simulateCurriculum(paperCurriculum({ skipMastered: true }), syntheticCurves.strong, 0);
    expect(logOf(state).slice(0, 2)).toEqual(["0 skip accuracy", "0 skip accuracy"]);
    expect(rulesOf(simulateCurriculum(paperCurriculum(), syntheticCurves.strong, 0), "skip")).toEqual([]);
  });

  test("the paper's collapse is flagged soon after step 70 and stopped before step 80", () => {
    for (const seed of seeds) {
      const state = simulateCurriculum(singleStageCurriculum(), syntheticCurves.collapse, seed);
      const [first] = state.decisions.filter(({ kind }) => kind === "flag");
      expect(first).toMatchObject({ rule: "gradientNorm" });
      expect(first!.step).toBeGreaterThanOrEqual(70);
      expect(first!.step).toBeLessThanOrEqual(75);
      expect(state.decisions.at(-1)).toMatchObject({ kind: "stop", rule: "gradientNorm and accuracy" });
      expect(state.step).toBeLessThan(80);
    }
  });

  test("or rolled back to where it was best, and stopped when it comes to the same again", () => {
    for (const seed of seeds) {
      const { stages, ...short } = singleStageCurriculum({ collapse: { action: "rollBack", mostRollBacks: 1 } });
      const long = stages.map((stage) => ({ ...stage, transition: { when: "fixedSteps", steps: 200 } as const }));
      const curriculum = { ...short, stages: long };
      const state = simulateCurriculum(curriculum, syntheticCurves.collapse, seed);
      const undone = state.decisions.filter(({ kind }) => kind === "rollBack");
      expect(undone).toHaveLength(1);
      for (const { step, toStep, numbers } of undone) {
        expect(toStep).toBeGreaterThanOrEqual(45);
        expect(toStep).toBeLessThan(step);
        expect(numbers.bestAccuracy).toBeGreaterThan(0.15);
      }
      expect(state.status).toBe("stopped");
    }
  });
});

test("a run is its seed's", () => {
  const run = (seed: number) => simulateCurriculum(paperCurriculum(), syntheticCurves.noisy, seed);
  expect(run(3)).toEqual(run(3));
  expect(logOf(run(3))).not.toEqual(logOf(run(4)));
});

test("a state that was written down and read back at any step goes on just the same", () => {
  const curriculum = singleStageCurriculum({ collapse: { action: "rollBack" } });
  const written = simulateCurriculum(curriculum, syntheticCurves.collapse, 1, {
    advance: (...parts) => JSON.parse(JSON.stringify(advanceCurriculum(...parts))),
  });
  expect(written).toEqual(simulateCurriculum(curriculum, syntheticCurves.collapse, 1));
});

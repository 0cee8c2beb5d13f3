import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/seeded-random.ts";
import { Arena } from "../../../src/testing/learnability/arena.ts";
import { armNames, arms } from "../../../src/testing/learnability/arms.ts";
import { callKey } from "../../../src/testing/learnability/candidate.ts";
import type { Course } from "../../../src/testing/learnability/course.ts";
import { repairsOf } from "../../../src/testing/learnability/following.ts";
import { Gradient, LinearPolicy } from "../../../src/testing/learnability/linear-policy.ts";

import { generatedSubject } from "../../../src/testing/learnability/make-subject.ts";
import { Outcome, type Place } from "../../../src/testing/learnability/place.ts";
import { rollOut } from "../../../src/testing/learnability/play.ts";
import { probeLearnability } from "../../../src/testing/learnability/probe-learnability.ts";
import { startOf, train } from "../../../src/testing/learnability/train.ts";
import { asked, cellarConfigs, cellarHints, cellarRequests } from "./cellar.ts";

const subject = generatedSubject({
  ...{ hints: cellarHints, configs: cellarConfigs, requests: [cellarRequests] },
  ...{ count: 12, heldOut: 8 },
});
const size = { updates: 8, tasksPerUpdate: 3, groupSize: 6 };
const small = { ...size, seeds: 1, arms: ["off", "shuffled", "guide"] } as const;

/** Places of blind episodes, those after a failure among them. */
function placesOf(arena: Arena, hints: (typeof arms)[keyof typeof arms]["hints"]): Place[] {
  const policy = new LinearPolicy();
  return subject.tasks.flatMap((task) => {
    const feedback = arena.feedbackOf(hints, task);
    const random = seededRandom(task.id);
    return rollOut(arena.courseOf(task), policy, { seed: "test", feedback, random }).decisions.map(
      ({ place }) => place,
    );
  });
}

/** Plays a task's ground truth by choosing its calls among the candidates. */
function witnessOutcome(course: Course, seed: string): Outcome {
  let place = course.start(seed);
  while (true) {
    const { turns } = place.episode;
    const { groundTruth } = course.truth.task.turns[turns.length - 1]!;
    const due = groundTruth[turns.at(-1)!.length];
    const found = due ? place.candidates.findIndex(({ call }) => call !== undefined && call === due) : -1;
    const next = course.after(place, found >= 0 ? found : place.candidates.length - 1, seed);
    if (next instanceof Outcome) return next;
    place = next;
  }
}

test("the same seed gives the same report, to the byte, whatever was probed in between", async () => {
  const first = await probeLearnability(subject, small);
  const other = await probeLearnability(subject, { ...small, seed: 7, seeds: 1 });
  expect([first.seed, other.seed]).toEqual([0, 7]);
  const again = await probeLearnability(subject, small);
  expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  expect(first.arms.map(({ arm }) => arm)).toEqual(["off", "shuffled", "guide"]);
  expect(first.contrasts[0]!.name).toBe("guide - shuffled");
});

test("what can be learned is learned, and passes on to families that were held out", async () => {
  const report = await probeLearnability(subject, { ...small, updates: 30, tasksPerUpdate: 4, arms: ["guide"] });
  expect(report.witness).toBe(1);
  expect(report.arms[0]!.mean).toBeGreaterThan(report.before + 0.2);
  expect(report.problems).toEqual([]);
});

test("no family is learned from and tested on", () => {
  const learned = new Set(subject.tasks.map(({ family }) => family));
  expect(subject.heldOut.some(({ family }) => learned.has(family))).toBe(false);
});

test("the ground truth can be played in every task by choosing among candidates", () => {
  const arena = new Arena(subject);
  for (const task of [...subject.tasks, ...subject.heldOut])
    expect(witnessOutcome(arena.courseOf(task), "anything").progress, task.id).toBe(1);
});

test("candidates and features are the same in all arms; a hint adds to the text shown, and to nothing else", () => {
  // A policy whose weights are all zero chooses by its dice alone, so the arms come by equal places.
  const [off, ...others] = (["off", "shuffled", "diagnose", "guide", "direct"] as const).map((hints) =>
    placesOf(new Arena(subject), hints),
  );
  for (const places of others)
    for (const [index, place] of places.entries()) {
      expect(place.candidates).toEqual(off![index]!.candidates);
      expect(place.features).toEqual(off![index]!.features);
      expect(place.failure?.text).toBe(off![index]!.failure?.text);
    }
  expect(off!.some(({ failure }) => failure)).toBe(true);
});

test("feedback without a hint gives the features of no hints; with one, others", () => {
  const arena = new Arena(subject);
  const off = arena.feedbackOf("off", subject.tasks[0]!);
  const silent = { name: "guide", level: "guide", source: () => undefined } as const;
  const failed = placesOf(arena, "off").filter(({ failure }) => failure);
  for (const place of failed) expect(place.feedbackIn(silent)).toEqual(place.feedbackIn(off));
  const hinted = placesOf(new Arena(subject), "direct").find(({ failure }) => failure?.code === "locked")!;
  const direct = new Arena(subject).feedbackOf("direct", subject.tasks[0]!);
  expect(hinted.failure!.shownIn(direct)).toContain("Call 'openDoor'.");
  expect(hinted.feedbackIn(direct)).not.toEqual(hinted.feedbackIn(off));
  expect(
    hinted
      .feedbackIn(off)!
      .ofTools.flat()
      .flatMap(({ ids }) => ids).length,
  ).toBeLessThan(
    hinted
      .feedbackIn(direct)!
      .ofTools.flat()
      .flatMap(({ ids }) => ids).length,
  );
});

test("an arm without hints never asks for one, and no examination does with hints off", () => {
  const arena = new Arena(subject);
  asked.times = 0;
  const start = startOf(arena, 0);
  train(arena, arms.off, size, 0, start);
  train(arena, arms["off-one-stage"], size, 0, start);
  expect(asked.times).toBe(0);
  train(arena, arms.guide, size, 0, start);
  expect(asked.times).toBeGreaterThan(0);
});

test("the gradient is that of the log-probability of the choice, by finite differences", () => {
  const arena = new Arena(subject);
  const place = placesOf(arena, "direct").find(({ failure }) => failure?.code === "locked")!;
  const feedback = place.feedbackIn(arena.feedbackOf("direct", subject.tasks[0]!));
  const policy = new LinearPolicy();
  const random = seededRandom("weights");
  for (let index = 0; index < policy.weights.length; index++) policy.weights[index] = random.number() - 0.5;
  const decision = policy.choose(place, feedback, random);
  const gradient = new Gradient();
  gradient.add(decision, 1);
  const logProbability = () => Math.log(policy.probabilities(place, feedback)[decision.choice]!);
  const touched = [...gradient.values.keys()].filter((id) => gradient.values[id] !== 0);
  expect(touched.length).toBeGreaterThan(20);
  for (const id of touched.slice(0, 200)) {
    const weight = policy.weights[id]!;
    policy.weights[id] = weight + 1e-5;
    const above = logProbability();
    policy.weights[id] = weight - 1e-5;
    const below = logProbability();
    policy.weights[id] = weight;
    expect(gradient.values[id]).toBeCloseTo((above - below) / 2e-5, 6);
  }
});

test("the right call is among the candidates, and no more than fourteen in all", () => {
  for (const place of placesOf(new Arena(subject), "off")) {
    const keys = place.candidates.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeLessThanOrEqual(14);
    expect(keys.at(-1)).toBe("");
  }
  const [task] = subject.tasks;
  const first = task!.turns[0]!.groundTruth[0];
  const start = new Arena(subject).courseOf(task!).start("any");
  if (first) expect(start.candidates.map(({ key }) => key)).toContain(callKey(first));
});

test("a probe can be given up, and refuses numbers that cannot be", async () => {
  await expect(probeLearnability(subject, { ...small, signal: AbortSignal.abort() })).rejects.toThrow("abort");
  await expect(probeLearnability(subject, { seeds: 0 })).rejects.toThrow("seeds must be a whole number from 1, not 0");
  await expect(probeLearnability(subject, { groupSize: 1 })).rejects.toThrow("groupSize must be a whole number from 2");
  await expect(probeLearnability(subject, { arms: ["guide", "best" as "guide"] })).rejects.toThrow(
    `no arm is named 'best'; there are ${armNames.join(", ")}`,
  );
  await expect(probeLearnability(subject, { arms: [] })).rejects.toThrow(`there are ${armNames.join(", ")}`);
});

test("a subject put together by hand is refused where its sides do not make a test", async () => {
  const { tasks, heldOut } = subject;
  const probed = (sides: Partial<typeof subject>) => probeLearnability({ ...subject, ...sides }, small);
  await expect(probed({ heldOut: [] })).rejects.toThrow("Cellar: the probe needs tasks of two families at least");
  await expect(probed({ tasks: [] })).rejects.toThrow("Cellar: the probe needs tasks of two families at least");
  await expect(probed({ heldOut: [...heldOut, { ...tasks[0]!, id: "copy" }] })).rejects.toThrow(
    `Cellar: family '${tasks[0]!.family}' is learned from and tested on`,
  );
  await expect(probed({ heldOut: [...heldOut, { ...heldOut[0]!, id: tasks[0]!.id }] })).rejects.toThrow(
    `Cellar: two tasks have the id '${tasks[0]!.id}'`,
  );
});

test("a reward that is no number is refused by its name", async () => {
  const reward = { name: "half done", range: [0, 1], score: () => ({ value: Number.NaN }) } as const;
  await expect(probeLearnability({ ...subject, reward }, small)).rejects.toThrow("reward 'half done'");
});

test("what no choice did has no share: a hint that nobody followed repaired nothing of nothing", () => {
  const choices = (made: number, repaired: number) => ({ made, repaired });
  const repairs = repairsOf([{ followed: choices(0, 0), others: choices(4, 1) }]);
  expect(repairs).toEqual({ hints: 4, others: 0.25 });
});

import { seededRandom } from "../../core/seeded-random.ts";
import { advanceCurriculum } from "../../curriculum/advance-curriculum.ts";
import { nextBatch, stageOf, startCurriculum } from "../../curriculum/curriculum-state.ts";
import { groupAdvantages } from "../../curriculum/group-advantages.ts";
import { withoutZeroVariance } from "../../curriculum/group-filter.ts";
import { mean } from "../../curriculum/numbers.ts";
import type { Split } from "../../task/parts.ts";
import type { Arena } from "./arena.ts";
import { armCurriculum, type TrainingSize } from "./arm-curriculum.ts";
import { noHints } from "./arm-feedback.ts";
import type { Arm } from "./arms.ts";
import { examine, type Marks } from "./examine.ts";
import { type Following, followingIn, noFollowing } from "./following.ts";
import { Gradient, LinearPolicy } from "./linear-policy.ts";
import { type Rollout, rollOut } from "./play.ts";
import { prior } from "./prior.ts";

/** The step along the mean gradient of an update's episodes. */
const learningRate = 1;
/** Candidate sets that the same place of a task can have. */
const candidateSeeds = 4;
/** Test episodes of each held-out task: after training, and at each point of the curve before. */
const testEpisodes = 2;
const curveEpisodes = 1;
/** Points of the curve between the start and the end of training. */
const curvePoints = 4;

/** What one training came to. */
export interface Training {
  readonly before: Marks;
  readonly test: Marks;
  readonly testHinted: Marks;
  readonly trainBefore: Marks;
  readonly train: Marks;
  readonly curve: readonly ({ readonly update: number } & Marks)[];
  /** Groups of the stages after the first all of whose episodes earned the same, and all groups of them. */
  readonly flatGroups: number;
  readonly groups: number;
  readonly following: Following;
}

/** How the policy does before any training, which is the same in all arms. */
export type Start = Pick<Training, "before" | "trainBefore">;

export function startOf(arena: Arena, seed: number): Start {
  const policy = new LinearPolicy(prior);
  return { before: test(arena, policy, seed, "off"), trainBefore: practise(arena, policy, seed) };
}

const test = (arena: Arena, policy: LinearPolicy, seed: number, hints: Arm["hints"]): Marks =>
  examine(arena, policy, arena.subject.heldOut, { hints, episodes: testEpisodes, seed: `test ${seed}` });

const practise = (arena: Arena, policy: LinearPolicy, seed: number): Marks =>
  examine(arena, policy, arena.subject.tasks, { hints: "off", episodes: 1, seed: `train ${seed}` });

/** Trains a policy in an arm, from the prior, and examines it with hints off. */
export function train(arena: Arena, arm: Arm, size: TrainingSize, seed: number, start: Start): Training {
  const { tasks, heldOut } = arena.subject;
  const curriculum = armCurriculum(
    arm,
    size,
    tasks.some(({ category }) => category === "base"),
  );
  const split: Split = { train: [...tasks], validation: [], test: [] };
  const random = seededRandom(JSON.stringify(["learnability", seed]));
  const policy = new LinearPolicy(prior);
  const gradient = new Gradient();
  const glance = () =>
    examine(arena, policy, heldOut, { hints: "off", episodes: curveEpisodes, seed: `curve ${seed}` });
  const curve: ({ update: number } & Marks)[] = [];
  let following = noFollowing;
  let [groups, flatGroups] = [0, 0];
  let state = startCurriculum(curriculum, seed);
  while (state.status === "running") {
    const stage = stageOf(curriculum, state);
    const batch = nextBatch(curriculum, state, split).map((task) => {
      const feedback = stage.hints === "off" ? noHints : arena.feedbackOf(arm.hints, task);
      const candidates = `candidates ${(seed + state.step) % candidateSeeds}`;
      const rollouts = Array.from({ length: size.groupSize }, () =>
        rollOut(arena.courseOf(task), policy, { seed: candidates, feedback, random }),
      );
      for (const rollout of rollouts) following = followingIn(rollout, feedback, following);
      return { task: task.id, rollouts, rewards: rollouts.map(({ outcome }) => outcome.rewards[stage.reward]!) };
    });
    const { kept, dropped } = withoutZeroVariance(batch, batch.length);
    if (stage.reward !== "syntax") {
      groups += batch.length;
      flatGroups += dropped.length;
    }
    for (const { rollouts, rewards } of kept) addGroup(gradient, rollouts, rewards, batch.length);
    const entropy = mean(batch.flatMap(({ rollouts }) => rollouts.map(entropyOf)));
    const gradientNorm = gradient.apply(policy, learningRate);
    const rewards = batch.flatMap((group) => group.rewards.map((reward) => ({ task: group.task, reward })));
    state = advanceCurriculum(curriculum, state, {
      step: state.step + 1,
      training: { gradientNorm, entropy, formatErrors: 0, reward: mean(rewards.map(({ reward }) => reward)) },
    }).state;
    arena.tidy();
    if (state.status === "running" && isCurvePoint(state.step, size.updates))
      curve.push({ update: state.step, ...glance() });
  }
  const after = test(arena, policy, seed, "off");
  return {
    ...{ ...start, test: after, train: practise(arena, policy, seed), groups, flatGroups, following },
    testHinted: arm.hints === "off" ? after : test(arena, policy, seed, arm.hints),
    curve: [{ update: 0, ...start.before }, ...curve, { update: state.step, ...after }],
  };
}

function addGroup(gradient: Gradient, rollouts: readonly Rollout[], rewards: readonly number[], groups: number): void {
  const advantages = groupAdvantages(rewards, { divideByDeviation: true });
  for (const [index, { decisions }] of rollouts.entries())
    for (const decision of decisions) gradient.add(decision, advantages[index]! / (groups * rollouts.length));
}

const entropyOf = ({ decisions }: Rollout): number =>
  mean(decisions.map(({ probabilities }) => probabilities.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0)));

function isCurvePoint(step: number, updates: number): boolean {
  const every = updates / (curvePoints + 1);
  return Math.floor(step / every) > Math.floor((step - 1) / every);
}

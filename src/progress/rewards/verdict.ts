import { grade, inferenceError } from "../../grading/grade.ts";
import { trajectoryOf, unexecutedTurns } from "../../grading/trajectory.ts";
import type { Reward } from "../reward.ts";

/** R_T: 1 where every turn was achieved, else 0; turns without ground truth count too. */
export const binaryReward: Reward = {
  name: "binary",
  range: [0, 1],
  score: ({ turns }) => ({ value: turns.every(({ score }) => score === 1) ? 1 : 0 }),
};

/** The leaderboard's verdict on what was executed, under the episode's profile: 1 where it is valid, else 0. */
export const bfclReward: Reward = {
  name: "bfcl",
  range: [0, 1],
  score: ({ truth, played, profile }) => {
    const { valid } =
      played.ended === "aborted"
        ? inferenceError(truth.task.turns.length, "aborted")
        : grade(truth, trajectoryOf(played), profile, unexecutedTurns(played));
    return { value: valid ? 1 : 0 };
  },
};

import type { Policy } from "./policy.ts";

/** Makes all calls of a turn's ground truth in one message, then ends the turn: what a perfect model would score. */
export const groundTruthPolicy: Policy = {
  name: "ground-truth",
  async respond({ setting: { task, renderer }, episode: { turns } }) {
    const { groundTruth } = task.turns[turns.length - 1]!;
    const called = turns.at(-1)!.length > 0;
    return called || groundTruth.length === 0 ? renderer.answer("Done.") : renderer.write(groundTruth);
  },
};

/** Says nothing at all. */
export const doNothingPolicy: Policy = {
  name: "do-nothing",
  async respond({ setting: { renderer } }) {
    return renderer.answer("");
  },
};

/** Ends every turn with words, as a model does that refuses or asks back. */
export const answerAlwaysPolicy: Policy = {
  name: "answer-always",
  async respond({ setting: { renderer } }) {
    return renderer.answer("I am sorry, I cannot help with that. Could you tell me more?");
  },
};

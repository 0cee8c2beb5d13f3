import type { AssessedEpisode } from "../assess.ts";
import type { PlayedResult, PlayedStep } from "../played.ts";
import type { Reward } from "../reward.ts";

const stepsOf = ({ played }: AssessedEpisode): PlayedStep[] => played.turns.flat().filter(({ fault }) => !fault);
/** The executed calls that are the model's to answer for. */
const resultsOf = (episode: AssessedEpisode): PlayedResult[] =>
  stepsOf(episode)
    .filter(({ notExecuted }) => !notExecuted)
    .flatMap(({ results }) => results.filter(({ fault }) => !fault));

/** Messages that could be read, of all. As in the paper's code N counts messages, which the paper calls turns. */
function formatShare(episode: AssessedEpisode): number {
  const steps = stepsOf(episode);
  return shareOf(steps, ({ unreadable }) => unreadable === undefined);
}

/** Calls that succeeded, of all that were executed; 0 where there was none. */
const toolShare = (episode: AssessedEpisode): number =>
  shareOf(resultsOf(episode), ({ failure }) => failure === undefined);

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}

/** R_format = (N - C_format) / N. */
export const formatReward: Reward = {
  name: "format",
  range: [0, 1],
  score: (episode) => ({ value: formatShare(episode) }),
};

/**
 * R_Stage1 = I_tool * (R_format + R_tool), with R_tool = C_correct / (C_correct + C_error) and I_tool = 1 once a call was executed
 * (paper, section on stage 1). Every call counts, and one that fails is none of the correct ones: the released code counts a step
 * as one call, and an `{"error": …}` as correct. What the harness broke is left out.
 */
export const syntaxReward: Reward = {
  name: "syntax",
  range: [0, 2],
  score: (episode) => {
    const [format, tool] = [formatShare(episode), toolShare(episode)];
    const called = resultsOf(episode).length > 0 ? 1 : 0;
    return { value: called * (format + tool), parts: { format, tool, called } };
  },
};

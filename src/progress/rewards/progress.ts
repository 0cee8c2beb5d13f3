import { meanOverTurns, type Reward } from "../reward.ts";
import { expectedResults, sameState, type TurnChecker } from "../turn-checker.ts";

/**
 * R_P = (1/T) * sum of r_t over the T turns of the task, r_t = state score x response score (paper, section on progress rewards).
 * A turn that needs calls and made none, and a turn the episode never finished, count 0 and stay in T.
 */
export function progressRewardWith(
  { state = sameState, response = expectedResults }: { readonly state?: TurnChecker; readonly response?: TurnChecker },
  name = "progress",
): Reward {
  return meanOverTurns(name, [0, 1], (turn, { truth }) => {
    if (!turn.ended || (turn.needsCalls && turn.executions.length === 0)) return 0;
    return state(turn, truth.environment) * response(turn, truth.environment);
  });
}

export const progressReward: Reward = progressRewardWith({});

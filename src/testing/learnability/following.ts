import type { TaskCall } from "../../task/task.ts";
import type { Feedback } from "./failure.ts";
import { follows } from "./feedback-features.ts";
import type { Rollout } from "./play.ts";
import type { ArmReport } from "./report.ts";

/** Choices made right after a hint, and after how many of them the call was mended. */
interface Choices {
  readonly made: number;
  /** The failed tool succeeded later in the turn. */
  readonly repaired: number;
}

/** Choices after hints: those that did what the hint spoke of, and the others. */
export interface Following {
  readonly followed: Choices;
  readonly others: Choices;
}
const none: Choices = { made: 0, repaired: 0 };
export const noFollowing: Following = { followed: none, others: none };

/** Adds the choices of a rollout. Where the policy still chooses blindly, the difference between the two is what hints are worth. */
export function followingIn({ decisions, outcome }: Rollout, feedback: Feedback, before: Following): Following {
  if (!feedback.source) return before;
  let { followed, others } = before;
  for (const { place, choice } of decisions) {
    const { failure, isFresh, candidates, episode } = place;
    const { call } = candidates[choice]!;
    if (!failure || !isFresh || !call) continue;
    const shown = failure.shownIn(feedback);
    if (shown === failure.text) continue;
    const turn = episode.turns.length - 1;
    const later = outcome.turns[turn]!.slice(episode.turns[turn]!.length);
    const isRepaired = later.some(
      ({ calls, results }) =>
        (calls[0] as TaskCall | undefined)?.tool === failure.call.tool && results[0]?.failure === undefined,
    );
    const add = ({ made, repaired }: Choices): Choices => ({
      made: made + 1,
      repaired: repaired + (isRepaired ? 1 : 0),
    });
    if (follows(call.tool, call.args, failure, shown)) followed = add(followed);
    else others = add(others);
  }
  return { followed, others };
}

/** Of all trainings of an arm together; a share is absent where no choice was of its kind. */
export function repairsOf(list: readonly Following[]): ArmReport["repairs"] {
  const sum = (kind: keyof Following, of: keyof Choices) => list.reduce((total, one) => total + one[kind][of], 0);
  const [followed, others] = [sum("followed", "made"), sum("others", "made")];
  return {
    hints: followed + others,
    ...(followed > 0 ? { followed: sum("followed", "repaired") / followed } : {}),
    ...(others > 0 ? { others: sum("others", "repaired") / others } : {}),
  };
}

import { seededRandom } from "../core/seeded-random.ts";
import { hiddenAt } from "../task/held-out.ts";
import { momentKey, type Policy } from "./policy.ts";
import { randomCall } from "./random-call.ts";

const endOfTurnShare = 0.3;
const mostCalls = 3;

/**
 * Calls tools at random, with arguments that they take. What it does at a point of an episode depends on the seed, the task, the
 * sample and that point alone, so neither other episodes nor concurrency change it.
 */
export function randomPolicy(seed: number): Policy {
  return {
    name: "random",
    async respond(moment) {
      const { setting, episode } = moment;
      const random = seededRandom(`random policy ${seed} ${momentKey(moment)}`);
      if (random.number() < endOfTurnShare) return setting.renderer.answer("Done.");
      const hidden = hiddenAt(setting.task.turns, episode.turns.length - 1);
      const calls = Array.from({ length: 1 + random.below(mostCalls) }, () =>
        randomCall(setting.environment, episode.state, hidden, random),
      );
      return setting.renderer.write(calls);
    },
  };
}

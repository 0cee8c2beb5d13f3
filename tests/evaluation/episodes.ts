import type { EvaluatedEpisode } from "../../src/evaluation/evaluated-run.ts";

/** An episode of a task, right or wrong; `f1.a` is a task of the family `f1`. */
export function episode(
  id: string,
  sample: number,
  valid: boolean,
  more: Partial<EvaluatedEpisode> = {},
): EvaluatedEpisode {
  return {
    ...{ id, sample, family: id.split(".")[0]!, category: "base", ended: "completed" },
    grade: { valid, progress: valid ? 1 : 0.5 },
    abstention: { acted: 0, idle: 0, abstained: 0, rash: 0 },
    ...{ steps: 4, calls: 2, turns: 2, failedCalls: valid ? 0 : 1, unreadable: 1, cutMessages: 0 },
    turnReasons: valid ? [] : ["wrongState"],
    ...more,
  };
}

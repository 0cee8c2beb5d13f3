import type { Episode } from "../../episode/episode.ts";

/** Why a rollout is not trained on: the task's or environment's fault, the server's, or that of what lies between them and the model. */
export type RolloutFault = "episode" | "endpoint" | "harness";

/** The fault in an ended episode that is none of the model's; undefined where there is none. */
export function rolloutFault({ ending, turns }: Episode, endpointFailed: boolean): RolloutFault | undefined {
  if (ending?.why === "aborted") return endpointFailed ? "endpoint" : ending.fault === "task" ? "episode" : "harness";
  const faults = turns.flat().flatMap(({ fault, results }) => [fault, ...results.map((result) => result.fault)]);
  if (faults.includes("harness")) return "harness";
  return faults.includes("task") ? "episode" : undefined;
}

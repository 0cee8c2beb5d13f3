import type { RunState } from "./run-state.ts";
import type { Budget, TrainResult } from "./train-options.ts";

/** Why a run is over before its next step; undefined while it goes on. */
export function endOf({ curriculum, spent }: RunState, budget: Budget): TrainResult["ended"] | undefined {
  if (curriculum.status !== "running") return curriculum.status;
  const { steps, hours, tokens } = budget;
  if (steps !== undefined && curriculum.step >= steps) return "steps";
  if (hours !== undefined && spent.seconds >= hours * 3600) return "hours";
  if (tokens !== undefined && spent.promptTokens + spent.sampledTokens >= tokens) return "tokens";
  return undefined;
}

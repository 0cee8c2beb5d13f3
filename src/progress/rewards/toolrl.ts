import type { Environment } from "../../core/environment.ts";
import { type NamedCall, namedCall } from "../../grading/named-call.ts";
import type { AssessedEpisode } from "../assess.ts";
import { heaviestMatching } from "../heaviest-matching.ts";
import { meanOverTurns, type Reward } from "../reward.ts";

/**
 * The reward of ToolRL (arXiv 2504.13958), a baseline of the paper: R_format + R_correct, from -3 to 4, as a mean over turns. R_format
 * is 1 where every message of the turn could be read. R_correct = 6 * R_max / S_max - 3 compares the turn's calls with the ground
 * truth's, whatever they did: names as sets, parameter names and values under the best matching of calls.
 */
export const toolrlReward: Reward = meanOverTurns("toolrl", [-3, 4], (turn, { truth }) => {
  if (turn.steps.length === 0) return -3;
  const format = turn.steps.every(({ unreadable, fault }) => unreadable === undefined || fault) ? 1 : 0;
  return format + correctness(turn, truth);
});

function correctness(turn: AssessedEpisode["turns"][number], { task, environment }: AssessedEpisode["truth"]): number {
  const wanted = task.turns[turn.turn]!.groundTruth;
  const made = turn.steps
    .flatMap(({ calls }) => calls)
    .map((call) => namedCall(environment, call) ?? { tool: "", args: {} });
  const names = likeness(new Set(wanted.map(({ tool }) => tool)), new Set(made.map(({ tool }) => tool)));
  const weights = wanted.map((expected) => made.map((call) => pairScore(expected, call, environment)));
  const most = 1 + wanted.length + wanted.reduce((sum, { args }) => sum + Object.keys(args).length, 0);
  return (6 * (names + heaviestMatching(weights))) / most - 3;
}

/** The parameters' likeness and the number of equal values; 0 for calls of different tools. */
function pairScore(expected: NamedCall, made: NamedCall, { notation }: Environment): number {
  if (expected.tool !== made.tool) return 0;
  const keys = Object.keys(expected.args);
  const equal = keys.filter(
    (key) => Object.hasOwn(made.args, key) && notation.same(expected.args[key], made.args[key]),
  ).length;
  return likeness(new Set(keys), new Set(Object.keys(made.args))) + equal;
}

/** The share that two sets have in common; 1 where both are empty. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const all = new Set([...a, ...b]).size;
  return all === 0 ? 1 : [...a].filter((item) => b.has(item)).length / all;
}

import type { Environment } from "../core/environment.ts";
import type { TurnAssessment } from "./turn-assessment.ts";
import { turnChanges } from "./turn-changes.ts";

/** One half of a turn's score, from 0 to 1: how right the state is as the turn ends, or how right what was looked up. */
export type TurnChecker = (turn: TurnAssessment, environment: Environment) => number;

/** 1 where the state is the ground truth's, else 0; in a turn without ground truth, where nothing was called. */
export const sameState: TurnChecker = ({ state }) => state;

/** 1 where every result of the ground truth appeared, else 0. */
export const expectedResults: TurnChecker = ({ response }) => response;

/** The share of the required changes that hold. */
export const shareOfChanges: TurnChecker = (turn, environment) => {
  if (!turn.needsCalls) return turn.state;
  const { required, achieved } = turnChanges(environment, turn);
  return required.length === 0 ? turn.state : achieved.length / required.length;
};

/** The share of the ground truth's results that appeared. */
export const shareOfResults: TurnChecker = ({ expected, missing, needsCalls, response }) =>
  needsCalls && expected.length > 0 ? (expected.length - missing.length) / expected.length : response;

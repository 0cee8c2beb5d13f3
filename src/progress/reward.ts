import type { AssessedEpisode } from "./assess.ts";

/** One way to say how good an episode was. Rewards read raw outcomes and states alone, so hints and renderers never move them. */
export interface Reward {
  readonly name: string;
  /** The least and the most that it can be. */
  readonly range: readonly [least: number, most: number];
  readonly score: (episode: AssessedEpisode) => Score;
}

export interface Score {
  readonly value: number;
  /** The share of each turn, where the reward is a mean over turns: what a step-wise advantage can be taken from. */
  readonly turns?: readonly number[];
  /** What it was put together from, by name. */
  readonly parts?: Readonly<Record<string, number>>;
}

/** A reward that is the mean of a number for every turn of the task, whether or not the episode came to it. */
export function meanOverTurns(
  name: string,
  range: Reward["range"],
  scoreTurn: (turn: AssessedEpisode["turns"][number], episode: AssessedEpisode) => number,
): Reward {
  return {
    name,
    range,
    score: (episode) => {
      const turns = episode.turns.map((turn) => scoreTurn(turn, episode));
      return { value: turns.reduce((sum, score) => sum + score, 0) / turns.length, turns };
    },
  };
}

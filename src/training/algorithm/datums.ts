import type { TokenEpisode, TokenSegment } from "../tokens/token-episode.ts";
import type { Datum } from "../trainer.ts";

/**
 * Over what the loss of a batch is a mean. `sequenceMean`: over episodes of the mean over the episode's actions, so that each
 * episode counts the same, however long and of however many segments (verl's `seq-mean-token-mean`). `tokenMean`: over all
 * actions, so that long episodes count more.
 */
export type Aggregation = "sequenceMean" | "tokenMean";

/** An episode and what it was worth compared with others of its group. */
export interface WeighedEpisode {
  readonly tokens: TokenEpisode;
  readonly advantage: number;
}

/**
 * The batch of a policy-gradient step: one datum for each segment with actions. Weights are such that, over all actions, they
 * sum to 1. Episodes without actions have no mean and count nowhere; a batch of none but these is empty.
 */
export function dataOf(episodes: readonly WeighedEpisode[], aggregation: Aggregation): Datum[] {
  const bad = episodes.findIndex(({ advantage }) => !Number.isFinite(advantage));
  if (bad >= 0)
    throw new Error(`the advantage of episode ${bad} is ${episodes[bad]!.advantage}; leave the episode out`);
  const weights = weightsOf(
    episodes.map(({ tokens }) => tokens),
    aggregation,
  );
  return episodes.flatMap(({ tokens, advantage }, index) =>
    withActions(tokens).map(({ tokens: ids, actions, logprobs }) => ({
      tokens: ids,
      actions,
      logprobs,
      advantages: actions.map((isAction) => (isAction ? advantage : 0)),
      weight: weights[index]!,
    })),
  );
}

/** The batch of a supervised step, for `cross_entropy`: the actions are what the model is to say. Weights as in `dataOf`. */
export function supervisedDataOf(episodes: readonly TokenEpisode[], aggregation: Aggregation): Datum[] {
  const weights = weightsOf(episodes, aggregation);
  return episodes.flatMap((episode, index) =>
    withActions(episode).map(({ tokens, actions }) => ({
      tokens,
      actions,
      logprobs: [],
      advantages: [],
      weight: weights[index]!,
    })),
  );
}

/** For each episode, what one of its actions counts. */
function weightsOf(episodes: readonly TokenEpisode[], aggregation: Aggregation): number[] {
  for (const [index, { segments }] of episodes.entries())
    for (const [place, segment] of segments.entries()) requireWhole(segment, `segment ${place} of episode ${index}`);
  const counts = episodes.map(({ segments }) => segments.reduce((sum, { actions }) => sum + actionsIn(actions), 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const counted = counts.filter((count) => count > 0).length;
  return counts.map((count) => 1 / (aggregation === "tokenMean" ? total : counted * count));
}

const actionsIn = (actions: readonly boolean[]): number =>
  actions.reduce((sum, isAction) => sum + (isAction ? 1 : 0), 0);

const withActions = ({ segments }: TokenEpisode): TokenSegment[] =>
  segments.filter(({ actions }) => actions.includes(true));

function requireWhole({ tokens, actions, logprobs }: TokenSegment, place: string): void {
  if (actions.length !== tokens.length || logprobs.length !== tokens.length)
    throw new Error(
      `${place} has ${tokens.length} tokens, but ${actions.length} action marks and ${logprobs.length} log-probabilities`,
    );
  if (actions[0])
    throw new Error(`${place} begins with an action, which nothing precedes that it could be predicted from`);
}

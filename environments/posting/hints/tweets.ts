import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, lastSuccess } from "../../../src/feedback/history.ts";
import { nearestNumbers } from "../../../src/feedback/nearest-numbers.ts";
import { quoted, shortly } from "../../../src/feedback/words.ts";
import { compare } from "../../../src/python/number.ts";
import { str } from "../../../src/python/text.ts";
import type { PyNumber } from "../../../src/python/value.ts";
import { tweetPosted } from "../failures.ts";
import type { State } from "../state.ts";
import { tweetIds, tweetIndex } from "../tweets.ts";

/** No tweet has an id: which ids there are, the wanted ones if any, and whether the next tweet gets it. Empty where one has it. */
export function tweetUnmet(
  { state, history }: Pick<HintContext<State>, "state" | "history">,
  id: PyNumber,
  wanted: readonly number[] = [],
): Unmet[] {
  if (tweetIndex(state, id) >= 0) return [];
  const useful = wanted.length > 0 ? wanted : tweetIds(state);
  const count = state.tweets.length;
  const fact = {
    now: `no tweet has the id ${shortly(str(id))}; there ${count === 1 ? "is 1 tweet" : `are ${count} tweets`}`,
  };
  const next = compare(id, state.tweetCounter) === 0;
  const values = [...new Set([...lastPosted(state, history, useful), ...nearestNumbers(id, useful)])];
  if (next || count === 0)
    return [
      {
        ...fact,
        condition: next ? tweetPosted : "'tweet_id' is the id of a tweet",
        way: `${next ? "The next tweet that is posted gets this id: post it first." : "Post a tweet first."}${values.length > 0 ? ` Or give 'tweet_id' as one that exists: ${quoted(values.slice(0, 2))}.` : ""}`,
        ...(values.length > 0 ? { argument: "tweet_id", values: values.slice(0, 2) } : {}),
        call: "'post_tweet', if the tweet is yet to be made",
        tools: ["post_tweet"],
      },
    ];
  const posted = lastSuccess(history, "post_tweet");
  return [
    {
      ...fact,
      condition: "'tweet_id' is the id of a tweet",
      way: `${posted ? `The tweet posted ${ago(posted)} has the id ${state.tweetCounter - 1}. ` : ""}For 'tweet_id', the nearest that exist: ${quoted(values.slice(0, 3))}.`,
      argument: "tweet_id",
      values: values.slice(0, 3),
      call: "'get_user_tweets' with the author's name to see the ids",
      tools: ["get_user_tweets"],
    },
  ];
}

/** The tweet that was posted last in this episode. */
function lastPosted({ tweetCounter }: State, history: HintContext["history"], useful: readonly number[]): number[] {
  const id = tweetCounter - 1;
  return lastSuccess(history, "post_tweet") && useful.includes(id) ? [id] : [];
}

import { dictOf } from "../../src/python/dict.ts";
import { equal } from "../../src/python/equal.ts";
import { isFloatTag } from "../../src/python/kind.ts";
import { toDouble } from "../../src/python/number.ts";
import type { PyNumber, PyValue } from "../../src/python/value.ts";
import type { State, Tweet, TweetView } from "./state.ts";

/** Where a tweet stands in the table; -1 where there is none. As a key of a Python dict, 1.0 finds 1. */
export function tweetIndex({ tweets }: State, id: PyNumber): number {
  // A tagged int is beyond what an id can be.
  const key = typeof id === "number" ? id : isFloatTag(id) ? toDouble(id) : Number.NaN;
  return tweets.findIndex(([known]) => known === key);
}

export const tweetIds = (state: State): number[] => state.tweets.map(([id]) => id);

export function tweetView(state: State, tweet: Tweet): TweetView {
  return tweet.mentions === "shared" ? { ...tweet, mentions: state.sharedMentions } : (tweet as TweetView);
}

/** The tweets that a condition holds for, as the model reads them. */
export function tweetsWhere(state: State, holds: (tweet: Tweet) => boolean): TweetView[] {
  return state.tweets.filter(([, tweet]) => holds(tweet)).map(([, tweet]) => tweetView(state, tweet));
}

export function retweetsBy({ retweets }: State, username: string): readonly PyNumber[] {
  return retweets.find(([name]) => name === username)?.[1] ?? [];
}

/** Everyone the state knows of, the account's own user first. */
export function usernames({ username, tweets, followingList }: State): string[] {
  return [...new Set([username, ...tweets.map(([, tweet]) => tweet.username), ...followingList])];
}

export const recordedTweets = (state: State): PyValue =>
  dictOf(state.tweets.map(([id, tweet]) => [id, tweetView(state, tweet) as PyValue]));

/** Whether two states hold equal tweets under equal ids, in any order. */
export function sameTweets(a: State, b: State): boolean {
  const sharedAlike = equal(a.sharedMentions, b.sharedMentions);
  if (a.tweets === b.tweets && sharedAlike) return true;
  if (a.tweets.length !== b.tweets.length) return false;
  return a.tweets.every(([id, tweet], index) => {
    const other = (b.tweets[index]![0] === id ? b.tweets[index] : b.tweets.find(([key]) => key === id))?.[1];
    if (other === undefined) return false;
    if (tweet === other && (sharedAlike || tweet.mentions !== "shared")) return true;
    return equal(tweetView(a, tweet) as PyValue, tweetView(b, other) as PyValue);
  });
}

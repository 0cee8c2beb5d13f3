import { indexWhere } from "../../src/core/frozen-list.ts";
import { isFloatTag } from "../../src/python/kind.ts";
import { toDouble } from "../../src/python/number.ts";
import type { PyNumber } from "../../src/python/value.ts";
import type { State, Tweet, TweetView } from "./state.ts";

/** Where a tweet stands in the table; -1 where there is none. As a key of a Python dict, 1.0 finds 1. */
export function tweetIndex({ tweets }: State, id: PyNumber): number {
  // A tagged int is beyond what an id can be.
  const key = typeof id === "number" ? id : isFloatTag(id) ? toDouble(id) : Number.NaN;
  return indexWhere(tweets, ([known]) => known === key);
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

/** The tweets as the model reads them, by id. */
export const tweetViews = (state: State): [number, TweetView][] =>
  state.tweets.map(([id, tweet]) => [id, tweetView(state, tweet)]);

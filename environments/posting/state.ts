import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { dictionary, integer } from "../../src/python/schema.ts";

const Names = z.array(z.string());
const words = { id: z.int(), username: z.string(), content: z.string(), tags: Names };
/**
 * A tweet. "shared" stands for the one list that all tweets posted without mentions have in common: who is added to one of them
 * shows in all. A preset tweet may have no mentions at all, which is not the same as none.
 */
const Tweet = z.strictObject({ ...words, mentions: z.union([Names, z.literal("shared")]).optional() });
export type Tweet = z.output<typeof Tweet>;
/** A tweet as the model reads it. */
export const TweetView = z.strictObject({ ...words, mentions: Names.optional() });
export type TweetView = z.output<typeof TweetView>;

const written = z.strictObject({ username: z.string(), content: z.string() });
/** The dataset's preset comments name their fields in two other ways. */
export const Comment = z.union([
  written,
  z.strictObject({ username: z.string(), comment: z.string() }),
  z.strictObject({ user: z.string(), comment: z.string() }),
]);

const State = z.strictObject({
  username: z.string(),
  password: z.string(),
  authenticated: z.boolean(),
  tweets: z.array(z.tuple([z.int(), Tweet])),
  sharedMentions: Names,
  /** Preset comments keep their keys as strings, so that no tweet's id ever finds them; comments made later have numbers. */
  comments: z.array(z.tuple([z.union([z.string(), integer]), z.array(Comment)])),
  retweets: z.array(z.tuple([z.string(), z.array(integer)])),
  followingList: Names,
  tweetCounter: z.int(),
});
export type State = z.output<typeof State>;

const isTweetId = (text: string) => /^(0|-?[1-9]\d{0,14})$/.test(text);
const Config = z.strictObject({
  username: z.string().default("john"),
  password: z.string().default("john123"),
  authenticated: z.boolean().default(false),
  /** By id, written in decimal digits. */
  tweets: dictionary(TweetView)
    .superRefine((tweets, context) => {
      for (const [id] of tweets.filter(([text]) => !isTweetId(text)))
        context.addIssue(`'${id}' cannot be the id of a tweet; write a whole number`);
    })
    .default([]),
  comments: dictionary(z.array(Comment)).default([]),
  retweets: dictionary(z.array(z.int())).default([]),
  following_list: Names.default(["alice", "bob"]),
  tweet_counter: z.int().default(0),
});

export const postingState = defineState({
  name: "TwitterAPI",
  state: State,
  config: Config,
  notation: pythonNotation,
}).init(({ following_list, tweet_counter, tweets, ...config }) => ({
  ...config,
  tweets: tweets.map(([id, tweet]) => [Number(id), tweet]),
  sharedMentions: [],
  followingList: following_list,
  tweetCounter: tweet_counter,
}));

import { z } from "zod";
import { indexWhere } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { withEntry } from "../../src/python/entries.ts";
import { equal } from "../../src/python/equal.ts";
import { integer } from "../../src/python/schema.ts";
import { loggedIn, login, missingTweet, notLoggedIn, tweetNotFound, tweetPosted } from "./failures.ts";
import { postingState, type Tweet, TweetView } from "./state.ts";
import { retweetsBy, tweetIds, tweetIndex, tweetView, usernames } from "./tweets.ts";

export const post_tweet = postingState
  .write({
    description:
      "Post a tweet as the logged-in user. Tags start with '#' and mentioned users with '@'; both are lists and may be left out.",
    args: z.object({
      content: z.string(),
      tags: z.array(z.string()).default([]),
      mentions: z.array(z.string()).optional(),
    }),
    result: TweetView,
    failures: { notLoggedIn: notLoggedIn("posting") },
    candidates: { mentions: (state) => [usernames(state).map((name) => `@${name}`)] },
    requires: [loggedIn],
    provides: [tweetPosted],
  })
  .run(({ state, draft, args: { content, tags, mentions }, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn(login);
    const { username, tweetCounter: id } = state;
    const tweet: Tweet = { id, username, content, tags, mentions: mentions ?? "shared" };
    const next = draft();
    // A counter that lags behind the preset ids overwrites their tweets in place.
    next.tweets = withEntry(state.tweets, tweetIndex(state, id), [id, tweet]);
    next.tweetCounter = id + 1;
    return tweetView(state, tweet);
  });

export const retweet = postingState
  .write({
    description: "Share the tweet with this id as the logged-in user; a second time changes nothing.",
    args: z.object({ tweet_id: integer }),
    result: z.strictObject({ retweet_status: z.literal("Successfully retweeted") }),
    failures: {
      notLoggedIn: notLoggedIn("retweeting"),
      tweetNotFound,
      alreadyRetweeted: failure(
        z.strictObject({ id: integer, retweeted: z.array(integer) }),
        () => "Already retweeted",
        { wire: (_, message) => ({ retweet_status: message }), soft: true },
      ),
    },
    candidates: { tweet_id: tweetIds },
    requires: [loggedIn, tweetPosted],
  })
  .run(({ state, draft, args: { tweet_id: id }, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn(login);
    if (tweetIndex(state, id) < 0) return fail.tweetNotFound(missingTweet(state, id));
    const retweeted = retweetsBy(state, state.username);
    if (retweeted.some((known) => equal(known, id))) return fail.alreadyRetweeted({ id, retweeted: [...retweeted] });
    const index = indexWhere(state.retweets, ([name]) => name === state.username);
    draft().retweets = withEntry(state.retweets, index, [state.username, [...retweeted, id]]);
    return { retweet_status: "Successfully retweeted" };
  });

export const comment = postingState
  .write({
    description: "Comment on the tweet with this id as the logged-in user.",
    args: z.object({ tweet_id: integer, comment_content: z.string() }),
    result: z.strictObject({ comment_status: z.literal("Comment added successfully") }),
    failures: { notLoggedIn: notLoggedIn("commenting"), tweetNotFound },
    candidates: { tweet_id: tweetIds },
    requires: [loggedIn, tweetPosted],
  })
  .run(({ state, draft, args: { tweet_id: id, comment_content }, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn(login);
    if (tweetIndex(state, id) < 0) return fail.tweetNotFound(missingTweet(state, id));
    const added = { username: state.username, content: comment_content };
    const index = indexWhere(state.comments, ([known]) => equal(known, id));
    const [key, earlier] = state.comments[index] ?? [id, []];
    draft().comments = withEntry(state.comments, index, [key, [...earlier, added]]);
    return { comment_status: "Comment added successfully" };
  });

export const mention = postingState
  .write({
    description:
      "Add users to those that the tweet with this id mentions. Anyone's tweet can be changed, without a login.",
    args: z.object({ tweet_id: integer, mentioned_usernames: z.array(z.string()) }),
    result: z.strictObject({ mention_status: z.literal("Users mentioned successfully") }),
    failures: {
      tweetNotFound,
      tweetTakesNoMentions: failure(z.strictObject({ id: integer }), () => "'mentions'", { wire: "raised" }),
    },
    candidates: { tweet_id: tweetIds, mentioned_usernames: (state) => [usernames(state).map((name) => `@${name}`)] },
    requires: [tweetPosted],
  })
  .run(({ state, draft, args: { tweet_id: id, mentioned_usernames: added }, fail }) => {
    const index = tweetIndex(state, id);
    if (index < 0) return fail.tweetNotFound(missingTweet(state, id));
    const { mentions } = state.tweets[index]![1];
    if (mentions === undefined) return fail.tweetTakesNoMentions({ id });
    if (added.length > 0) {
      const next = draft();
      const list = mentions === "shared" ? next.sharedMentions : (next.tweets[index]![1].mentions as string[]);
      list.push(...added);
    }
    return { mention_status: "Users mentioned successfully" };
  });

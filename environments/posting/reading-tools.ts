import { z } from "zod";
import { equal } from "../../src/python/equal.ts";
import { integer } from "../../src/python/schema.ts";
import { lower } from "../../src/python/string.ts";
import { missingTweet, tweetNotFound, tweetPosted } from "./failures.ts";
import { Comment, postingState, TweetView } from "./state.ts";
import { tweetIds, tweetIndex, tweetsWhere, tweetView, usernames } from "./tweets.ts";

export const get_tweet = postingState
  .read({
    description: "Show the tweet with this id.",
    args: z.object({ tweet_id: integer }),
    result: TweetView,
    failures: { tweetNotFound },
    candidates: { tweet_id: tweetIds },
    requires: [tweetPosted],
  })
  .run(({ state, args: { tweet_id }, fail }) => {
    const index = tweetIndex(state, tweet_id);
    if (index < 0) return fail.tweetNotFound(missingTweet(state, tweet_id));
    return tweetView(state, state.tweets[index]![1]);
  });

export const get_user_tweets = postingState
  .read({
    description: "Show every tweet that a user wrote.",
    args: z.object({ username: z.string() }),
    result: z.array(TweetView),
    candidates: { username: usernames },
  })
  .run(({ state, args: { username } }) => tweetsWhere(state, (tweet) => tweet.username === username));

export const search_tweets = postingState
  .read({
    description:
      "Show the tweets whose text contains a keyword or that carry it as a whole tag ('#' included). Case does not count.",
    args: z.object({ keyword: z.string() }),
    result: z.array(TweetView),
    candidates: {
      keyword: (state) => state.tweets.flatMap(([, { content, tags }]) => [...content.split(" "), ...tags]),
    },
  })
  .run(({ state, args: { keyword } }) => {
    const wanted = lower(keyword);
    return tweetsWhere(
      state,
      ({ content, tags }) => lower(content).includes(wanted) || tags.some((tag) => lower(tag) === wanted),
    );
  });

export const get_tweet_comments = postingState
  .read({
    description: "Show the comments on the tweet with this id.",
    args: z.object({ tweet_id: integer }),
    result: z.array(Comment),
    failures: { tweetNotFound },
    candidates: { tweet_id: tweetIds },
    requires: [tweetPosted],
  })
  .run(({ state, args: { tweet_id }, fail }) => {
    if (tweetIndex(state, tweet_id) < 0) return fail.tweetNotFound(missingTweet(state, tweet_id));
    return state.comments.find(([id]) => equal(id, tweet_id))?.[1] ?? [];
  });

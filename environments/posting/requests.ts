import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { posting } from "./index.ts";
import type { State } from "./state.ts";

const writers = ({ tweets, username }: State) => [...new Set([username, ...tweets.map(([, tweet]) => tweet.username)])];
const handle = (name: string) => `@${name}`;

/** How users speak of the posting account. */
export const postingRequests = defineRequests(posting, {
  nouns: {
    tweet_id: "tweet id",
    content: "text",
    comment_content: "text",
    username_to_follow: "user",
    username_to_unfollow: "user",
    mentioned_usernames: "users to mention",
    username: "user name",
  },
  tools: {
    authenticate_twitter: ({ username, password }) =>
      `log in to the posting account as ${username} with the password ${password}`,
    posting_get_login_status: () => "check whether the posting account is logged in",
    post_tweet: {
      ask: ({ content, tags, mentions }) =>
        `post a tweet with the text ${content}${tags ? `, tagged ${tags}` : ""}${mentions ? `, mentioning ${mentions}` : ""}`,
      values: {
        content: (_, random) => [invent.sentence(random)],
        tags: (_, random) => [[`#${invent.word(random)}`], [`#${invent.word(random)}`, "#today"]],
        mentions: (state) => writers(state).map((name) => [handle(name)]),
      },
    },
    retweet: ({ tweet_id }) => `share tweet ${tweet_id}`,
    comment: {
      ask: ({ tweet_id, comment_content }) => `comment on tweet ${tweet_id} with the text ${comment_content}`,
      values: { comment_content: (_, random) => [invent.sentence(random)] },
    },
    mention: {
      ask: ({ tweet_id, mentioned_usernames }) => `add a mention of ${mentioned_usernames} to tweet ${tweet_id}`,
      values: {
        mentioned_usernames: (state) => [...writers(state), ...state.followingList].map((name) => [handle(name)]),
      },
    },
    follow_user: ({ username_to_follow }) => `follow ${username_to_follow}`,
    list_all_following: () => "list everyone that the account follows",
    unfollow_user: ({ username_to_unfollow }) => `stop following ${username_to_unfollow}`,
    get_tweet: ({ tweet_id }) => `show me tweet ${tweet_id}`,
    get_user_tweets: { ask: ({ username }) => `show all tweets by ${username}`, values: { username: writers } },
    search_tweets: {
      ask: ({ keyword }) => `search the tweets for ${keyword}`,
      values: {
        keyword: ({ tweets }) =>
          tweets.flatMap(([, { content, tags }]) => [...(content.match(/[\p{L}]{4,}/gu) ?? []), ...tags]),
      },
    },
    get_tweet_comments: ({ tweet_id }) => `show the comments on tweet ${tweet_id}`,
    get_user_stats: ({ username }) => `tell me the figures of ${username}: tweets, retweets, and how many they follow`,
  },
  enlarge: (config, random) => {
    const tweets = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => {
        const id = 900_000 + index;
        const tweet = {
          id,
          username: invent.name(random).toLowerCase(),
          content: invent.sentence(random),
          tags: [],
          mentions: [],
        };
        return [String(id), tweet] as const;
      }),
    );
    const given = (config.tweets ?? {}) as { readonly $dict?: readonly unknown[] };
    const entries = [...(given.$dict ?? Object.entries(given)), ...Object.entries(tweets)];
    return { ...config, tweets: { $dict: entries } as never };
  },
});

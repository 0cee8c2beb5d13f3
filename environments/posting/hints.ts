import type { Advice } from "../../src/feedback/advice.ts";
import { adviceOnUnmet } from "../../src/feedback/all-unmet.ts";
import { defineHints, type HintContext } from "../../src/feedback/define-hints.ts";
import { ago, lastSuccess } from "../../src/feedback/history.ts";
import { equal } from "../../src/python/equal.ts";
import type { PyNumber } from "../../src/python/value.ts";
import { followedAlready, notFollowed } from "./hints/following.ts";
import { loginUnmet, wrongLogin } from "./hints/login.ts";
import { tweetUnmet } from "./hints/tweets.ts";
import { posting } from "./index.ts";
import type { State } from "./state.ts";
import { retweetsBy, tweetIds } from "./tweets.ts";

type Context = HintContext<State, { readonly tweet_id: PyNumber }>;

const needsLogin = (context: HintContext): Advice => adviceOnUnmet([loginUnmet(context)]);
const needsTweet = (context: Context): Advice => adviceOnUnmet(tweetUnmet(context, context.args.tweet_id));

/** All that keeps a reaction from a tweet: the login and the tweet itself. */
const needsLoginAndTweet = (context: Context): Advice =>
  adviceOnUnmet([loginUnmet(context), ...tweetUnmet(context, context.args.tweet_id)]);

const unchanged = "False means that nothing was changed.";

/** Hints on the failures of the posting account. */
export const postingHints = defineHints(posting, {
  authenticate_twitter: { wrongUsername: wrongLogin, wrongPassword: wrongLogin },
  post_tweet: { notLoggedIn: needsLogin },
  list_all_following: { notLoggedIn: needsLogin },
  follow_user: {
    notLoggedIn: (context) => {
      const { username_to_follow: username } = context.args;
      const follows = context.state.followingList.includes(username);
      return adviceOnUnmet([loginUnmet(context)], follows ? followedAlready(context, username) : "");
    },
    alreadyFollowing: (context) => ({
      diagnose: `${unchanged} ${followedAlready(context, context.args.username_to_follow)}`,
      guide: "Nothing need be done to follow this user.",
      direct: "",
    }),
  },
  unfollow_user: {
    notLoggedIn: (context) =>
      adviceOnUnmet([loginUnmet(context), ...notFollowed(context, context.args.username_to_unfollow)]),
    notFollowing: (context) => adviceOnUnmet(notFollowed(context, context.args.username_to_unfollow), unchanged),
  },
  get_tweet: { tweetNotFound: needsTweet },
  get_tweet_comments: { tweetNotFound: needsTweet },
  retweet: {
    notLoggedIn: needsLoginAndTweet,
    tweetNotFound: (context) => {
      const { state, args } = context;
      const shared = retweetsBy(state, state.username);
      const fresh = tweetIds(state).filter((id) => !shared.some((known) => equal(known, id)));
      return adviceOnUnmet(tweetUnmet(context, args.tweet_id, fresh));
    },
    alreadyRetweeted: ({ error, history, args }) => {
      const before = lastSuccess(
        history.filter(({ call }) => JSON.stringify(call.args.tweet_id) === JSON.stringify(args.tweet_id)),
        "retweet",
      );
      const count = error.data.retweeted.length;
      return {
        diagnose: `The account has shared this tweet ${before ? ago(before) : "before"} (${count} in all); a second time changes nothing.`,
        guide: "Nothing need be done to share it.",
        direct: "",
      };
    },
  },
  comment: { notLoggedIn: needsLoginAndTweet, tweetNotFound: needsTweet },
  mention: {
    tweetNotFound: (context) => {
      const mentioning = context.state.tweets.flatMap(([id, { mentions }]) => (mentions === undefined ? [] : [id]));
      return adviceOnUnmet(tweetUnmet(context, context.args.tweet_id, mentioning));
    },
    tweetTakesNoMentions: ({ state, history }) => {
      const login = state.authenticated ? [] : [loginUnmet({ history })];
      return {
        diagnose: `The tweet was made without a list of mentions, so nobody can be added to it: "'mentions'" in the answer means just that.`,
        guide: ["Name the users in a comment on the tweet, or in a new tweet.", ...login.map(({ way }) => way)].join(
          " ",
        ),
        direct: `Call ${[...login.map(({ call }) => call), "'comment' with the users in its text"].join(", then ")}.`,
        tools: [...login.flatMap(({ tools = [] }) => tools), "comment"],
      };
    },
  },
});

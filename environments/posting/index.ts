import { dictAttribute } from "../../src/python/entries.ts";
import { keyText } from "../../src/python/key.ts";
import {
  authenticate_twitter,
  follow_user,
  get_user_stats,
  list_all_following,
  posting_get_login_status,
  unfollow_user,
} from "./account-tools.ts";
import { get_tweet, get_tweet_comments, get_user_tweets, search_tweets } from "./reading-tools.ts";
import { postingState } from "./state.ts";
import { tweetViews } from "./tweets.ts";
import { comment, mention, post_tweet, retweet } from "./writing-tools.ts";

const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;

/** BFCL's TwitterAPI: 14 tools of one account among tweets, comments, retweets and followed users. */
export const posting = postingState.environment({
  tools: {
    authenticate_twitter,
    posting_get_login_status,
    post_tweet,
    retweet,
    comment,
    mention,
    follow_user,
    list_all_following,
    unfollow_user,
    get_tweet,
    get_user_tweets,
    search_tweets,
    get_tweet_comments,
    get_user_stats,
  },
  public: {
    username: true,
    password: true,
    authenticated: true,
    tweets: dictAttribute(tweetViews),
    comments: dictAttribute((state) => state.comments),
    retweets: dictAttribute((state) => state.retweets),
    following_list: (state) => state.followingList,
    tweet_counter: (state) => state.tweetCounter,
  },
  invariants: {
    "no two tweets have one id": ({ tweets }) => distinct(tweets.map(([id]) => id)),
    "no tweet has comments in two places": ({ comments }) => distinct(comments.map(([id]) => keyText(id))),
    "nobody's retweets are listed twice": ({ retweets }) => distinct(retweets.map(([username]) => username)),
  },
});

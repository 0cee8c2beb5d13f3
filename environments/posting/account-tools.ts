import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { loggedIn, login, notLoggedIn, userFollowed } from "./failures.ts";
import { postingState, type State } from "./state.ts";
import { retweetsBy, usernames } from "./tweets.ts";

const wrongLogin = (what: string) =>
  failure(
    z.strictObject({ username: z.string() }),
    ({ username }) => `Login of '${username}' refused: wrong ${what}.`,
    {
      wire: () => ({ authentication_status: false }),
      soft: true,
    },
  );

export const authenticate_twitter = postingState
  .write({
    description:
      "Log in to the posting account with its username and password. Posting, sharing and following need it.",
    args: z.object({ username: z.string(), password: z.string() }),
    result: z.strictObject({ authentication_status: z.literal(true) }),
    failures: { wrongUsername: wrongLogin("username"), wrongPassword: wrongLogin("password") },
    candidates: { username: ({ username }) => [username], password: ({ password }) => [password] },
    provides: [loggedIn],
  })
  .run(({ state, draft, args: { username, password }, fail }) => {
    if (username !== state.username) return fail.wrongUsername({ username });
    if (password !== state.password) return fail.wrongPassword({ username });
    if (!state.authenticated) draft().authenticated = true;
    return { authentication_status: true };
  });

export const posting_get_login_status = postingState
  .read({
    description: "Tell whether the posting account is logged in.",
    args: z.object({}),
    result: z.strictObject({ login_status: z.boolean() }),
  })
  .run(({ state }) => ({ login_status: state.authenticated }));

const following = z.strictObject({ username: z.string(), following: z.array(z.string()) });

export const follow_user = postingState
  .write({
    description: "Follow a user. The answer is false where the account follows them already. Needs a login.",
    args: z.object({ username_to_follow: z.string() }),
    result: z.strictObject({ follow_status: z.literal(true) }),
    failures: {
      notLoggedIn: notLoggedIn("following"),
      alreadyFollowing: failure(following, ({ username }) => `'${username}' is followed already.`, {
        wire: () => ({ follow_status: false }),
        soft: true,
      }),
    },
    candidates: { username_to_follow: usernames },
    requires: [loggedIn],
    provides: [userFollowed],
  })
  .run(({ state, draft, args: { username_to_follow: username }, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn(login);
    if (state.followingList.includes(username))
      return fail.alreadyFollowing({ username, following: state.followingList });
    draft().followingList.push(username);
    return { follow_status: true };
  });

export const unfollow_user = postingState
  .write({
    description: "Stop following a user. The answer is false where the account does not follow them. Needs a login.",
    args: z.object({ username_to_unfollow: z.string() }),
    result: z.strictObject({ unfollow_status: z.literal(true) }),
    failures: {
      notLoggedIn: notLoggedIn("unfollowing"),
      notFollowing: failure(following, ({ username }) => `'${username}' is not followed.`, {
        wire: () => ({ unfollow_status: false }),
        soft: true,
      }),
    },
    candidates: { username_to_unfollow: (state: State) => state.followingList },
    requires: [loggedIn, userFollowed],
  })
  .run(({ state, draft, args: { username_to_unfollow: username }, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn(login);
    const index = state.followingList.indexOf(username);
    if (index < 0) return fail.notFollowing({ username, following: state.followingList });
    draft().followingList.splice(index, 1);
    return { unfollow_status: true };
  });

export const list_all_following = postingState
  .read({
    description: "List the users that the account follows. Needs a login.",
    args: z.object({}),
    result: z.strictObject({ following_list: z.array(z.string()) }),
    failures: { notLoggedIn: notLoggedIn("listing following") },
    requires: [loggedIn],
  })
  .run(({ state, fail }) => (state.authenticated ? { following_list: state.followingList } : fail.notLoggedIn(login)));

export const get_user_stats = postingState
  .read({
    description:
      "Count a user's tweets and retweets, and how many they follow. Whom others follow is not known and counts as 0.",
    args: z.object({ username: z.string() }),
    result: z.strictObject({ tweet_count: z.int(), following_count: z.int(), retweet_count: z.int() }),
    candidates: { username: usernames },
  })
  .run(({ state, args: { username } }) => ({
    tweet_count: state.tweets.filter(([, tweet]) => tweet.username === username).length,
    following_count: username === state.username ? state.followingList.length : 0,
    retweet_count: retweetsBy(state, username).length,
  }));

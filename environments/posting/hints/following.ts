import { nearestNames } from "../../../src/core/nearest-name.ts";
import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, lastSuccess } from "../../../src/feedback/history.ts";
import { quoted, shortly } from "../../../src/feedback/words.ts";
import { userFollowed } from "../failures.ts";
import type { State } from "../state.ts";

type Known = Pick<HintContext<State>, "state" | "history">;

/** That a user is followed already, and since when. */
export function followedAlready({ state, history }: Known, username: string): string {
  const followed = lastSuccess(
    history.filter(({ call }) => call.args.username_to_follow === username),
    "follow_user",
  );
  const since = followed ? ` by the call ${ago(followed)}` : "";
  return `'${shortly(username)}' is followed already${since}; it is one of ${state.followingList.length}.`;
}

/** A user who is not followed: whether that was undone before, and who may have been meant. Empty where the user is. */
export function notFollowed({ state, history }: Known, username: string): Unmet[] {
  const { followingList } = state;
  if (followingList.includes(username)) return [];
  const undone = lastSuccess(
    history.filter(({ call }) => call.args.username_to_unfollow === username),
    "unfollow_user",
  );
  const name = shortly(username);
  const now =
    followingList.length === 0
      ? "the account follows nobody"
      : `'${name}' is not among the ${followingList.length} that the account follows`;
  const values = nearestNames(username, followingList, 2);
  const other = `If another user is meant, the nearest for 'username_to_unfollow': ${quoted(values)}.`;
  return [
    {
      condition: userFollowed,
      now: undone ? `'${name}' was unfollowed ${ago(undone)}` : now,
      way: values.length > 0 ? other : "If this user is meant, nothing need be done.",
      call: "'list_all_following' to see whom the account follows",
      tools: ["list_all_following"],
      ...(values.length > 0 ? { argument: "username_to_unfollow", values } : {}),
    },
  ];
}

import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { integer } from "../../src/python/schema.ts";
import { str } from "../../src/python/text.ts";
import type { PyNumber } from "../../src/python/value.ts";
import type { State } from "./state.ts";
import { tweetIds } from "./tweets.ts";

/** The condition that most tools require and `authenticate_twitter` provides. */
export const loggedIn = "logged in to posting";
/** What posting a tweet brings about for the id that the next tweet gets. */
export const tweetPosted = "the tweet is posted";
export const userFollowed = "the user is followed";

export const notLoggedIn = (before: string) =>
  failure(
    z.strictObject({ login: z.literal("authenticate_twitter") }),
    () => `User not authenticated. Please authenticate before ${before}.`,
  );
export const login = Object.freeze({ login: "authenticate_twitter" } as const);

export const tweetNotFound = failure(
  z.strictObject({ id: integer, known: z.array(z.int()) }),
  ({ id }) => `Tweet with ID ${str(id)} not found.`,
);
export const missingTweet = (state: State, id: PyNumber) => ({ id, known: tweetIds(state) });

import { expect, test } from "vitest";
import { postingHints } from "../../environments/posting/hints.ts";
import { posting } from "../../environments/posting/index.ts";
import { declaredFailures } from "../../src/feedback/declared-failures.ts";
import { hintsOf } from "../feedback/hints-of.ts";

type Made = readonly [string, Record<string, unknown>];
const tweet = (id: number, username: string, mentions?: string[]) => [
  String(id),
  { id, username, content: `Tweet ${id}`, tags: [], ...(mentions ? { mentions } : {}) },
];
const config = (more: object = {}) => ({
  username: "ann",
  password: "secret-Word",
  authenticated: true,
  tweets: { $dict: [tweet(0, "ann", []), tweet(1, "bob", []), tweet(2, "bob")] },
  following_list: ["bob", "carol"],
  tweet_counter: 3,
  ...more,
});
const out = config({ authenticated: false });
const empty = (more: object = {}) => config({ tweets: {}, tweet_counter: 0, ...more });
const run = (start: object, calls: readonly Made[]) => {
  let state = posting.init(start as never);
  let last: ReturnType<typeof posting.step>["outcome"] | undefined;
  for (const [tool, args] of calls) ({ state, outcome: last } = posting.step(state, { tool, args } as never));
  return last!;
};
const login = (username: string, password: string): Made => ["authenticate_twitter", { username, password }];
const post: Made = ["post_tweet", { content: "hi" }];
const refused = [login("ann", "guess")];

/** Each failure: a call, and two ways to meet it, of a config and calls made before. */
type Way = readonly [config: object, before?: readonly Made[]];
const failures: readonly (readonly [string, Made, Way, Way])[] = [
  ["wrongUsername", login("anne", "guess"), [config()], [config({ username: "zoe", authenticated: false })]],
  ["wrongPassword", login("ann", "Secret-Word"), [out], [config({ password: "other" })]],
  ["notLoggedIn", post, [out], [out, refused]],
  ["notLoggedIn", ["list_all_following", {}], [out], [out, refused]],
  [
    "notLoggedIn",
    ["follow_user", { username_to_follow: "bob" }],
    [out],
    [config({ authenticated: false, following_list: [] })],
  ],
  [
    "alreadyFollowing",
    ["follow_user", { username_to_follow: "bob" }],
    [config()],
    [config({ following_list: [] }), [["follow_user", { username_to_follow: "bob" }]]],
  ],
  [
    "notLoggedIn",
    ["unfollow_user", { username_to_unfollow: "bob" }],
    [out],
    [config({ authenticated: false, following_list: ["bobby"] })],
  ],
  [
    "notFollowing",
    ["unfollow_user", { username_to_unfollow: "@bob" }],
    [config()],
    [config({ following_list: ["eve"] })],
  ],
  ["tweetNotFound", ["get_tweet", { tweet_id: 7 }], [config()], [config(), [post]]],
  ["tweetNotFound", ["get_tweet_comments", { tweet_id: 7 }], [config()], [empty()]],
  ["notLoggedIn", ["retweet", { tweet_id: 7 }], [out], [empty({ authenticated: false })]],
  ["tweetNotFound", ["retweet", { tweet_id: 7 }], [config()], [config(), [["retweet", { tweet_id: 2 }]]]],
  [
    "alreadyRetweeted",
    ["retweet", { tweet_id: 1 }],
    [config({ retweets: { ann: [1] } })],
    [config(), [["retweet", { tweet_id: 1 }]]],
  ],
  ["notLoggedIn", ["comment", { tweet_id: 1, comment_content: "x" }], [out], [empty({ authenticated: false })]],
  ["tweetNotFound", ["comment", { tweet_id: 3, comment_content: "x" }], [config()], [empty()]],
  ["tweetNotFound", ["mention", { tweet_id: 9, mentioned_usernames: ["@a"] }], [config()], [empty()]],
  ["tweetTakesNoMentions", ["mention", { tweet_id: 2, mentioned_usernames: ["@a"] }], [config()], [out]],
];
const met = ([start, before = []]: Way, call: Made) => hintsOf(postingHints, start, [...before, call]);

test("every failure that is declared is tried", () => {
  const tried = failures.map(([code, [tool]]) => ({ tool, code }));
  const known = declaredFailures(posting as never);
  expect(tried).toHaveLength(known.length);
  expect(tried).toEqual(expect.arrayContaining(known));
});

test.each(failures)("%s of %j has a hint that depends on the state", (code, call, one, other) => {
  const [first, second] = [met(one, call), met(other, call)];
  expect([first.code, second.code]).toEqual([code, code]);
  expect(first.guide!.text).not.toBe(second.guide!.text);
  for (const { guide } of [first, second])
    for (const value of guide!.suggestion.values ?? []) {
      const [start, before = []] = guide === first.guide ? one : other;
      const tried: Made = [call[0], { ...call[1], [guide!.suggestion.argument!]: value }];
      const outcome = run(start, [...before, tried]);
      expect(outcome.ok || outcome.error.code !== code).toBe(true);
    }
});

/** Reads nothing but a hint's text and what the user said, and makes the calls that it speaks of. */
function readHint(text: string, said: Made, [tool, args]: Made): Made[] {
  const calls: Made[] = text.includes("logged in to posting (") ? [said] : [];
  if (text.includes("post it first")) calls.push(post);
  const id = /nearest that exist: (\d+)/.exec(text)?.[1];
  return [...calls, [tool, id === undefined ? args : { ...args, tweet_id: Number(id) }]];
}

test("a reader of the text alone repairs a missing login, together with an id that does not exist", () => {
  const said = login("ann", "secret-Word");
  const asked: readonly (readonly [object, Made])[] = [
    [out, post],
    [out, ["list_all_following", {}]],
    [out, ["follow_user", { username_to_follow: "eve" }]],
    [out, ["comment", { tweet_id: 12, comment_content: "x" }]],
    [empty({ authenticated: false }), ["retweet", { tweet_id: 0 }]],
  ];
  for (const [start, call] of asked) {
    const hint = hintsOf(postingHints, start, [call]).guide!;
    expect(hint.text).not.toMatch(/authenticate_twitter|post_tweet/);
    expect(run(start, readHint(hint.text, said, call)).ok, hint.text).toBe(true);
  }
});

test("the id that the next tweet gets is told apart from other ids that no tweet has", () => {
  const next = hintsOf(postingHints, config(), [["get_tweet", { tweet_id: 3 }]]).guide!;
  expect(next.suggestion).toEqual({ unmet: ["the tweet is posted"], argument: "tweet_id", values: [2, 1] });
  expect(run(config(), [post, ["get_tweet", { tweet_id: 3 }]]).ok).toBe(true);
  const other = hintsOf(postingHints, config(), [["get_tweet", { tweet_id: 4 }]]).guide!;
  expect(other.suggestion).toMatchObject({ unmet: ["'tweet_id' is the id of a tweet"], values: [2, 1, 0] });
  expect(other.text).not.toContain("post it first");
});

test("`direct` names the tools in the order in which to call them", () => {
  const call: Made = ["retweet", { tweet_id: 0 }];
  const { direct } = hintsOf(postingHints, empty({ authenticated: false }), [call]);
  expect(direct!.suggestion).toMatchObject({
    unmet: ["logged in to posting", "the tweet is posted"],
    tools: ["authenticate_twitter", "post_tweet"],
  });
  const { direct: mention } = hintsOf(postingHints, out, [["mention", { tweet_id: 2, mentioned_usernames: [] }]]);
  expect(mention!.suggestion.tools).toEqual(["authenticate_twitter", "comment"]);
});

test("a refused login tells all that is wrong, and never the password", () => {
  const both = hintsOf(postingHints, out, [login("an", "SECRET-word")]);
  expect(both.guide!.suggestion).toEqual({
    unmet: ["'username' is that of the account", "'password' is that of the account"],
    argument: "username",
    values: ["ann"],
  });
  expect(both.diagnose!.text).toContain("it differs in upper and lower case alone");
  expect(both.diagnose!.text).not.toContain("'ann'");
  for (const guess of ["secret-word", " secret-Word", "secret-Wor", "<password>"]) {
    const { direct } = hintsOf(postingHints, out, [login("ann", guess)]);
    expect(direct!.text).not.toContain("secret-Word");
  }
  const unlike = hintsOf(postingHints, out, [login("<username>", "secret-Word")]);
  expect(unlike.direct!.text).not.toContain("ann");
});

test.each<[readonly Made[], RegExp]>([
  [[...refused, post], /refused for its password\)[\s\S]*with another password/],
  [[post, ["get_tweet", { tweet_id: 9 }]], /posted 1 call ago has the id 3\.[\s\S]*exist: 3, 2, 1\./],
  [
    [
      ["unfollow_user", { username_to_unfollow: "bob" }],
      ["unfollow_user", { username_to_unfollow: "bob" }],
    ],
    /'bob' was unfollowed 1 call ago/,
  ],
  [
    [
      ["follow_user", { username_to_follow: "eve" }],
      ["get_tweet", { tweet_id: 0 }],
      ["follow_user", { username_to_follow: "eve" }],
    ],
    /followed already by the call 2 calls ago/,
  ],
  [
    [
      ["retweet", { tweet_id: 0 }],
      ["retweet", { tweet_id: 0 }],
    ],
    /has shared this tweet 1 call ago/,
  ],
])("what came before is told: %j", (calls, expected) => {
  const needsLogin = calls.at(-1)![0] === "post_tweet";
  expect(hintsOf(postingHints, needsLogin ? out : config(), calls).guide!.text).toMatch(expected);
});

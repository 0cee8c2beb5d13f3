import { describe, expect, test } from "vitest";
import { posting } from "../../environments/posting/index.ts";
import { parseJson } from "../../src/python/json.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";
import { sessionOf } from "./session.ts";

const config = {
  authenticated: true,
  username: "ann",
  tweets: {
    $dict: [
      ["0", { id: 0, username: "ann", content: "Filled up the tank", tags: ["#Car"], mentions: [] }],
      ["1", { id: 1, username: "bob", content: "Road trip!", tags: [], mentions: ["@ann"] }],
      ["2", { id: 2, username: "bob", content: "No mentions at all", tags: [] }],
    ],
  },
  comments: { $dict: [["1", [{ user: "eve", comment: "Safe travels!" }]]] },
  following_list: ["bob"],
  tweet_counter: 3,
};

const session = (start = posting.init(config)) => sessionOf(posting, start);

describe("posting", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(posting, lawCases.posting as LawOptions);
  });

  test("reads as the reference prints it", () => {
    const { call } = session();
    expect(call("post_tweet", { content: "Über", tags: ["#a"] }).text).toBe(
      '{"id": 3, "username": "ann", "content": "\\u00dcber", "tags": ["#a"], "mentions": []}',
    );
    expect(call("search_tweets", { keyword: "ROAD" }).text).toBe(
      "[{'id': 1, 'username': 'bob', 'content': 'Road trip!', 'tags': [], 'mentions': ['@ann']}]",
    );
    expect(call("get_user_stats", { username: "ann" }).text).toBe(
      '{"tweet_count": 2, "following_count": 1, "retweet_count": 0}',
    );
  });

  test("the class's defaults need a login, and the failure says which", () => {
    const run = session(posting.init({}));
    const { outcome, text } = run.call("post_tweet", { content: "hi" });
    expect(text).toBe('{"error": "User not authenticated. Please authenticate before posting."}');
    expect(outcome).toMatchObject({ error: { code: "notLoggedIn", data: { login: "authenticate_twitter" } } });
    expect(run.call("authenticate_twitter", { username: "john", password: "guess" })).toMatchObject({
      text: '{"authentication_status": false}',
      outcome: { error: { code: "wrongPassword", data: { username: "john" } } },
    });
    expect(run.call("authenticate_twitter", { username: "john", password: "john123" }).text).toBe(
      '{"authentication_status": true}',
    );
    expect(run.call("post_tweet", { content: "hi" }).outcome.ok).toBe(true);
  });

  test("tweets posted without mentions share one list of them, in one instance only", () => {
    const run = session();
    run.call("post_tweet", { content: "first" });
    run.call("mention", { tweet_id: 3, mentioned_usernames: ["@eve"] });
    expect(run.call("post_tweet", { content: "second" }).outcome).toMatchObject({ value: { mentions: ["@eve"] } });
    run.call("mention", { tweet_id: 4, mentioned_usernames: ["@bob"] });
    expect(run.call("get_tweet", { tweet_id: 3 }).outcome).toMatchObject({ value: { mentions: ["@eve", "@bob"] } });
    expect(session().call("post_tweet", { content: "elsewhere" }).outcome).toMatchObject({ value: { mentions: [] } });
  });

  test("states compare with what is shared in them", () => {
    const one = session();
    one.call("post_tweet", { content: "same" });
    const other = posting.step(one.state, { tool: "mention", args: { tweet_id: 3, mentioned_usernames: ["@eve"] } });
    expect(posting.differences(one.state, other.state)).toEqual(["tweets"]);
    const spelled = session();
    spelled.call("post_tweet", { content: "same", mentions: ["@eve"] });
    expect(posting.same(other.state, spelled.state)).toBe(true);
  });

  test("an id is found by Python's equality and kept in the form it was given", () => {
    const run = session();
    const half = run.call("get_tweet", { tweet_id: 1.5 });
    expect(half.text).toBe('{"error": "Tweet with ID 1.5 not found."}');
    expect(half.outcome).toMatchObject({ error: { code: "tweetNotFound", data: { id: 1.5, known: [0, 1, 2] } } });
    run.call("comment", { tweet_id: parseJson("1.0"), comment_content: "me too" });
    expect(run.call("get_tweet_comments", { tweet_id: 1 }).text).toBe("[{'username': 'ann', 'content': 'me too'}]");
    expect(posting.canonical(run.state)).toContain(
      '"comments":{"$dict":[["1",[{"comment":"Safe travels!","user":"eve"}]],[1.0,[{"content":"me too","username":"ann"}]]]}',
    );
  });

  test("answers that only mean failure have a code, and leave the state alone", () => {
    const run = session();
    run.call("retweet", { tweet_id: 1 });
    const { state } = run;
    expect(run.call("retweet", { tweet_id: 1 })).toMatchObject({
      text: '{"retweet_status": "Already retweeted"}',
      outcome: { error: { code: "alreadyRetweeted", data: { id: 1, retweeted: [1] } } },
    });
    expect(run.call("follow_user", { username_to_follow: "bob" })).toMatchObject({
      text: '{"follow_status": false}',
      outcome: { error: { code: "alreadyFollowing", data: { username: "bob", following: ["bob"] } } },
    });
    expect(run.call("mention", { tweet_id: 2, mentioned_usernames: ["@x"] }).text).toBe(
      "Error during execution: 'mentions'",
    );
    expect(run.state).toBe(state);
  });

  test("a config that names a tweet by anything but a whole number is the author's mistake", () => {
    const tweet = { id: 1, username: "a", content: "", tags: [], mentions: [] };
    expect(() => posting.init({ tweets: { "01": tweet } })).toThrow("'01' cannot be the id of a tweet");
  });
});

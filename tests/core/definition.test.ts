import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineState, failure, joinEnvironments, mergeTools } from "../../src/core/index.ts";

const shelf = (
  state: z.ZodType<object> = z.strictObject({ books: z.array(z.string()) }),
  first: object = { books: [] },
) => defineState({ name: "Shelf", state, config: z.strictObject({}) }).init(() => first as never);
const kit = shelf();
const tool = (description = "Count the books.") =>
  kit.read({ description, args: z.object({}), result: z.int() }).run(({ state }) => (state as any).books.length);
const taking = (args: z.ZodObject) =>
  kit.read({ description: "Take it.", args, result: z.null() }).run(() => null as never);

describe("an author's mistake is told at definition", () => {
  test.each(["reset", "step", "state", "close", "next_user_request", "constructor", "toString"])(
    "a tool named '%s'",
    (name) => {
      expect(() => kit.environment({ tools: { [name]: tool() } })).toThrow(
        new RegExp(`^Shelf\\.${name}: the name is reserved, .*; give the tool another$`),
      );
    },
  );

  test("names that one protocol alone keeps for itself are fine", () => {
    const tools = { verify: tool(), seed_session: tool(), aggregate_metrics: tool(), mcp: tool() };
    expect(Object.keys(kit.environment({ tools }).tools)).toEqual([
      "verify",
      "seed_session",
      "aggregate_metrics",
      "mcp",
    ]);
  });

  test("one tool under two names, and one name for two tools", () => {
    const count = tool();
    expect(() => kit.environment({ tools: { count, number: count } })).toThrow(
      "Shelf.number: it is the same tool as 'count'; a tool has one name, so leave one out",
    );
    expect(() => mergeTools({ count }, { count: tool() })).toThrow("two tools are named 'count'");
    expect(Object.keys(mergeTools({ count }, { number: tool() }))).toEqual(["count", "number"]);
    const one = kit.environment({ tools: { count } });
    expect(() => joinEnvironments({ One: one, Other: one })).toThrow("both have a tool 'count'");
  });
});

describe("or at the first init, where it takes a state or a moment to see", () => {
  test.each([
    ["a date", z.date(), new Date(0), "'at' of it is no JSON, it is an instance of Date"],
    ["a map", z.map(z.string(), z.int()), new Map(), "'at' of it is no JSON, it is an instance of Map"],
    ["a bigint", z.bigint(), 1n, "'at' of it is no JSON, it is a bigint"],
    ["undefined", z.string().optional(), undefined, "'at' of it is no JSON, it is undefined"],
    ["no number", z.nan(), Number.NaN, "'at' of it is no JSON, it is NaN"],
  ])("a state that holds %s", (_, schema, value, message) => {
    const environment = shelf(z.strictObject({ at: schema }), { at: value }).environment({ tools: {} });
    expect(() => environment.init({})).toThrow(`Shelf: init made a state that JSON cannot say: ${message}`);
  });

  test("a state that contains itself", () => {
    const first: Record<string, unknown> = {};
    first.self = first;
    const environment = shelf(z.custom<object>(), first).environment({ tools: {}, public: {} });
    expect(() => environment.init({})).toThrow("'self' of it is no JSON, it contains itself");
  });

  test("an invariant that throws, by its statement", () => {
    const environment = kit.environment({
      tools: { count: tool() },
      invariants: { "the first book is short": (state: any) => state.books[0].length < 10 },
    });
    expect(() => environment.init({})).toThrow(
      /^Shelf: the invariant 'the first book is short' throws on the first state/,
    );
  });

  test.each([
    ["a date", z.object({ title: z.string(), due: z.date() }), "its argument 'due'"],
    ["a map", z.object({ shelves: z.map(z.string(), z.string()) }), "its argument 'shelves'"],
    ["a check of one's own", z.object({ title: z.custom<string>() }), "its argument 'title'"],
  ])("an argument that JSON schema cannot describe: %s", (_, args, what) => {
    const environment = kit.environment({ tools: { take: taking(args) } });
    expect(() => environment.init({})).toThrow(
      new RegExp(`^Shelf\\.take: no JSON schema can describe ${what}.*take a type that JSON has`),
    );
  });

  test("nothing is wrong with failures that share a schema", () => {
    const data = z.strictObject({});
    const spec = { one: failure(data, () => "1"), two: failure(data, () => "2") };
    const both = kit
      .read({ description: "x", args: z.object({}), result: z.null(), failures: spec })
      .run(({ fail }) => fail.one({}));
    expect(() => kit.environment({ tools: { both } }).init({})).not.toThrow();
  });
});

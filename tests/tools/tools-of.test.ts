import { expect, test } from "vitest";
import { library } from "../../docs/examples/own-environment.ts";
import { environments, hints } from "../../environments/index.ts";
import { defineHints, joinEnvironments } from "../../src/index.ts";
import { toolsOf } from "../../src/tools/index.ts";

const libraryHints = defineHints(library, {
  lend: {
    notHere: ({ error }) => ({
      diagnose: `'${error.data.title}' is ${error.data.lent ? "lent" : "unknown"}.`,
      guide: "Lend another one.",
      direct: "Call 'lend' with a book on the shelf.",
    }),
  },
});
const shelfHints = { Shelf: libraryHints };
const config = { books: ["Emma", "Ulysses"] };

test("an environment of one's own becomes plain schemas in one call", () => {
  const { openai, openaiResponses } = toolsOf(library, { config });
  const described = { name: "lend", description: "Lend a book that stands on the shelf." };
  const parameters = { type: "object", properties: { title: { type: "string" } }, required: ["title"] };
  expect(openai).toEqual([{ type: "function", function: { ...described, parameters } }]);
  expect(openaiResponses).toEqual([{ type: "function", ...described, parameters, strict: false }]);
});

test("calls step one state, with arguments as an object or as the model's JSON", () => {
  const tools = toolsOf(library, { config });
  expect(tools.call("lend", { title: "Emma" })).toBe('{"left":1}');
  expect(tools.call("lend", '{"title": "Ulysses"}')).toBe('{"left":0}');
  expect(tools.state).toEqual({ books: [], lent: ["Emma", "Ulysses"] });
  expect(tools.calls).toEqual([
    { call: { tool: "lend", args: { title: "Emma" } }, text: '{"left":1}' },
    { call: { tool: "lend", args: { title: "Ulysses" } }, text: '{"left":0}' },
  ]);
});

test("another kit goes on from a kept state without touching it", () => {
  const tools = toolsOf(library, { config });
  tools.call("lend", { title: "Emma" });
  const kept = tools.state;
  const other = toolsOf(library, { state: kept });
  other.call("lend", { title: "Ulysses" });
  expect(tools.state).toBe(kept);
  expect(other.state.lent).toEqual(["Emma", "Ulysses"]);
});

test("every failure is a text with its hint, whatever a model writes", () => {
  const tools = toolsOf(library, { config, hints: { library: shelfHints, level: "guide" } });
  tools.call("lend", { title: "Emma" });
  expect(tools.call("lend", { title: "Emma" })).toBe(
    `{"error":"'Emma' is not on the shelf"}\nHint: 'Emma' is lent. Lend another one.`,
  );
  expect(tools.call("lend", { title: "Emma" })).toContain("The same call failed in the same way 1 call ago");
  expect(tools.call("lend", {})).toMatch(/title.*\nHint: /);
  expect(tools.call("lent", { title: "Emma" })).toMatch(/lent.*\nHint: .*'lend'/);
  expect(tools.calls.map(({ failure }) => failure)).toEqual([
    undefined,
    "notHere",
    "notHere",
    "missingArguments",
    "unknownTool",
  ]);
  expect(tools.state).toEqual({ books: ["Ulysses"], lent: ["Emma"] });
});

test("arguments that are no JSON object are not executed, and are no call", () => {
  const tools = toolsOf(library, { config, hints: { library: shelfHints, level: "guide" } });
  expect(tools.call("lend", '{"title": "Emma"')).toBe(
    `'lend' was not executed: the arguments are not JSON: Expecting ',' delimiter at the end, near \`{"title": "Emma"\`; a quote or a bracket is not closed, or the text was cut off`,
  );
  expect(tools.call("lend", "[1]")).toContain("the arguments are a list, where an object is expected");
  for (const parsed of [null, [1], 5, true] as unknown[])
    expect(tools.call("lend", parsed as Readonly<Record<string, unknown>>)).toContain("where an object is expected");
  expect(tools.calls).toEqual([]);
});

test("no arguments may be written as nothing at all", () => {
  const tools = toolsOf(environments.GorillaFileSystem!, { config: {} });
  expect(tools.call("pwd", "")).toBe(tools.call("pwd", "{}"));
  expect(tools.calls.map(({ failure }) => failure)).toEqual([undefined, undefined]);
});

test("joined environments share one namespace and one kit, and shares of levels drop hints alike each time", () => {
  const both = joinEnvironments({ Shelf: library, MathAPI: environments.MathAPI! });
  const play = (seed: string) => {
    const tools = toolsOf(both, {
      config: { Shelf: config },
      hints: { library: { ...hints, ...shelfHints }, level: { guide: 0.5, off: 0.5 }, seed },
    });
    return Array.from({ length: 12 }, (_, index) => tools.call("lend", { title: `No. ${index}` }).includes("\nHint: "));
  };
  expect(new Set(play("a"))).toEqual(new Set([true, false]));
  expect(play("a")).toEqual(play("a"));
  expect(play("a")).not.toEqual(play("b"));
  expect(() => toolsOf(both, { config: {}, hints: { library: hints, level: { guide: 0.5 } } })).toThrow(
    "add up to 0.5",
  );
});

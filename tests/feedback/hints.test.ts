import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { failure } from "../../src/core/outcome.ts";
import { silent } from "../../src/feedback/advice.ts";
import { defineHints } from "../../src/feedback/define-hints.ts";
import { hintOn } from "../../src/feedback/feedback.ts";
import { hintLevels } from "../../src/feedback/level.ts";
import { annealed, checkLevelMix, drawLevel, withDropout } from "../../src/feedback/level-mix.ts";
import { quoted } from "../../src/feedback/words.ts";
import { hintsOf } from "./hints-of.ts";

const shelf = defineState({
  name: "shelf",
  state: z.strictObject({ books: z.array(z.string()), open: z.boolean() }),
  config: z.strictObject({ books: z.array(z.string()) }),
}).init(({ books }) => ({ books, open: false }));
const closed = failure(z.strictObject({}), () => "closed");
const open_shelf = shelf
  .write({
    description: "Open the shelf.",
    args: z.object({}),
    result: z.null(),
    failures: { alreadyOpen: failure(z.strictObject({}), () => "already open") },
  })
  .run(({ state, draft, fail }) => {
    if (state.open) return fail.alreadyOpen({});
    draft().open = true;
    return null;
  });
const list_books = shelf
  .read({ description: "List the books.", args: z.object({}), result: z.array(z.string()) })
  .run(({ state }) => state.books);
const take_book = shelf
  .read({
    description: "Take a book.",
    args: z.object({ title: z.string(), note: z.string().default("") }),
    result: z.string(),
    failures: { closed, noSuchBook: failure(z.strictObject({ near: z.array(z.string()) }), () => "no such book") },
  })
  .run(({ state, args, fail }) => {
    if (!state.open) return fail.closed({});
    return state.books.includes(args.title) ? args.title : fail.noSuchBook({ near: state.books.slice(0, 3) });
  });
const environment = shelf.environment({ tools: { open_shelf, list_books, take_book } });
const hints = defineHints(environment, {
  open_shelf: { alreadyOpen: silent("nothing is amiss") },
  take_book: {
    closed: ({ args }) => ({
      diagnose: `The shelf is closed, so '${args.title}' cannot be taken.`,
      guide: "Open it first.",
      direct: "Call 'open_shelf'.",
      unmet: ["The shelf is closed"],
      tools: ["open_shelf"],
    }),
    noSuchBook: ({ error }) => ({
      diagnose: "No book has that title.",
      guide: `Close titles: ${quoted(error.data.near)}.`,
      direct: "'list_books' names all.",
      argument: "title",
      values: error.data.near,
      tools: ["list_books"],
    }),
  },
});
const config = { books: ["Emma", "Ulysses"] };

test("each level says what the one below says, and more; data follow the text", () => {
  const { off, diagnose, guide, direct } = hintsOf(hints, config, [["take_book", { title: "Emma" }]]);
  expect(off).toBeUndefined();
  expect(diagnose).toEqual({
    level: "diagnose",
    text: "The shelf is closed, so 'Emma' cannot be taken.",
    suggestion: { unmet: ["The shelf is closed"] },
  });
  expect(guide!.text).toBe(`${diagnose!.text} Open it first.`);
  expect(direct!.text).toBe(`${guide!.text} Call 'open_shelf'.`);
  expect(direct!.suggestion).toEqual({ unmet: ["The shelf is closed"], tools: ["open_shelf"] });
});

test("a call that failed before in the same way is said to have, another one is not", () => {
  const same = hintsOf(hints, config, [
    ["take_book", { title: "Emma" }],
    ["list_books", {}],
    ["take_book", { title: "Emma" }],
  ]);
  expect(same.diagnose!.text).toContain("The same call failed in the same way 2 calls ago");
  const other = hintsOf(hints, config, [
    ["take_book", { title: "Ulysses" }],
    ["take_book", { title: "Emma" }],
  ]);
  expect(other.diagnose!.text).not.toContain("same call");
});

test("a fact that was read before is pointed at from `guide` on", () => {
  const calls = [
    ["open_shelf", {}],
    ["list_books", {}],
    ["take_book", { title: "Ema" }],
  ] as const;
  const { diagnose, guide } = hintsOf(hints, config, calls);
  expect(diagnose!.text).toBe("No book has that title.");
  expect(guide!.text).toBe(
    "No book has that title. Close titles: 'Emma', 'Ulysses'. Look again at what 'list_books' returned 1 call ago.",
  );
  expect(guide!.suggestion).toEqual({ argument: "title", values: ["Emma", "Ulysses"] });
});

test("a tool that is not offered now is never named", () => {
  const state = environment.init(config);
  const call = { tool: "take_book", args: { title: "Emma" } } as const;
  const { outcome } = environment.step(state, call);
  if (outcome.ok) throw new Error("it is closed");
  const moment = { environment, state, call, error: outcome.error, history: [], offered: new Set(["take_book"]) };
  const hint = hintOn({ shelf: hints }, moment as never, "direct")!;
  expect(hint.text).toBe("The shelf is closed, so 'Emma' cannot be taken. Open it first.");
  expect(hint.suggestion.tools).toBeUndefined();
});

test("silence is silent at every level", () => {
  const said = hintsOf(hints, config, [
    ["open_shelf", {}],
    ["open_shelf", {}],
  ]);
  expect(hintLevels.map((level) => said[level])).toEqual([undefined, undefined, undefined, undefined]);
});

test("a missing, a needless and an unexplained hint are the author's mistakes, named", () => {
  const all = hints.rules as never;
  const { closed: _, ...without } = (all as { take_book: object }).take_book as Record<string, unknown>;
  const define = (rules: object) => () => defineHints(environment, { ...(all as object), ...rules } as never);
  expect(define({ take_book: without })).toThrow("shelf: take_book fails with 'closed', for which there is no hint");
  expect(define({ list_books: { gone: silent("x") } })).toThrow("hint for 'list_books' failing with 'gone'");
  expect(define({ open_shelf: { alreadyOpen: silent(" ") } })).toThrow("needs a reason");
});

test.each([
  ["take_bok", {}, /No tool named 'take_bok'.*'take_book'/],
  ["take_book<|channel|>commentary", {}, /similar name: 'take_book'\. Call 'take_book'/],
  ["zzz", {}, /Choose among the tools that are offered/],
  [
    "take_book",
    { titel: "Emma", title: "Emma" },
    /no argument 'titel'; it takes 'title', 'note'\. The nearest is 'title'/,
  ],
  ["take_book", {}, /needs 'title', which the call left out/],
  ["take_book", { title: 5 }, /cannot take these arguments: 'title'/],
])("any call's failure has a hint: %s", (tool, args, expected) => {
  const { direct } = hintsOf(hints, config, [[tool, args as Record<string, unknown>]]);
  expect(direct!.text).toMatch(expected);
});

test("shares of levels: drawn by the seed alone, in their proportion, refused where they are none", () => {
  const mix = withDropout("guide", 0.25);
  const drawn = Array.from({ length: 2000 }, (_, index) => drawLevel(mix, String(index)));
  expect(drawn).toEqual(Array.from({ length: 2000 }, (_, index) => drawLevel(mix, String(index))));
  const dropped = drawn.filter((level) => level === "off").length;
  expect(dropped).toBeGreaterThan(420);
  expect(dropped).toBeLessThan(580);
  expect(annealed("direct", "diagnose", 0)).toEqual({ direct: 1, diagnose: 0 });
  expect(annealed("direct", "diagnose", 2)).toEqual({ direct: 0, diagnose: 1 });
  expect(() => checkLevelMix({ guide: 0.5 })).toThrow("add up to 0.5");
  expect(() => checkLevelMix({ gide: 1 } as never)).toThrow("'gide' is no hint level");
  expect(() => checkLevelMix({ guide: 2 })).toThrow("give 0 to 1");
});

test("no call's hint throws, whatever its name and arguments", () => {
  fc.assert(
    fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (name, args) => {
      for (const tool of [name, "take_book"]) {
        const state = environment.init(config);
        const { outcome } = environment.step(state, { tool, args });
        if (outcome.ok) continue;
        const offered = new Set(Object.keys(environment.tools));
        const moment = { environment, state, call: { tool, args }, error: outcome.error, history: [], offered };
        for (const level of hintLevels) expect(hintOn({ shelf: hints }, moment as never, level)?.text).not.toBe("");
      }
    }),
  );
});

import { expect, test } from "vitest";
import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { joinEnvironments } from "../../src/core/join.ts";
import type { Advice } from "../../src/feedback/advice.ts";
import { defineHints, type HintContext } from "../../src/feedback/define-hints.ts";
import { quoted } from "../../src/feedback/words.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { Task } from "../../src/task/task.ts";
import { lintHints } from "../../src/testing/lint-hints.ts";
import { environment } from "../cli/shelf-environment.ts";

/** The user never names the book; only the state and the ground truth do. */
const task = Task.parse({
  id: "shelf",
  family: "shelf",
  category: "base",
  environments: ["Shelf"],
  config: { Shelf: { books: ["Middlemarch", "Persuasion", "Villette", "Ulysses"] } },
  turns: [
    { user: "Take the one about Dublin.", groundTruth: [{ tool: "take_book", args: { title: "Ulysses" } }] },
    { user: "And the one set in Brussels.", groundTruth: [{ tool: "take_book", args: { title: "Villette" } }] },
  ],
});

type Write = (context: HintContext) => Partial<Advice>;
function lint(write: Write) {
  const plain = { diagnose: "No book has that title.", guide: "Look at how titles are spelt.", direct: "" };
  const hints = defineHints(environment, {
    take_book: { noSuchBook: (context) => ({ ...plain, ...write(context as HintContext) }) },
  });
  const truth = replayGroundTruth(task, joinEnvironments({ Shelf: environment }) as never);
  const { findings, exceptions } = lintHints({ Shelf: hints }, [truth], "0", 20);
  const rules = (list: typeof findings) => list.map(({ rule }) => rule).sort();
  return { findings: rules(findings), exceptions: rules(exceptions) };
}

test.each<[string, Write, string[]]>([
  ["plain words", () => ({}), []],
  ["a book that there is not", () => ({ guide: "Is it 'Emma'?" }), ["real"]],
  ["an example of a form", () => ({ guide: "Write it as in 'Emma'." }), []],
  [
    "a tool that does not provide what is unmet: no requirement is declared here",
    () => ({ diagnose: "It is away.", direct: "Call 'take_book'.", unmet: ["It is away"], tools: ["take_book"] }),
    [],
  ],
  ["a tool that there is not", () => ({ direct: "Call 'list_books'.", tools: ["list_books"] }), ["available"]],
  [
    "a tool in a sentence only",
    () => ({ direct: "Call 'list_books', then 'take_book'.", tools: ["take_book"] }),
    ["real"],
  ],
  ["data that the text lacks", () => ({ unmet: ["The shelf is open"] }), ["recoverable"]],
  [
    "a value that changes nothing",
    ({ args }) => ({
      guide: `Try '${args.title}'.`,
      argument: "title",
      diagnose: "Its title is wrong.",
      values: [args.title],
    }),
    ["differs"],
  ],
  [
    "four values",
    ({ state }) => ({ guide: `For title, one of ${state.books.join(", ")}.`, argument: "title", values: state.books }),
    ["narrow"],
  ],
  ["an error of the author's", () => JSON.parse("{"), ["throws"]],
  ["too long a text", () => ({ guide: "on and on ".repeat(200) }), ["short"]],
])("%s: %#", (_, write, rules) => {
  const { findings } = lint(write);
  expect(findings.filter((rule) => rule !== "recovery" && rule !== "solution")).toEqual(rules);
});

test("a coming value may not stand in `diagnose`, and in `guide` only as help with a call", () => {
  const title = ({ state }: HintContext): string | undefined =>
    state.books.find((book: string) => ["Ulysses", "Villette"].includes(book));
  const naming =
    (say: (title: string) => Partial<Advice>): Write =>
    (context) => {
      const coming = title(context);
      return coming === undefined ? {} : say(coming);
    };
  expect(lint(naming((coming) => ({ diagnose: `There is ${coming}.` }))).findings).toContain("unseen");
  const near = naming((coming) => ({ guide: `For title, '${coming}'.`, argument: "title", values: [coming] }));
  expect(lint(near)).toEqual({ findings: [], exceptions: ["recovery"] });
  const far: Write = ({ state }) => ({ guide: `There are ${quoted(state.books)}.` });
  expect(lint(far).findings).toContain("recovery");
});

test("a whole coming call may stand in no hint below `direct`, unless the failed call lacked but its value", () => {
  const whole = "take_book(title='Ulysses')";
  expect(lint(() => ({ diagnose: `Say ${whole}.` })).findings).toContain("solution");
  expect(lint(() => ({ guide: `Say ${whole}.` })).findings).toContain("solution");
  const near: Write = () => ({ guide: "'take_book' knows 'Ulysses'.", argument: "title", values: ["Ulysses"] });
  expect(lint(near).exceptions).toContain("solution");
  expect(lint(() => ({ direct: `Say ${whole}.`, tools: ["take_book"] })).findings).not.toContain("solution");
});

test("the words of an enumeration stand in the tool's document: the refusal that lists them leaks nothing", () => {
  const gate = defineState({
    name: "Gate",
    state: z.strictObject({ lane: z.string() }),
    config: z.strictObject({}),
  }).init(() => ({ lane: "none" }));
  const open_lane = gate
    .write({ description: "Open a lane.", args: z.object({ lane: z.enum(["north", "south"]) }), result: z.null() })
    .run(({ draft, args: { lane } }) => {
      draft().lane = lane;
      return null;
    });
  const gateEnvironment = gate.environment({ tools: { open_lane } });
  const opening = Task.parse({
    ...{ id: "gate", family: "gate", category: "base", environments: ["Gate"] },
    turns: [{ user: "Open one.", groundTruth: [{ tool: "open_lane", args: { lane: "north" } }] }],
  });
  const truth = replayGroundTruth(opening, joinEnvironments({ Gate: gateEnvironment }) as never);
  const report = lintHints({ Gate: defineHints(gateEnvironment, {}) }, [truth], "0", 20);
  expect(report.failures).toBeGreaterThan(0);
  expect(report.findings).toEqual([]);
});

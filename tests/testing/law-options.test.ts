import { expect, test } from "vitest";
import { z } from "zod";
import { messageHints } from "../../environments/messages/hints.ts";
import type { Environment } from "../../src/core/index.ts";
import { findLawBreaks } from "../../src/testing/laws.ts";
import { invariants, shelf, tools } from "./planted/shelf.ts";

const sound = shelf.environment({ tools, invariants }) as Environment;

test.each([
  [{ runs: 0 }, "Shelf: 'runs' must be a whole number of 1 or more, not 0"],
  [{ runs: 1.5 }, "'runs' must be a whole number of 1 or more, not 1.5"],
  [{ maxCalls: -3 }, "'maxCalls' must be a whole number of 1 or more"],
  [{ seed: Number.NaN }, "'seed' must be a whole number"],
  [{ path: "" }, "'path' must be as a broken law prints it"],
  [{ alsoFrom: [{}] }, "'alsoFrom' must be a list of { config }"],
  [{ alsoFrom: [{ config: {} }, { config: { books: 3 } }] }, "alsoFrom[1]: Shelf: no state can start from this config"],
  [{ unreached: "lend.ok" }, `'unreached' must be a list of "tool.code"`],
  [{ rnus: 5 }, "the laws have no option 'rnus'; there are config, extension"],
  [{ hints: messageHints }, "'hints' are those of MessageAPI, and none of Shelf"],
])("options that try nothing are refused: %j", (options, message) => {
  expect(() => findLawBreaks(sound, { config: {}, ...options } as never)).toThrow(message);
});

test("what is no environment, or has nothing to call, is refused", () => {
  expect(() => findLawBreaks({ name: "Shelf" } as never, { config: {} })).toThrow("the laws are of an environment");
  expect(() => findLawBreaks(shelf.environment({ tools: {} }) as Environment, { config: {} })).toThrow("no tools");
});

test("an argument that fast-check cannot draw by its pattern gets other texts", () => {
  const code = z.string().regex(/^(?=.*\d)[a-z\d]+$/);
  const find = shelf
    .read({ description: "x", args: z.object({ code }), result: z.null(), candidates: { code: () => ["a1"] } })
    .run(() => null);
  expect(findLawBreaks(shelf.environment({ tools: { find } }) as Environment, { config: {}, runs: 30 }).ok).toBe(true);
});

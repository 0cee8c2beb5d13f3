import { expect, test } from "vitest";
import { z } from "zod";
import { defineState } from "../../src/core/index.ts";
import { jsonNotation } from "../../src/core/notation.ts";

class Overflow extends Error {}
const kit = defineState({
  name: "Sums",
  state: z.strictObject({ n: z.number() }),
  config: z.strictObject({}),
  notation: {
    ...jsonNotation,
    caught: (error) => (error instanceof Overflow ? { kind: "overflow", reason: error.message } : undefined),
  },
}).init(() => ({ n: 0 }));
const add = kit
  .write({ description: "Add.", args: z.object({ by: z.number() }), result: z.number() })
  .run(({ state, draft, args }) => {
    const next = draft();
    next.n = state.n + args.by;
    if (args.by > 100) throw new Overflow("too much");
    if (args.by < 0) throw new TypeError("the author's own mistake");
    return next.n;
  });
const sums = kit.environment({ tools: { add } });
const start = sums.init({});

test("an error of the values' arithmetic is a failure, and its draft is dropped", () => {
  const { state, outcome } = sums.step(start, { tool: "add", args: { by: 101 } });
  expect(state).toBe(start);
  expect(outcome).toEqual({
    ok: false,
    error: { code: "raised", message: "too much", data: { tool: "add", kind: "overflow", reason: "too much" } },
  });
  expect(sums.text("add", outcome)).toBe('{"error":"too much"}');
});

test("any other error is the author's, and throws", () => {
  expect(() => sums.step(start, { tool: "add", args: { by: -1 } })).toThrow(TypeError);
});

import { describe, expect, test } from "vitest";
import type { Environment } from "../../src/core/index.ts";
import { findLawBreaks } from "../../src/testing/laws.ts";
import type { Planted } from "./planted/planted.ts";
import { invariants, shelf, tools } from "./planted/shelf.ts";
import { untrueSteps } from "./planted/untrue-steps.ts";
import { untrueWords } from "./planted/untrue-words.ts";

const planted: Readonly<Record<string, Planted>> = { ...untrueSteps, ...untrueWords };

test("nothing is wrong with the environment that the defects are planted in", () => {
  const { breaks } = findLawBreaks(shelf.environment({ tools, invariants }) as Environment, { config: {}, runs: 200 });
  expect(breaks).toEqual([]);
});

describe("what is planted is found, by its law and at its tool, in a short program that brings it back", () => {
  test.each(Object.entries(planted))("%s", (_, { law, tool, says, remembers, make }) => {
    const options = { config: {}, runs: 200, ...(remembers ? {} : { seed: 3 }) };
    const run = (more: object = {}) => {
      const { environment, hints } = make();
      return findLawBreaks(environment, { ...options, ...(hints ? { hints } : {}), ...more }).breaks;
    };
    const breaks = run();
    expect(breaks.map((one) => [one.law, one.tool])).toContainEqual([law, tool]);
    const found = breaks.find((one) => one.law === law && one.tool === tool)!;
    expect(found.message).toContain(says);
    if (remembers || found.path === "") return;
    expect(found.program.length).toBeLessThanOrEqual(6);
    const again = run({ seed: found.seed, path: found.path });
    expect(again.map(({ law, tool, program }) => ({ law, tool, program }))).toContainEqual({
      ...{ law, tool },
      program: found.program,
    });
  });
});

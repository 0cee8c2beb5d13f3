import { expect, test } from "vitest";
import { math, messages, vehicle } from "../../environments/index.ts";
import type { Environment } from "../../src/core/environment.ts";
import { findLawBreaks, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "../environments/law-cases.ts";

const cases: readonly (readonly [Environment, LawOptions])[] = [
  [math as Environment, lawCases.math],
  [messages as Environment, lawCases.messages],
  [vehicle as Environment, lawCases.vehicle],
];

/** Few programs, since every mutant waits for them; so few do not meet every failure. */
test.each(cases)("$name obeys the laws of single programs", (environment, options) => {
  const { breaks } = findLawBreaks(environment, { ...options, runs: 60, maxCalls: 25 });
  expect(breaks.filter(({ path }) => path !== "")).toEqual([]);
});

import { expect, test } from "vitest";
import { Arena } from "../../../src/testing/learnability/arena.ts";
import { flatAtRandom, guessedIn } from "../../../src/testing/learnability/guessers.ts";
import { planted } from "./planted/index.ts";

const arenaOf = (name: string) => new Arena(planted[name]!.make());

test("guessing earns much where the tool does not matter, and little where words tell it", () => {
  expect(guessedIn(arenaOf("bell with nothing to learn"))).toBeGreaterThan(0.9);
  expect(guessedIn(arenaOf("wardrobe"))).toBeLessThan(0.3);
});

test("who picks at random earns now and then by two calls, and never by five of which none may be in vain", () => {
  expect(flatAtRandom(arenaOf("elevator"), 8)).toBeLessThan(0.8);
  expect(flatAtRandom(arenaOf("library in one breath"), 8)).toBeGreaterThan(0.9);
});

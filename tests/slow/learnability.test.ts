import { expect, test } from "vitest";
import { probeLearnability } from "../../src/testing/learnability/index.ts";
import { planted } from "../testing/learnability/planted/index.ts";

/** The kinds that a small probe reports, without what is information alone. */
async function kindsOf(name: string) {
  const options = { seeds: 3, arms: ["off", "shuffled", "guide", "direct"] } as const;
  const { problems } = await probeLearnability(planted[name]!.make(), options);
  return problems.filter(({ information }) => !information).map(({ kind }) => kind);
}

test.each(["lamps", "library", "doors"])("nothing is said against %s", async (name) => {
  expect(await kindsOf(name)).toEqual([]);
});

test.each(["locker without a number", "two sites with scenes of their own", "library in one breath"])(
  "%s: what is wrong is named",
  async (name) => {
    expect(await kindsOf(name)).toContain(planted[name]!.expected[0]);
  },
);

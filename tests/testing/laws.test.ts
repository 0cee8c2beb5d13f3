import { describe, expect, test } from "vitest";
import { z } from "zod";
import { environmentOf } from "../../environments/index.ts";
import { mathHints } from "../../environments/math/hints.ts";
import { messageHints } from "../../environments/messages/hints.ts";
import { type Environment, joinEnvironments } from "../../src/core/index.ts";
import { watchClock } from "../../src/testing/laws/watch-clock.ts";
import { checkLaws, findLawBreaks } from "../../src/testing/laws.ts";
import { withTools } from "./planted/planted.ts";
import { invariants, shelf, tools } from "./planted/shelf.ts";
import { untrueWords } from "./planted/untrue-words.ts";

const sound = shelf.environment({ tools, invariants }) as Environment;
const rare = untrueWords["an invariant breaks on a rare path"]!.make().environment;
const messageOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("a broken law", () => {
  test("says which, where, by what program, and how to run it again", () => {
    const message = messageOf(() => checkLaws(rare, { config: {}, runs: 200 }));
    expect(message).toMatch(
      /^Shelf: a law does not hold \(\d+ programs, \d+ calls\)\n\nShelf\.lend breaks the law 'invariant'/,
    );
    expect(message.match(/ lend\(\{"title":"\w+"\}\)/g)).toHaveLength(3);
    const [, seed, path] = /seed: (\d+), path: "([\d:]+)"/.exec(message)!;
    const { programs, breaks } = findLawBreaks(rare, { config: {}, seed: Number(seed), path: path! });
    expect(breaks[0]!.program.map(({ tool }) => tool)).toEqual(["lend", "lend", "lend"]);
    expect(programs).toBeLessThan(4);
  });

  test("does not hide the others", () => {
    const { environment } = withTools(
      {
        today: shelf.read({ description: "x", args: z.object({}), result: z.int() }).run(() => Date.now()),
        guess: shelf.read({ description: "x", args: z.object({}), result: z.number() }).run(() => Math.random()),
      },
      { invariants: { "two books or fewer are out": ({ lent }: any) => lent.length <= 2 } },
    );
    const { breaks } = findLawBreaks(environment, { config: {}, runs: 200 });
    expect(breaks.map(({ law, tool }) => `${law} ${tool}`).sort()).toEqual([
      "deterministic guess",
      "deterministic today",
      "invariant lend",
    ]);
  });
});

describe("the programs", () => {
  test("are the same each time, and others with another seed", () => {
    const run = (seed?: number) => findLawBreaks(sound, { config: {}, runs: 50, ...(seed ? { seed } : {}) }).reached;
    expect(run()).toEqual(run());
    expect(run(2)).not.toEqual(run());
  });

  test("are as many as asked for, of as many calls at most", () => {
    const { programs, calls, ok } = findLawBreaks(sound, { config: {}, runs: 200, maxCalls: 8 });
    expect([programs, ok]).toEqual([200, true]);
    expect(calls).toBeGreaterThan(600);
    expect(calls).toBeLessThanOrEqual(1600);
  });

  test("start from each config, and try what is given to them", () => {
    const find = (more: object) => findLawBreaks(environmentOf(["MessageAPI"]), { config: {}, runs: 60, ...more });
    const { reached } = find({ alsoTry: { "add_contact.user_name": ["Zoë"], "get_user_id.user": ["Zoë"] } });
    expect(reached.get_user_id!.ok).toBeGreaterThan(0);
    const start = { config: { MessageAPI: { current_user: "USR001" } } };
    expect(find({ alsoFrom: [start] }).reached.send_message!.ok).toBeGreaterThan(find({}).reached.send_message!.ok);
  });

  test("run joined environments with the hints of their parts", () => {
    const joined = joinEnvironments({ MessageAPI: messageHints.environment, MathAPI: mathHints.environment });
    const hints = { MessageAPI: messageHints, MathAPI: mathHints };
    const { breaks, reached } = findLawBreaks(joined as Environment, { config: {}, hints, runs: 60 });
    expect(breaks.filter(({ law }) => law !== "everyFailureReached")).toEqual([]);
    expect(reached.add!.ok).toBeGreaterThan(0);
  });
});

test("an option that names what is not there throws", () => {
  expect(() => checkLaws(sound, { config: {}, unreached: ["lend.lost"] })).toThrow(
    "'lend.lost' is listed as unreached",
  );
  expect(() => checkLaws(sound, { config: {}, alsoTry: { "lend.book": [1] } })).toThrow(
    "'lend.book', which is no argument",
  );
  expect(() => checkLaws(sound, { config: { books: 3 } as never })).toThrow("no state can start from this config");
});

test("what is listed as unreached is not asked for", () => {
  const { environment } = untrueWords["a failure cannot be met"]!.make();
  expect(() => checkLaws(environment, { config: {}, unreached: ["takeBack.overdue"] })).not.toThrow();
  const idle = untrueWords["a tool never succeeds"]!.make().environment;
  expect(() => checkLaws(idle, { config: {}, unreached: ["reserve.ok"] })).not.toThrow();
});

test("clock and chance are as they were after they were watched, also after a throw", () => {
  const before = [Date, Math.random, performance.now, crypto.randomUUID];
  const read: string[] = [];
  const run = () => {
    watchClock(
      (name) => read.push(name),
      () => {
        expect(new Date().getFullYear()).toBeGreaterThan(before.length + 2030);
        expect(new Date(0).getTime()).toBe(0);
        expect(new Date(0)).toBeInstanceOf(Date);
        crypto.randomUUID();
        throw new Error("on purpose");
      },
    );
  };
  expect(run).toThrow("on purpose");
  expect(read).toEqual(["new Date()", "crypto.randomUUID()"]);
  expect([Date, Math.random, performance.now, crypto.randomUUID]).toEqual(before);
});

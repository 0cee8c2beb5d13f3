import { describe, expect, test } from "vitest";
import { z } from "zod";
import { canonicalJson, sha256 } from "../../../src/core/canonical.ts";
import type { Tools } from "../../../src/core/tool.ts";
import { checkVerified, verifyEnvironment } from "../../../src/testing/index.ts";
import { AuditCard } from "../../../src/testing/verify/audit-card.ts";
import { call, desk, deskKit, good, task, write } from "./desk.ts";

const fragile: Tools = {
  burn_note: deskKit
    .write({ description: "Burn a note.", args: z.object({ name: z.string() }), result: z.null() })
    .run(({ draft, args: { name } }) => {
      if (name !== "fridge") throw new Error("no matches");
      delete draft().notes[name];
      return null;
    }),
};
const laws = { runs: 60 };
const right = { ...desk(), tasks: [good], laws };
const config = { notes: { fridge: "milk", pantry: "tea" } };
const foundIn = async (module: object, checks: readonly string[]) => {
  const { checks: reports } = await verifyEnvironment(module, { checks });
  return reports.flatMap(({ name, findings }) => findings.map((finding) => ({ check: name, ...finding })));
};

describe("from a test", () => {
  test("a module, or a record of what it exports, that is right", async () => {
    await expect(checkVerified(right, { quick: true })).resolves.toBeUndefined();
    const { ok, checks, card, text } = await verifyEnvironment(right, { name: "desk", quick: true });
    expect([ok, checks.every(({ skipped }) => !skipped)]).toEqual([true, true]);
    expect(text).toMatch(/^desk: 1 task in Desk\n/);
    expect(card.subject).toMatchObject({ name: "desk", tasks: 1 });
  });

  test("one that is not throws the report, and may be known", async () => {
    const turns = [{ user: "Write over 'fridge'.", groundTruth: [write("fridge", "rye")] }];
    const wrong = { ...right, tasks: [task("wrong", turns)] };
    await expect(checkVerified(wrong, { checks: ["grounded"] })).rejects.toThrow(
      /grounded: every value.*\n {2}wrong, turn 0, call 0, write_note: text is "rye".*\n {4}fix: /,
    );
    const known = [{ check: "grounded", task: "wrong" }];
    await expect(checkVerified(wrong, { checks: ["grounded"], known })).resolves.toBeUndefined();
  });

  test.each([
    [{ tasks: [good] }, {}, "module: no export is an environment's hints"],
    [{ ...desk() }, {}, "nothing to try them on; export 'tasks'"],
    [{ ...desk(), config: { notes: 5 } }, {}, "'config': Desk: no state can start from this config"],
    [{ ...right, laws: { Dsek: { runs: 5 } } }, {}, "'laws' has 'Dsek', which is no option of checkLaws"],
    [{ ...right, laws: { Desk: { rnus: 5 } } }, {}, "'laws' has 'rnus', which is no option of checkLaws"],
    [{ ...right, bounds: { "act-erly": 0.5 } }, {}, `bounds["act-erly"]: did you mean 'act-early'?`],
    [{ ...right, bounds: { random: 5 } }, {}, "'bounds' must be numbers from 0 to 1"],
    [right, { checks: ["colour"] }, "checks: there is no 'colour'"],
  ])("what cannot be looked at is said: %#", async (module, options, message) => {
    await expect(verifyEnvironment(module, options)).rejects.toThrow(message);
  });
});

describe("what throws is a finding", () => {
  const module = (name: string) => ({
    ...desk({ tools: fragile }),
    laws,
    tasks: [
      task("burn", [
        { user: "Read 'fridge'.", groundTruth: [call("read_note", { name: "fridge" })] },
        { user: `Burn '${name}'.`, groundTruth: [call("burn_note", { name })] },
      ]),
      task("wrong", [{ user: "Write over 'fridge'.", groundTruth: [write("fridge", "rye")] }]),
    ],
  });

  test("a tool in a ground truth: at its call, once, and the other tasks are looked at", async () => {
    const found = await foundIn(module("attic"), ["ground-truths", "needed-calls", "needed-turns", "grounded"]);
    expect(found).toMatchObject([
      { check: "ground-truths", task: "burn", turn: 1, call: 0, tool: "burn_note" },
      { check: "grounded", task: "wrong" },
    ]);
    expect(found[0]!.problem).toMatch(/^it throws Error: no matches \(verify-environment\.test\.ts:\d+\)$/);
  });

  test("also where the check of ground truths is left out", async () => {
    expect(await foundIn(module("attic"), ["needed-calls"])).toMatchObject([{ check: "needed-calls", task: "burn" }]);
  });

  test("in a call that a check draws: that check is not passed", async () => {
    const { checks } = await verifyEnvironment(module("fridge"), { checks: ["laws", "floors", "hint-lint"] });
    expect(checks.map(({ findings }) => findings.length > 0)).toEqual([true, true, true]);
  });

  test("a tool that changes the state where it stands: the fix is the draft", async () => {
    const careless = deskKit
      .write({ description: "Open one more.", args: z.object({}), result: z.null() })
      .run(({ state }) => {
        (state as { opened: number }).opened += 1;
        return null;
      });
    const opening = task("open", [{ user: "Open one.", groundTruth: [call("open_one")] }]);
    const found = await foundIn({ ...desk({ tools: { open_one: careless } }), tasks: [opening] }, ["ground-truths"]);
    expect(found[0]).toMatchObject({ tool: "open_one", fix: "states are frozen: change what `draft()` returns" });
  });

  test("a hint", async () => {
    const hint = () => {
      throw new Error("no idea");
    };
    const found = await foundIn({ ...desk({ hint }), tasks: [good] }, ["hint-lint", "non-interference"]);
    expect(found.map(({ check }) => check)).toContain("non-interference");
    expect(found[0]).toMatchObject({ check: "hint-lint", tool: "read_note" });
  });

  test("options of the laws that name what is not there", async () => {
    const found = await foundIn({ ...right, laws: { unreached: ["read_note.lost"] } }, ["laws"]);
    expect(found).toMatchObject([{ environment: "Desk" }]);
    expect(found[0]!.problem).toContain("'read_note.lost' is listed as unreached");
  });
});

test("a config alone: laws and hints are looked at, the other checks say that they were not made", async () => {
  const { ok, checks, text, card } = await verifyEnvironment({ ...desk(), config, laws });
  expect(ok).toBe(true);
  const made = checks.filter(({ skipped }) => !skipped);
  expect(made.map(({ name }) => name)).toEqual(["laws", "hint-lint"]);
  expect(made[1]!.figures.failures).toBeGreaterThan(50);
  expect(text).toMatch(/floors +- +- +not looked at: there are no tasks/);
  expect(text).toContain("export `tasks`");
  expect(card.checks.find(({ name }) => name === "floors")).toMatchObject({ skipped: true, passed: false });
});

test("a task that asks for nothing is found", async () => {
  const idle = task("idle", [{ user: "Hello.", groundTruth: [] }]);
  const found = await foundIn({ ...right, tasks: [good, idle] }, ["ground-truths"]);
  expect(found).toMatchObject([{ task: "idle" }]);
  expect(found[0]!.problem).toContain("doing nothing passes the task");
});

test("the laws draw other programs with another seed", async () => {
  const calls = async (seed: string) =>
    (await verifyEnvironment(right, { checks: ["laws"], seed })).checks[0]!.figures.calls;
  expect(await calls("0")).toBe(await calls("0"));
  expect(new Set([await calls("0"), await calls("1"), await calls("spring")]).size).toBe(3);
});

test("the card fits its schema, and its hash is of what is written", async () => {
  const turns = [{ user: "Write over 'fridge'.", groundTruth: [write("fridge", "rye")] }];
  const module = { ...right, tasks: [good, task("wrong", turns), task("old", turns)] };
  const known = [{ check: "grounded", task: "old" }];
  const { card } = await verifyEnvironment(module, { quick: true, known });
  const read = JSON.parse(JSON.stringify(card));
  expect(AuditCard.parse(read)).toEqual(read);
  const { sha256: hash, ...rest } = read;
  expect(sha256(canonicalJson(rest))).toBe(hash);
  const grounded = card.findings.filter(({ check }) => check === "grounded");
  expect(grounded).toMatchObject([
    { task: "wrong", known: false },
    { task: "old", known: true },
  ]);
});

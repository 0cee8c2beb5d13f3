import { expect, test } from "vitest";
import type { Task } from "../../../src/task/task.ts";
import { auditCard, environmentHash } from "../../../src/testing/verify/audit-card.ts";
import { checks } from "../../../src/testing/verify/checks.ts";
import { verify } from "../../../src/testing/verify/verify.ts";
import { call, clockTool, desk, good, subject, task, write } from "./desk.ts";

async function found(check: string, tasks: readonly Task[], plant: Parameters<typeof desk>[0] = {}) {
  const chosen = checks.filter(({ name }) => name === check);
  const [report] = await verify(subject(tasks, plant), chosen);
  return report!;
}

test("finds nothing where nothing is wrong, and says what was looked at", async () => {
  const reports = await verify(subject([good]), checks);
  expect(reports.flatMap(({ name, findings }) => findings.map((one) => `${name}: ${one.problem}`))).toEqual([]);
  expect(reports.map(({ name }) => name)).toEqual(checks.map(({ name }) => name));
  expect(reports.find(({ name }) => name === "needed-calls")!.figures).toMatchObject({ deletions: 2, noticed: 2 });
  expect(reports.find(({ name }) => name === "collateral")!.figures.changes).toBeGreaterThan(0);
  expect(reports.find(({ name }) => name === "non-interference")!.figures.hints).toBeGreaterThan(0);
});

test("laws: a tool that counts outside of the state is named", async () => {
  const { findings } = await found("laws", [good], { tools: clockTool });
  expect(findings[0]).toMatchObject({ environment: "Desk", tool: "late_read" });
  expect(findings[0]!.problem).toContain("'deterministic'");
});

test("ground-truths: a call that fails is named with its turn and place", async () => {
  const wrong = task("wrong", [
    { user: "Read 'attic'.", groundTruth: [call("list_notes"), call("read_note", { name: "attic" })] },
  ]);
  const { findings } = await found("ground-truths", [good, wrong]);
  expect(findings).toMatchObject([{ task: "wrong", turn: 0, call: 1, tool: "read_note" }]);
});

test("ground-truths: a held-out tool that the ground truth calls fails it under strict", async () => {
  const wrong = task("wrong", [
    { user: "Read 'fridge'.", groundTruth: [call("read_note", { name: "fridge" })], holdOut: ["read_note"] },
  ]);
  const { findings } = await found("ground-truths", [wrong]);
  expect(findings[0]).toMatchObject({ task: "wrong", turn: 0 });
  expect(findings[0]!.problem).toContain("'strict'");
});

test("needed-calls: a call whose result was shown, beside another", async () => {
  const wrong = task("wrong", [
    { user: "List the notes.", groundTruth: [call("list_notes")] },
    { user: "Write 'x' over 'fridge'.", groundTruth: [call("list_notes"), write("fridge", "x")] },
  ]);
  const { findings, figures } = await found("needed-calls", [wrong]);
  expect(findings).toMatchObject([{ task: "wrong", turn: 1, call: 0, tool: "list_notes" }]);
  expect(figures).toMatchObject({ deletions: 3, noticed: 2 });
});

test("needed-calls: a call that a goal does not ask for", async () => {
  const goal = { reach: [{ path: "Desk/notes/fridge", equals: "x" }] };
  const wrong = task("wrong", [
    { user: "Write 'x' over 'fridge'.", groundTruth: [call("list_notes"), write("fridge", "x")], goal },
  ]);
  expect((await found("needed-calls", [wrong])).findings).toMatchObject([{ turn: 0, call: 0, tool: "list_notes" }]);
});

test("needed-turns: a turn that repeats what was shown", async () => {
  const turn = { user: "List the notes.", groundTruth: [call("list_notes")] };
  const { findings } = await found("needed-turns", [task("wrong", [turn, turn])]);
  expect(findings).toMatchObject([{ task: "wrong", turn: 1 }]);
});

test("grounded: a value that nobody said fails, one of words that were read is remarked upon", async () => {
  const wrong = task("wrong", [
    {
      user: "Write bread over note 'fridge', and in 'pantry' that there is no Bread.",
      groundTruth: [write("fridge", "rye"), write("pantry", "No bread")],
    },
  ]);
  const { findings, remarks } = await found("grounded", [wrong]);
  expect(findings).toMatchObject([{ task: "wrong", turn: 0, call: 0, tool: "write_note" }]);
  expect(findings[0]!.problem).toContain('text is "rye"');
  expect(remarks).toMatchObject([{ turn: 0, call: 1 }]);
});

test("floors: a task that reading about at random passes", async () => {
  const goal = { reach: [{ tool: "list_notes" }] };
  const wrong = task("wrong", [{ user: "Which notes are there?", groundTruth: [call("list_notes")], goal }]);
  const report = await found("floors", [wrong]);
  expect(report.findings.map(({ problem }) => problem)).toContainEqual(
    expect.stringContaining("'read-spam' earns 1.000"),
  );
  const checked = { ...subject([wrong]), bounds: { "read-spam": 1, random: 1 } };
  const [bounded] = await verify(
    checked,
    checks.filter(({ name }) => name === "floors"),
  );
  expect(bounded!.findings).toEqual([]);
});

test("hint-lint: a hint that speaks of a note that there is not", async () => {
  const hint = () => ({ diagnose: "There is no such note.", guide: "The only one is 'Middlemarch'.", direct: "" });
  const { findings } = await found("hint-lint", [good], { hint });
  expect(findings[0]!.problem).toContain("breaks 'real'");
});

test("hint-lint: a hint that has the coming ground truth from a table of its own", async () => {
  const hint = () => ({
    diagnose: "There is no such note; another is to say bread.",
    guide: "Look again.",
    direct: "",
  });
  const { findings } = await found("hint-lint", [good], { hint });
  const unseen = findings.find(({ problem }) => problem.includes("breaks 'unseen'"));
  expect(unseen).toMatchObject({ task: "good", tool: "read_note" });
  expect(unseen!.problem).toContain("'bread'");
});

test("hint-lint: words that happen to be a value of one letter are no leak", async () => {
  const notes = { a: "milk", b: "tea" };
  const short = task("short", [{ user: "Read the first note.", groundTruth: [call("read_note", { name: "a" })] }], {
    config: { Desk: { notes } },
  });
  const hint = (guide: string) => () => ({ diagnose: "There is no such note.", guide, direct: "" });
  const rules = async (guide: string) =>
    (await found("hint-lint", [short], { hint: hint(guide) })).findings.map(
      ({ problem }) => /breaks '(\w+)'/.exec(problem)![1],
    );
  expect(await rules("read_note needs a note that is there.")).not.toContain("solution");
  expect(await rules("It is read_note with 'a'.")).toContain("solution");
});

test("non-interference: a hint that depends on what was asked before", async () => {
  let asked = 0;
  const hint = () => ({ diagnose: `This is question ${asked++}.`, guide: "Look again.", direct: "" });
  const { findings } = await found("non-interference", [good], { hint });
  expect(findings[0]).toMatchObject({ task: "good" });
  expect(findings[0]!.problem).toContain("This is question");
});

test("collateral: a goal under which everything may change", async () => {
  const goal = { reach: [{ path: "Desk/notes/fridge", equals: "x" }], mayChange: ["Desk/**"] };
  const wide = task("wide", [{ user: "Write 'x' over 'fridge'.", groundTruth: [write("fridge", "x")], goal }]);
  const { findings } = await found("collateral", [wide]);
  expect(findings[0]).toMatchObject({ task: "wide", turn: 0, tool: "write_note" });
  expect(findings[0]!.problem).toMatch(/Desk\/notes\/(pantry|cellar)/);
  const narrow = task("narrow", [{ ...wide.turns[0]!, goal: { reach: goal.reach } }]);
  const report = await found("collateral", [narrow]);
  expect([report.findings, report.figures.changes! > 0]).toEqual([[], true]);
});

test("own-solutions: a task under another name, and not a variant of one family", async () => {
  const { findings } = await found("own-solutions", [good, { ...good, id: "twin", family: "twin" }]);
  expect(findings.map(({ task: id }) => id).sort()).toEqual(["good", "twin"]);
  expect((await found("own-solutions", [good, { ...good, id: "variant" }])).findings).toEqual([]);
});

test("known defects are counted, and others found all the same", async () => {
  const turn = { user: "List the notes.", groundTruth: [call("list_notes")] };
  const chosen = checks.filter(({ name }) => name === "needed-turns");
  const known = [{ check: "needed-turns", task: "old", turn: 1 }];
  const [report] = await verify(subject([task("old", [turn, turn]), task("new", [turn, turn])]), chosen, known);
  expect([report!.known, report!.findings].map((list) => list.map(({ task: id }) => id))).toEqual([["old"], ["new"]]);
});

test("the card is the same for the same, and its hashes tell what has changed", async () => {
  const chosen = checks.filter(({ name }) => name === "needed-turns");
  const one = subject([good]);
  const card = auditCard(one, await verify(one, chosen), "1.0.0");
  expect(auditCard(one, await verify(one, chosen), "1.0.0")).toEqual(card);
  expect(auditCard(one, await verify(one, chosen), "1.0.1").sha256).not.toBe(card.sha256);
  expect(card.checks).toMatchObject([{ name: "needed-turns", passed: true, figures: { turns: 2 } }]);
  expect(environmentHash(desk().environment as any)).toBe(card.environments.Desk);
  expect(environmentHash(desk({ tools: clockTool }).environment as any)).not.toBe(card.environments.Desk);
});

import { expect, test } from "vitest";
import { hints } from "../../environments/index.ts";
import type { ModelCall } from "../../src/grading/trajectory.ts";
import { trajectoryMoments } from "../../src/testing/failing-moments.ts";
import { narrowing, noTool } from "../../src/testing/narrowing.ts";
import { repairsOf } from "../../src/testing/repair.ts";
import { statesOf } from "../../src/testing/state-dependence.ts";
import { fileTask, prepare } from "../episode/sample-tasks.ts";

const { truth } = prepare(fileTask("files", [{ user: "Read a.txt, then sort b.txt.", groundTruth: [] }]));
const momentsOf = (...calls: readonly ModelCall[]) => [...trajectoryMoments(truth, [calls.map((call) => [call])])];
const cat = (file_name: string) => ({ tool: "cat", args: { file_name } });
const touch = (file_name: string) => ({ tool: "touch", args: { file_name } });

test("each failed call is counted once, with what it is a part of; faults of the harness are in no other number", () => {
  const moments = momentsOf(
    cat("a.tx"),
    cat("a.txt"),
    { tool: "cat<|channel|>commentary", args: {} },
    "ls(",
    { tool: "fly", args: {} },
    { tool: "cat", args: {} },
  );
  const { kinds, ...all } = narrowing(hints, moments, statesOf(moments));
  expect(all).toMatchObject({ failures: 4, harnessFaults: 1, hinted: 4, silent: 0, repairable: 1, guided: 1 });
  expect(kinds.map(({ tool, code, failures }) => [tool, code, failures]).sort()).toEqual([
    [noTool, "malformedCall", 1],
    [noTool, "unknownTool", 1],
    ["cat", "missingArguments", 1],
    ["cat", "notFound", 1],
  ]);
});

test("a repair is another value in sight for an argument, or an earlier call with such values", () => {
  const [moment] = momentsOf({ tool: "echo", args: { content: "x", file_name: "b.tx" } });
  const repairs = repairsOf(moment as never);
  expect(repairs).toContainEqual({ kind: "argument", argument: "file_name", value: "b.txt" });
  const [missing] = momentsOf({ tool: "echo", args: { content: "x", file_name: "then" } });
  expect(repairsOf(missing as never)).toContainEqual({
    kind: "call",
    call: { tool: "touch", args: { file_name: "then" } },
  });
  expect(repairs.some((repair) => repair.kind === "call" && repair.call.tool === "ls")).toBe(false);
});

test("a hint leads on where at most three candidates hold a repair; one that names nothing does not", () => {
  const moments = momentsOf(cat("a.tx"), cat("zzzz"), touch("a.txt"));
  const { kinds } = narrowing(hints, moments, statesOf(moments));
  const shares = Object.fromEntries(kinds.map((kind) => [`${kind.tool} ${kind.code}`, [kind.guided, kind.repairable]]));
  expect(shares["cat notFound"]).toEqual([1, 2]);
});

test("a text depends on the state where the same call, failing alike in another state, is answered otherwise", () => {
  const [moment] = momentsOf(cat("a.tx"));
  const elsewhere = momentsOf(touch("a.tx.md"), cat("a.tx"));
  const count = (moments: typeof elsewhere) => {
    const { dependent, varying } = narrowing(hints, [moment!], statesOf(moments));
    return { dependent, varying };
  };
  expect(count(elsewhere)).toEqual({ dependent: 1, varying: 1 });
  expect(count([moment!])).toEqual({ dependent: 0, varying: 0 });
});

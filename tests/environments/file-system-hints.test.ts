import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { fileSystemHints } from "../../environments/file-system/hints.ts";
import { fileSystem } from "../../environments/file-system/index.ts";
import type { Call } from "../../src/core/call.ts";
import { hintOn } from "../../src/feedback/feedback.ts";
import { quoted } from "../../src/feedback/words.ts";
import { hintsOf } from "../feedback/hints-of.ts";
import { sessionOf } from "./session.ts";

type Step = readonly [string, Record<string, unknown>];

const file = (content = "text") => ({ type: "file", content });
const directory = (contents: Record<string, unknown> = {}) => ({ type: "directory", contents });
const config = {
  root: {
    workspace: directory({
      docs: directory({
        "report.txt": file(),
        drafts: directory({ "deep.txt": file(), "report.txt": file() }),
        "plan.md": file(),
      }),
      temp: directory({ "notes.txt": file() }),
      "notes.txt": file(),
      "summary.csv": file(),
      archive: directory(),
    }),
  },
};
const cd = (...folders: string[]): Step[] => folders.map((folder) => ["cd", { folder }]);
const hints = (...calls: Step[]) => hintsOf(fileSystemHints, config, calls);

/** Makes the calls; whether the last one succeeds. */
function succeeds(...calls: Step[]): boolean {
  const session = sessionOf(fileSystem, fileSystem.init(config as never));
  return calls.map(([tool, args]) => session.call(tool, args)).at(-1)!.outcome.ok;
}

describe("hints of the file system", () => {
  test("writing to a file that does not exist: make it first", () => {
    const echo: Step = ["echo", { content: "hi", file_name: "todo.txt" }];
    const { diagnose, guide, direct } = hints(echo);
    expect(diagnose?.text).toBe(
      "'file_name' must name a file that exists already, and the current directory 'workspace' holds none named 'todo.txt'.",
    );
    expect(guide?.text).toContain("Make the file first, then write to it");
    expect(direct?.suggestion.tools).toEqual(["touch", "echo"]);
    expect(succeeds(echo)).toBe(false);
    expect(succeeds(["touch", { file_name: "todo.txt" }], echo)).toBe(true);
  });

  test("writing to a file that another directory holds: which one", () => {
    const echo: Step = ["echo", { content: "hi", file_name: "plan.md" }];
    const { diagnose, guide, direct } = hints(echo);
    expect(diagnose?.text).not.toContain("docs");
    expect(guide?.text).toContain(
      "There is a file of that name in 'docs'; go there first, the first step being 'docs'.",
    );
    expect(direct?.suggestion.tools).toEqual(["cd"]);
    expect(succeeds(...cd("docs"), echo)).toBe(true);
  });

  test("a path to a new file: where the file comes to be made", () => {
    const { guide } = hints(["echo", { content: "hi", file_name: "docs/new.txt" }]);
    expect(guide?.text).toContain("the first step being 'docs', then give only 'new.txt'");
    expect(guide?.text).toContain("must be made before it is written to");
  });

  test("a path for cd: the step that it begins with, from wherever the model stands", () => {
    const target = { folder: "docs/drafts" };
    const below = hints(["cd", target]);
    expect(below.diagnose?.text).toContain("one level at a time");
    expect(below.guide?.suggestion).toMatchObject({ argument: "folder", values: ["docs"] });
    expect(hints(...cd("temp"), ["cd", target]).guide?.suggestion.values).toEqual(["/"]);
    expect(hints(...cd("docs"), ["cd", target]).guide?.suggestion.values).toEqual(["drafts"]);
    expect(hints(...cd("docs", "drafts"), ["cd", { folder: "../../temp" }]).guide?.suggestion.values).toEqual(["/"]);
    expect(hints(...cd("docs"), ["cd", { folder: "../../.." }]).guide?.text).toContain("above the root");
    expect(hints(["cd", { folder: "/workspace/docs" }]).guide?.suggestion.values).toEqual(["docs"]);
    expect(hints(["cd", { folder: "../docs" }]).guide?.suggestion.values).toEqual(["docs"]);
    expect(hints(...cd("docs"), ["cd", { folder: "/workspace/docs" }]).guide?.text).toContain("no step is needed");
  });

  test("a directory that is not here: the parent, the root, a directory below, or the closest names", () => {
    const values = (from: readonly string[], folder: string) =>
      hints(...cd(...from), ["cd", { folder }]).guide?.suggestion.values;
    expect(values([], "drafts")).toEqual(["docs"]);
    expect(values(["docs"], "workspace")).toEqual(["/"]);
    expect(values(["docs", "drafts"], "temp")).toEqual(["/"]);
    expect(values([], "doc")).toEqual(["docs"]);
    expect(values(["docs", "drafts"], "docs")).toEqual([".."]);
    expect(hints(...cd("docs", "docs")).diagnose?.text).toContain("the name of the current directory itself");
    expect(hints(["cd", { folder: "qqqqqq" }]).direct?.suggestion.tools).toEqual(["mkdir"]);
    expect(succeeds(...cd("docs", "drafts", "..", "drafts"))).toBe(true);
  });

  test("cd above the root, and into a file", () => {
    expect(hints(...cd("..")).guide?.suggestion.values).toEqual(["docs", "temp", "archive"]);
    expect(hints(...cd("notes.txt")).diagnose?.text).toContain("'notes.txt' is a file");
  });

  test("a path as destination comes down to the directory that is here", () => {
    const move = (destination: string): Step => ["mv", { source: "summary.csv", destination }];
    for (const path of ["docs/", "docs/summary.csv", "/workspace/docs", "./docs", "docs/drafts/summary.csv"]) {
      const { guide } = hints(move(path));
      expect(guide?.suggestion).toMatchObject({ argument: "destination", values: ["docs"] });
      expect(guide?.suggestion.unmet).toHaveLength(1);
    }
    expect(succeeds(move("docs"))).toBe(true);
    expect(hints(move("../docs")).guide?.suggestion.values).toEqual(["docs"]);
    expect(hints(move("./renamed.csv")).guide?.suggestion.values).toEqual(["renamed.csv"]);
    expect(hints(move("docs/other.csv")).guide?.text).toContain("then name it 'other.csv' there");
    expect(hints(["cp", { source: "docs", destination: "docs/copy" }]).guide?.text).toContain("cannot go into itself");
    const unknown = hints(move("results/summary.csv"));
    expect(unknown.guide?.text).toContain("There is no directory 'results' here: make it first");
    expect(unknown.direct?.suggestion.tools).toEqual(["mkdir"]);
    expect(succeeds(["mkdir", { dir_name: "results" }], move("results"))).toBe(true);
    expect(hints(...cd("docs"), ["cp", { source: "plan.md", destination: "../temp" }]).guide?.text).toContain(
      "elsewhere, a new file can be given the same text",
    );
  });

  test("all that is wrong with a transfer is said at once", () => {
    const { diagnose, guide } = hints(["cp", { source: "sumary.csv", destination: "docs/x.csv" }]);
    expect(diagnose?.suggestion.unmet).toEqual([
      "'source' must name a file or directory in the current directory",
      "'destination' takes only a name: a directory that is here, or a new name",
    ]);
    expect(guide?.suggestion).toMatchObject({ argument: "source", values: ["summary.csv"] });
    expect(guide?.text).toContain("'docs'");
    const apart = hints(["cp", { source: "docs/plan.md", destination: "archive" }]).guide?.text;
    expect(apart).toContain("'destination' is looked up in the same directory as 'source'.");
  });

  test("a destination that is taken", () => {
    expect(hints(["mv", { source: "summary.csv", destination: "notes.txt" }]).diagnose?.text).toContain(
      "'notes.txt' is a file",
    );
    const exists = hints(["cp", { source: "notes.txt", destination: "temp" }]);
    expect(exists.diagnose?.text).toContain("there is a 'notes.txt' in 'temp'");
    expect(exists.direct?.suggestion.tools).toEqual(["mv"]);
  });

  test("a source that was moved before", () => {
    const move: Step = ["mv", { source: "summary.csv", destination: "docs" }];
    const again = hints(move, move);
    expect(again.diagnose?.text).toContain("A call moved or renamed it 1 call ago.");
    expect(again.guide?.text).toContain("in 'docs'");
    const rename: Step = ["mv", { source: "summary.csv", destination: "table.csv" }];
    const read: Step = ["cat", { file_name: "summary.csv" }];
    expect(hints(rename, read).guide?.suggestion.values).toEqual(["table.csv"]);
    expect(hints(["rm", { file_name: "summary.csv" }], read).diagnose?.text).toContain(
      "A call removed one of that name",
    );
  });

  test("a missing file: the closest names here, or the directory that holds it", () => {
    expect(hints(["cat", { file_name: "note.txt" }]).guide?.suggestion).toMatchObject({
      argument: "file_name",
      values: ["notes.txt"],
    });
    expect(hints(["cat", { file_name: "Report.txt" }]).guide?.text).toContain(
      "The closest name in the tree is 'report.txt', in 'docs'",
    );
    expect(hints(["tail", { file_name: "deep.txt" }]).guide?.text).toContain("in 'docs/drafts'");
    expect(hints(...cd("docs"), ["grep", { file_name: "notes.txt", pattern: "x" }]).guide?.text).toContain(
      "in the parent directory '..'",
    );
    expect(hints(...cd("archive"), ["wc", { file_name: "deep.txt" }]).diagnose?.text).toContain("which is empty");
  });

  test("a path to read: where its parts lead", () => {
    expect(hints(["cat", { file_name: "./notes.txt" }]).guide?.suggestion.values).toEqual(["notes.txt"]);
    expect(hints(["cat", { file_name: "/workspace/docs/plan.md" }]).guide?.text).toContain(
      "the first step being 'docs', then name it as 'plan.md'",
    );
    expect(hints(["sort", { file_name: "docs/plans.md" }]).guide?.text).toContain(
      "there is no file 'plans.md', but 'plan.md'",
    );
    expect(hints(["rm", { file_name: "nowhere/plan.md" }]).guide?.text).toContain("There is no 'nowhere' here.");
  });

  test("directories where files are needed, and the other way round", () => {
    expect(hints(["cat", { file_name: "docs" }]).guide?.text).toContain("To use a file in it, go into 'docs' first.");
    expect(hints(["cat", { file_name: "archive" }]).guide?.text).toContain("There is no file to use in it.");
    expect(hints(["rmdir", { dir_name: "notes.txt" }]).direct?.suggestion.tools).toEqual(["rm"]);
    expect(hints(["rmdir", { dir_name: "docs" }]).diagnose?.text).toContain("holds 3 entries");
  });

  test("new names that are taken or not allowed", () => {
    expect(hints(["mkdir", { dir_name: "docs" }]).guide?.text).toContain("Nothing need be made");
    expect(hints(["mkdir", { dir_name: "notes.txt" }]).diagnose?.text).toContain("a file 'notes.txt' already");
    expect(hints(["touch", { file_name: "what?.txt" }]).diagnose?.text).toContain("'what?.txt' holds ?");
    const nested = hints(["mkdir", { dir_name: "new/inner" }]);
    expect(nested.guide?.suggestion.values).toEqual(["new"]);
    expect(nested.direct?.suggestion.tools).toEqual(["mkdir", "cd"]);
  });

  test("searches, counts and comparisons", () => {
    expect(hints(["find", { path: "/workspace/docs" }]).guide?.suggestion.values).toEqual(["docs"]);
    expect(hints(["find", { path: "drafts" }]).guide?.suggestion.values).toEqual(["docs/drafts"]);
    expect(hints(...cd("docs"), ["find", { path: ".." }]).guide?.suggestion.values).toEqual(["/"]);
    expect(hints(["find", { path: "docs/draft" }]).guide?.suggestion.values).toEqual(["docs/drafts"]);
    expect(succeeds(["find", { path: "docs/drafts" }])).toBe(true);
    const wc = hints(["wc", { file_name: "no.txt", mode: "words" }]);
    expect(wc.guide?.suggestion.values).toEqual(["w"]);
    expect(wc.diagnose?.suggestion.unmet).toHaveLength(2);
    const diff = hints(["diff", { file_name1: "notes.txt", file_name2: "sumary.csv" }]);
    expect(diff.diagnose?.text).toContain("'file_name1' is right");
    expect(diff.guide?.suggestion).toMatchObject({ argument: "file_name2", values: ["summary.csv"] });
  });
});

const toolNames = Object.keys(fileSystem.tools);

/** Makes a call; where it fails, its hint has to be short, and all that it offers has to stand in it and to help. */
function checked(state: object, call: Call): { state: object; seen?: string } {
  const { state: next, outcome } = fileSystem.step(state as never, call as never);
  if (outcome.ok) return { state: next };
  const { error } = outcome;
  const moment = { environment: fileSystem, state: next, call, error, history: [], offered: new Set(toolNames) };
  const [guide, direct] = (["guide", "direct"] as const).map(
    (level) => hintOn({ GorillaFileSystem: fileSystemHints }, moment as never, level)!,
  );
  const { values = [], argument, unmet = [] } = guide!.suggestion;
  expect(direct!.text.length).toBeLessThan(1500);
  expect(values.length).toBeLessThanOrEqual(3);
  for (const text of [...unmet, ...values.map((one) => quoted([one]))]) expect(guide!.text).toContain(text);
  if (argument !== undefined) expect(guide!.text).toContain(`'${argument}'`);
  expect(guide!.text.replace(/'[^']*'/g, "")).not.toMatch(new RegExp(`\\b(${toolNames.join("|")})\\b`));
  for (const tool of direct!.suggestion.tools ?? []) expect(direct!.text).toContain(`'${tool}'`);
  for (const one of values) {
    const again = fileSystem.step(next, { tool: call.tool, args: { ...call.args, [argument!]: one } } as never).outcome;
    expect(JSON.stringify(again)).not.toBe(JSON.stringify(outcome));
  }
  return { state: next, seen: `${call.tool} ${error.code}` };
}

/** The arguments of a tool that take a name, a path or a mode. */
const textsOf = (tool: string) =>
  Object.keys(fileSystem.tools[tool as "cat"].spec.args.shape).filter(
    (name) => !["a", "human_readable", "lines", "content", "pattern"].includes(name),
  );
const others: Readonly<Record<string, object>> = { echo: { content: "x" }, grep: { pattern: "x" } };

describe("every failure of the file system", () => {
  const names = ["", "..", "/", "docs", "notes.txt", "report.txt", "temp", "l", "*.txt"];
  const values = [...names, "docs/", "docs/drafts", "../temp"];
  const hostile = ["~", ".", "..//..", "__proto__", "docs/new/x", "/workspace/temp", "x".repeat(1e6), "a/".repeat(5e5)];

  test("has a hint whose offers help, from wherever the model stands", () => {
    const seen = new Set<string | undefined>();
    for (const way of [[], ["docs"], ["docs", "drafts"], ["archive"]])
      for (const tool of toolNames) {
        let all: Record<string, unknown>[] = [{ ...others[tool] }];
        for (const name of textsOf(tool))
          all = all.flatMap((args) => values.map((value) => ({ ...args, [name]: value })));
        const session = sessionOf(fileSystem, fileSystem.init(config as never));
        for (const folder of way) session.call("cd", { folder });
        for (const args of all) seen.add(checked(session.state, { tool, args }).seen);
      }
    const declared = Object.entries(fileSystemHints.rules).flatMap(([tool, codes]) =>
      Object.keys(codes).map((code) => `${tool} ${code}`),
    );
    expect(declared.filter((failure) => !seen.has(failure))).toEqual(["mv treeTooLarge", "cp treeTooLarge"]);
  });

  test("has one where the tree would become too large", () => {
    let state: object = fileSystem.init(config as never);
    const seen = new Set<string | undefined>();
    const transfer = (tool: string, source: string, destination: string) => ({ tool, args: { source, destination } });
    for (let round = 0; round < 40; round++)
      for (const call of [
        transfer("cp", "docs", "twin"),
        { tool: "mkdir", args: { dir_name: "both" } },
        transfer("mv", "docs", "both"),
        transfer("mv", "twin", "both"),
        transfer("mv", "both", "docs"),
      ]) {
        const made = checked(state, call);
        state = made.state;
        seen.add(made.seen);
      }
    expect(seen).toContain("mv treeTooLarge");
  });

  test("has one after any calls, hostile ones too", () => {
    const value = fc.oneof(fc.constantFrom(...values, ...hostile), fc.string({ maxLength: 6 }));
    const anyCall = fc.constantFrom(...toolNames).chain((tool) => {
      const args = fc.record(Object.fromEntries(textsOf(tool).map((name) => [name, value])));
      return args.map((given): Call => ({ tool, args: { ...others[tool], ...given } }));
    });
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 12 }), (calls) => {
        let state: object = fileSystem.init(config as never);
        for (const call of calls) state = checked(state, call).state;
      }),
      { numRuns: 200 },
    );
  });
});

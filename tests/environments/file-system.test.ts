import { describe, expect, test } from "vitest";
import { fileSystem } from "../../environments/file-system/index.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";
import { sessionOf } from "./session.ts";

const file = (content: string) => ({ type: "file" as const, content });
const directory = (contents: Record<string, unknown>) => ({ type: "directory" as const, contents });
/** JavaScript would put a key like "10" first; `$dict` keeps the order. */
const home = {
  $dict: [
    ["a", directory({ b: directory({ "deep.txt": file("deep") }) })],
    ["note.txt", file("two\none\n")],
    ["10", file("")],
  ],
};
const config = { root: { home: directory(home) } };

const session = (start = fileSystem.init(config)) => sessionOf(fileSystem, start);

describe("file system", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(fileSystem, lawCases.fileSystem as LawOptions);
  });

  test("reads as the reference prints it", () => {
    const { call } = session();
    expect(call("ls").text).toBe('{"current_directory_content": ["a", "note.txt", "10"]}');
    expect(call("sort", { file_name: "note.txt" }).text).toBe('{"sorted_content": "one\\ntwo"}');
    expect(call("mkdir", { dir_name: "new" }).text).toBe("None");
    expect(call("cd", { folder: "new" }).text).toBe('{"current_working_directory": "new"}');
    expect(call("pwd").text).toBe('{"current_working_directory": "/home/new"}');
    expect(call("cd", { folder: ".." }).text).toBe("{}");
  });

  test("a moved directory shares its entries, and its children keep their old parent", () => {
    const run = session();
    run.call("mv", { source: "a", destination: "c" });
    run.call("cd", { folder: "c" });
    run.call("cd", { folder: "b" });
    run.call("cd", { folder: ".." });
    expect(run.call("pwd").text).toBe('{"current_working_directory": "/home/a"}');
    run.call("touch", { file_name: "x" });
    run.call("cd", { folder: "/" });
    run.call("cd", { folder: "c" });
    expect(run.call("ls").text).toBe('{"current_directory_content": ["b", "x"]}');
  });

  test("a copied directory shares the files below it", () => {
    const run = session();
    run.call("cp", { source: "a", destination: "copy" });
    run.call("cd", { folder: "a" });
    run.call("cd", { folder: "b" });
    run.call("echo", { content: "changed", file_name: "deep.txt" });
    run.call("cd", { folder: "/" });
    run.call("cd", { folder: "copy" });
    run.call("cd", { folder: "b" });
    expect(run.call("cat", { file_name: "deep.txt" }).text).toBe('{"file_content": "changed"}');
  });

  test("a tree that doubles with every copy stops growing before it takes the process down", () => {
    const { call } = session();
    const codes = new Set<string>();
    for (let round = 0; round < 40; round++) {
      const steps = [
        call("cp", { source: "a", destination: "twin" }),
        call("mkdir", { dir_name: "both" }),
        call("mv", { source: "a", destination: "both" }),
        call("mv", { source: "twin", destination: "both" }),
        call("mv", { source: "both", destination: "a" }),
      ];
      for (const { outcome } of steps) if (!outcome.ok) codes.add(outcome.error.code);
    }
    expect(codes).toContain("treeTooLarge");
    expect(call("find", { name: "no such name" }).text).toBe('{"matches": []}');
  });

  test("failures are data, and one text may stand for two situations", () => {
    const { call, state } = session();
    const missing = call("wc", { file_name: "gone" });
    const folder = call("wc", { file_name: "a" });
    expect(missing.outcome).toMatchObject({ ok: false, error: { code: "notFound", data: { name: "gone" } } });
    expect(folder.outcome).toMatchObject({ ok: false, error: { code: "isDirectory", data: { name: "a" } } });
    expect(folder.text).toBe('{"error": "wc: a: No such file or directory"}');
    expect(call("echo", { content: "x", file_name: "a" }).text).toBe(
      "Error during execution: 'Directory' object has no attribute '_write'",
    );
    expect(folder.after).toBe(state);
  });

  test("texts that are no Unicode, and numbers beyond a double", () => {
    const { call } = session();
    call("echo", { content: "\ud800", file_name: "note.txt" });
    expect(call("du").text).toBe(
      "Error during execution: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
    );
    call("echo", { content: "😀\nlast", file_name: "note.txt" });
    expect(call("grep", { file_name: "note.txt", pattern: "\ud83d" }).text).toBe('{"matching_lines": []}');
    const far = { $int: `-1${"0".repeat(400)}` };
    expect(call("tail", { file_name: "note.txt", lines: far }).text).toBe('{"last_lines": ""}');
  });

  test("two states are the same by names and texts, not by the order they came in", () => {
    const one = session();
    const other = session();
    for (const name of ["x", "y"]) one.call("touch", { file_name: name });
    for (const name of ["y", "x"]) other.call("touch", { file_name: name });
    expect(fileSystem.same(one.state, other.state)).toBe(true);
    expect(fileSystem.hash(one.state)).toBe(fileSystem.hash(other.state));
    one.call("echo", { content: "text", file_name: "x" });
    expect(fileSystem.differences(one.state, other.state)).toEqual(["root"]);
  });

  test("a config that contradicts long-context mode throws and names the file", () => {
    const extension = { fileSystem: { fileContent: "", fileNames: ["note.txt"], sparedFiles: [] } };
    const flat = { root: { home: directory({ "note.txt": file("") }) } };
    expect(() => fileSystem.init(flat, extension)).toThrow(/note\.txt/);
  });
});

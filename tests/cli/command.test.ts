import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { defineCommand, runCommand } from "citty";
import { afterEach, expect, test, vi } from "vitest";
import { command } from "../../src/cli/command.ts";
import { writeWhole } from "../../src/task/write-whole.ts";

const ran = vi.fn();
const options = {
  out: { type: "string", valueHint: "folder" },
  fresh: { type: "boolean" },
} as const;
const plain = command({ args: options, run: ({ args }) => ran(args.out, args.fresh) });
const withFiles = command({
  args: { files: { type: "positional", required: true }, ...options },
  run: ({ args }) => ran(args._),
});

const messages: string[] = [];
vi.spyOn(process.stderr, "write").mockImplementation((text) => messages.push(String(text)) > 0);
afterEach(() => {
  process.exitCode = 0;
  messages.length = 0;
  ran.mockClear();
});

test.each([
  [["--fesh"], "unknown option --fesh; there are --out, --fresh\n"],
  [["--out", "--fresh"], "--out needs a value, as in --out <folder>\n"],
  [["--fresh", "--out"], "--out needs a value, as in --out <folder>\n"],
  [["extra"], "'extra' is not expected here; options start with --\n"],
])("%j is refused", async (rawArgs, message) => {
  await runCommand(plain, { rawArgs });
  expect([messages.join(""), ran.mock.calls.length, process.exitCode]).toEqual([message, 0, 1]);
});

test("values, negations and words where they belong are taken", async () => {
  await runCommand(plain, { rawArgs: ["--out", "-", "--no-fresh"] });
  await runCommand(plain, { rawArgs: ["--out=a=b"] });
  await runCommand(withFiles, { rawArgs: ["a.jsonl", "--out", "x", "b.jsonl"] });
  expect(ran.mock.calls).toEqual([["-", false], ["a=b", undefined], [["a.jsonl", "b.jsonl"]]]);
  expect(messages).toEqual([]);
});

test("of a file that cannot be put where there is a folder, the folder is named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "envtune-command-"));
  const writing = command({ run: () => writeWhole(folder, "") });
  await runCommand(writing, { rawArgs: [] });
  expect(messages).toEqual([`${folder}: this is a folder, where a file is needed\n`]);
  expect(readdirSync(dirname(folder)).filter((name) => name.startsWith(`${basename(folder)}.`))).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("an error of ours keeps its stack", async () => {
  const broken = defineCommand({ subCommands: { broken: command({ run: () => JSON.parse("{") }) } });
  await expect(runCommand(broken, { rawArgs: ["broken"] })).rejects.toThrow(SyntaxError);
});

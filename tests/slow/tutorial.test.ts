import { spawnSync } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AuthorProject, plain } from "./author-project.ts";
import { type Block, blocksOf, commandsIn, isAsShown } from "./markdown-blocks.ts";

const page = readFileSync(new URL("../../docs/tutorial.md", import.meta.url), "utf8");
let author: AuthorProject;
let folder: string;
beforeAll(() => {
  author = new AuthorProject();
  folder = author.folder;
});
afterAll(() => author.remove());

/** Runs the commands of a block in one shell, as a reader would, and tells what each printed. */
function run(commands: readonly string[]): readonly string[] {
  const log = join(author.folder, "log");
  const end = join(author.folder, "end");
  const file = openSync(log, "w");
  const script = commands.map((command) => `echo "@@@"\n${command === "npm install" ? "echo installed" : command}`);
  // What runs in the background may hold the log open, so it is no pipe.
  spawnSync("bash", ["-c", `${script.join("\n")}\npwd > ${end}`], { cwd: folder, env: plain, stdio: ["ignore", file, file] });
  folder = readFileSync(end, "utf8").trim();
  if (commands.includes("npm install")) author.install(folder);
  return readFileSync(log, "utf8").split("@@@\n").slice(1);
}

function check({ language, text, line }: Block): void {
  if (language === "ts") {
    const path = /^\/\/ (\S+\.ts)$/m.exec(text.split("\n")[0]!)?.[1];
    expect(path, `line ${line} names its file`).toBeDefined();
    mkdirSync(dirname(join(folder, path!)), { recursive: true });
    writeFileSync(join(folder, path!), text);
    return;
  }
  expect(language, `line ${line}`).toBe("console");
  const shown = commandsIn({ language, text, line });
  const outputs = run(shown.map(({ command }) => command));
  for (const [index, { command, output }] of shown.entries()) {
    if (command === "npm install") continue;
    const real = outputs[index]!.trim();
    if (!isAsShown(output, real)) expect(real, `line ${line}: ${command}`).toBe(output);
  }
}

describe("the tutorial, block by block", () => {
  const blocks = blocksOf(page);
  test.each(blocks.map((block) => [`line ${block.line}: ${block.text.split("\n")[0]}`, block] as const))(
    "%s",
    (_, block) => check(block),
  );
});

import { spawnSync } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AuthorProject, plain } from "./author-project.ts";
import { type Block, blocksOf, commandsIn, isAsShown } from "./markdown-blocks.ts";

let author: AuthorProject;
beforeAll(() => {
  author = new AuthorProject();
});
afterAll(() => author.remove());

/** A reader who does what a page says, block by block, in the folder in which the page left them. */
class Reader {
  #folder: string | undefined;
  get folder(): string {
    this.#folder ??= author.folder;
    return this.#folder;
  }

  /** Runs the commands of a block in one shell, and tells what each printed. */
  run(commands: readonly string[]): readonly string[] {
    const log = join(author.folder, "log");
    const end = join(author.folder, "end");
    const file = openSync(log, "w");
    const script = commands.map((command) => `echo "@@@"\n${command === "npm install" ? ":" : command}`);
    // What runs in the background may hold the log open, so it is no pipe.
    const stdio = ["ignore", file, file] as const;
    spawnSync("bash", ["-c", `${script.join("\n")}\npwd > ${end}`], {
      ...{ cwd: this.folder, env: plain, stdio: [...stdio] },
    });
    this.#folder = readFileSync(end, "utf8").trim();
    if (commands.includes("npm install")) author.install(this.#folder);
    return readFileSync(log, "utf8").split("@@@\n").slice(1);
  }

  follow({ language, text, line }: Block): void {
    if (language === "ts") {
      const path = /^\/\/ (\S+\.ts)$/m.exec(text.split("\n")[0]!)?.[1];
      expect(path, `line ${line} names its file`).toBeDefined();
      mkdirSync(dirname(join(this.folder, path!)), { recursive: true });
      writeFileSync(join(this.folder, path!), text);
      return;
    }
    expect(language, `line ${line}`).toBe("console");
    const shown = commandsIn({ language, text, line });
    const outputs = this.run(shown.map(({ command }) => command));
    for (const [index, { command, output }] of shown.entries()) {
      const real = outputs[index]!.trim();
      if (!isAsShown(output, real)) expect(real, `line ${line}: ${command}`).toBe(output);
    }
  }
}

/** Pages whose blocks are followed in order, and what is done before. */
const pages: Readonly<Record<string, readonly string[]>> = {
  "tutorial.md": [],
  "authoring.md": ["npx envtune new mailbox --empty", "cd mailbox", "npm install"],
};

describe.each(Object.entries(pages))("docs/%s as printed, in order", (page, before) => {
  const blocks = blocksOf(readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8"));
  const reader = new Reader();
  beforeAll(() => {
    if (before.length > 0) reader.run(before);
  });
  test.each(blocks.map((block) => [`line ${block.line}: ${block.text.split("\n")[0]}`, block] as const))(
    "%s",
    (_, block) => reader.follow(block),
  );
});

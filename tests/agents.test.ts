import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkLaws } from "../src/testing/index.ts";

const root = new URL("..", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const page = read("AGENTS.md");
const inProject = (path: string) => existsSync(new URL(`templates/environment/${path}`, root));

test("the scripts and commands that AGENTS.md names exist", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const named = [...page.matchAll(/\bnpm (?:run )?([a-z:]+)/g)].map(([, script]) => script!);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((script) => script !== "ci" && script !== "install" && scripts[script] === undefined)).toEqual(
    [],
  );
  const commands = [...page.matchAll(/npx envtune ([a-z]+)((?: --[a-z]+)*)/g)];
  expect(commands.length).toBeGreaterThan(4);
  for (const [, command, options] of commands) {
    expect(read("src/cli/main.ts")).toContain(`${command}: () =>`);
    for (const option of options!.trim().split(" --").filter(Boolean))
      expect(read(`src/cli/${command}.ts`)).toContain(option.replace("--", ""));
  }
  expect(checkLaws).toBeTypeOf("function");
});

test("the paths that it names exist, here or in a project that `envtune new` writes", () => {
  const paths = [...page.matchAll(/`((?:src|tests|environments|docs)\/[\w./-]*)`/g)].map(([, path]) => path!);
  const linked = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThan(8);
  const missing = [...paths, ...linked].filter((path) => !existsSync(new URL(path, root)) && !inProject(path));
  expect(missing).toEqual([]);
});

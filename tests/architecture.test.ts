import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What each folder may import besides itself; arrows point one way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "src/core": [],
  "src/python": ["src/core"],
  environments: ["src/core", "src/python", "src/feedback", "src/generate", "src/index.ts"],
  "src/task": ["src/core", "src/python"],
  "src/feedback": ["src/task", "src/core", "src/python"],
  "src/grading": ["src/task", "src/core", "src/python"],
  "src/generate": ["src/grading", "src/task", "src/core", "src/python"],
  "src/progress": ["src/feedback", "src/grading", "src/task", "src/core", "src/python"],
  "src/curriculum": ["src/progress", "src/feedback", "src/task", "src/core", "src/python"],
  "src/episode": ["src/progress", "src/feedback", "src/grading", "src/task", "src/core", "src/python"],
  "src/rollout": [
    "src/curriculum",
    "src/progress",
    "src/feedback",
    "src/episode",
    "src/grading",
    "src/task",
    "src/core",
    "src/python",
  ],
  "src/training": [
    "src/rollout",
    "src/curriculum",
    "src/progress",
    "src/feedback",
    "src/episode",
    "src/grading",
    "src/task",
    "src/core",
    "src/python",
  ],
  "src/evaluation": [
    "src/rollout",
    "src/progress",
    "src/feedback",
    "src/episode",
    "src/grading",
    "src/task",
    "src/core",
    "src/python",
  ],
  "src/report": [
    "src/training",
    "src/rollout",
    "src/curriculum",
    "src/progress",
    "src/episode",
    "src/grading",
    "src/task",
    "src/core",
    "src/python",
  ],
  "src/load": ["src/rollout", "src/core"],
  "src/scaffold": ["src/task", "package.json"],
  "src/tools": ["src/server", "src/episode", "src/feedback", "src/core", "src/python"],
  "src/server": [
    "package.json",
    "src/progress",
    "src/feedback",
    "src/episode",
    "src/grading",
    "src/task",
    "src/core",
    "src/python",
  ],
  "src/conformance": ["src/grading", "src/task", "src/core", "src/python"],
  "src/testing": [
    "package.json",
    "src/generate",
    "src/curriculum",
    "src/progress",
    "src/feedback",
    "src/core",
    "src/python",
    "src/task",
    "src/grading",
    "src/episode",
    "src/rollout",
    "environments",
  ],
};

interface Source {
  readonly path: string;
  readonly imports: readonly string[];
}

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(root, path), "utf8");
      const imports = [...text.matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)].map(([, target]) =>
        relative(root, join(root, dirname(path), target!)),
      );
      return { path, imports };
    });
}

const sources = [...sourcesIn("src"), ...sourcesIn("environments")];
const folderOf = (path: string) =>
  path.startsWith("src/") ? path.split("/").slice(0, 2).join("/") : path.split("/")[0]!;

test("imports point one way", () => {
  const wrong = sources.flatMap(({ path, imports }) => {
    const folder = folderOf(path);
    const may = allowed[folder];
    if (!may) return [];
    return imports
      .filter((target) => ![folder, ...may].includes(folderOf(target)))
      .map((target) => `${path} -> ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("the shop is written with the public API alone", () => {
  const deep = sources
    .filter(({ path }) => path.startsWith("environments/shop/"))
    .flatMap(({ path, imports }) =>
      imports
        .filter((target) => !target.startsWith("environments/shop/"))
        .filter((target) => target !== "src/index.ts" && target !== "src/generate/index.ts")
        .map((target) => `${path} -> ${target}`),
    );
  expect(deep).toEqual([]);
});

test("the report's page takes types alone from elsewhere: nothing of Node gets into it", () => {
  const values = sources
    .filter(({ path }) => path.startsWith("src/report/app/"))
    .flatMap(({ path }) => {
      const imported = readFileSync(join(root, path), "utf8").matchAll(/^import (?!type )[^;]*?"(\.\.[^"]*)";$/gm);
      return [...imported].map(([, target]) => `${path} -> ${target}`);
    });
  expect(values).toEqual([]);
});

test("no file imports itself by way of others", () => {
  const graph = new Map(sources.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const target of graph.get(path) ?? []) {
      const cycle = visit(target, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  expect([...graph.keys()].map((path) => visit(path, [])).find((cycle) => cycle)).toBeUndefined();
});

test("one concept a file: none is over 300 lines", () => {
  const long = sources.filter(({ path }) => readFileSync(join(root, path), "utf8").split("\n").length > 301);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test("product code evaluates no text, and only the download spawns a process", () => {
  const evaluating = /\beval\(|new Function\(|node:vm\b|from "vm"/;
  const spawning = /child_process/;
  const texts = sources.map(({ path }) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  expect(texts.filter(({ text }) => evaluating.test(text)).map(({ path }) => path)).toEqual([]);
  expect(texts.filter(({ text }) => spawning.test(text)).map(({ path }) => path)).toEqual([
    "src/task/bfcl/download.ts",
  ]);
});

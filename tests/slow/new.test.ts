import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AuthorProject } from "./author-project.ts";

let author: AuthorProject;
let project: string;
beforeAll(() => {
  author = new AuthorProject();
  project = join(author.folder, "bike-shop");
});
afterAll(() => author.remove());

test("what `envtune new` of the packed package writes passes verify, the compiler and its tests at once", () => {
  const made = author.run("npx envtune new bike-shop");
  expect(made.output).toContain("next: cd bike-shop && npm install && npx envtune verify && npx vitest run");
  author.install(project);
  const verified = author.run("npx envtune verify", project);
  expect(verified).toMatchObject({ status: 0, output: expect.stringContaining("src/index.ts: 8 tasks in BikeShop") });
  expect(author.run("npm run --silent check", project)).toEqual({ status: 0, output: "" });
  const tested = author.run("npm test", project);
  expect(tested).toMatchObject({ status: 0, output: expect.stringMatching(/Tests +3 passed/) });
  expect(readFileSync(join(project, "src/hints.ts"), "utf8")).toContain("export const bikeShopHints");
  for (const [path] of readFileSync(join(project, "AGENTS.md"), "utf8").matchAll(/node_modules\/[\w./-]+\.md/g))
    expect(existsSync(join(project, path)), path).toBe(true);
});

test("its tasks are played by policies, and tasks are generated", () => {
  const played = author.run("npx envtune run --dataset src/index.ts --policy ground-truth,do-nothing", project);
  expect(played.output).toMatch(/ground-truth +all +8 +100.0%/);
  expect(played.output).toMatch(/do-nothing +all +8 +0.0%/);
  const generated = author.run("npx envtune generate --module src/index.ts --count 40 --out tasks.jsonl", project);
  expect(generated.output).toMatch(/BikeShop +40 +\d+ +10 +10 +10 +10 +6 of 6/);
});

test("a mistake in it is found where it is: a misspelt tool by the compiler, a missing value by verify", () => {
  const path = join(project, "src/tasks.ts");
  const right = readFileSync(path, "utf8");
  writeFileSync(path, right.replace('tool: "check_stock"', 'tool: "check_stok"'));
  const compiled = author.run("npx tsc --noEmit", project);
  expect(compiled.output).toContain("src/tasks.ts");
  expect(compiled.output).toContain("check_stok");
  writeFileSync(path, right.replaceAll("Sorry: 3 lamps.", "Sorry: three lamps."));
  const verified = author.run("npx envtune verify --checks grounded", project);
  expect(verified.status).toBe(1);
  expect(verified.output).toMatch(/miss_param_ines, turn 2, call 0, order_parts: count is 3/);
  writeFileSync(path, right);
});

test("it is not written over, and an empty project has no environment", () => {
  const again = author.run("npx envtune new bike-shop");
  expect(again).toMatchObject({
    status: 1,
    output: "bike-shop: it is there already, and nothing is overwritten; take another name or --out\n",
  });
  author.run("npx envtune new second-desk --empty --out desks/second");
  expect(existsSync(join(author.folder, "desks/second/tsconfig.json"))).toBe(true);
  expect(existsSync(join(author.folder, "desks/second/src"))).toBe(false);
  expect(readFileSync(join(author.folder, "desks/second/package.json"), "utf8")).toContain('"name": "second-desk"');
});

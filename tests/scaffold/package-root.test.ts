import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { dependencyOn } from "../../src/scaffold/package-root.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-root-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a checkout is depended on by its path", () => {
  expect(dependencyOn("/home/me/envtune", "1.2.3", "/home/me/projects/new")).toBe("file:../../envtune");
});

test.each([
  [undefined, "^1.2.3"],
  ["^1.0.0", "^1.0.0"],
  ["file:../envtune.tgz", "file:../../envtune.tgz"],
])("one installed as %s is depended on as %s from a folder beside", (spec, expected) => {
  const owner = join(folder, "owner");
  mkdirSync(owner, { recursive: true });
  writeFileSync(join(owner, "package.json"), JSON.stringify({ devDependencies: spec ? { envtune: spec } : {} }));
  expect(dependencyOn(join(owner, "node_modules", "envtune"), "1.2.3", join(owner, "new"))).toBe(expected);
});

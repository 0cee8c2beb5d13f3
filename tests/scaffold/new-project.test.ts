import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newProject } from "../../src/scaffold/new-project.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "envtune-new-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the name flows into every file, and no placeholder is left", async () => {
  const files = await newProject("tool-shed", join(folder, "deep/shed"));
  const texts = files.map((path) => readFileSync(join(folder, "deep/shed", path), "utf8"));
  expect(texts.join("\n")).not.toMatch(/sample-?name/i);
  expect(texts.join("\n")).toContain('defineState({ name: "ToolShed"');
  expect(JSON.parse(texts[files.indexOf("package.json")]!)).toMatchObject({ name: "tool-shed", type: "module" });
  expect(files).toContain("src/index.ts");
  expect(files).toContain(".gitignore");
});

test("nothing is overwritten, and nothing half-written is left", async () => {
  mkdirSync(join(folder, "there"));
  await expect(newProject("there", join(folder, "there"))).rejects.toThrow("it is there already");
  writeFileSync(join(folder, "file"), "");
  await expect(newProject("inside", join(folder, "file/inside"))).rejects.toThrow(
    "it would lie in a file; name a folder with --out",
  );
  expect(readdirSync(folder).sort()).toEqual(["file", "there"]);
  expect(readdirSync(join(folder, "there"))).toEqual([]);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checks } from "../../../src/testing/verify/checks.ts";

const page = readFileSync(new URL("../../../docs/verify.md", import.meta.url), "utf8");
const names = checks.map(({ name }) => name);

test("the checklist names every check of verify, in order, and no other", () => {
  const [, list] = page.split("## The checklist\n");
  const named = [...list!.matchAll(/^- \[ \] .*: `([a-z-]+)`$/gm)].map(([, name]) => name);
  expect([...new Set(named)]).toEqual(names);
  for (const line of list!.match(/^- .*$/gm)!) expect(line).toMatch(/^- \[ \] .+: (`[a-z-]+`|\*\*.+\*\*( \(.+\))?)$/);
});

test("the page explains every check, in order", () => {
  const [, explained] = page.split("## The checks\n");
  expect([...explained!.matchAll(/^\*\*([a-z-]+)\.\*\*/gm)].map(([, name]) => name)).toEqual(names);
});

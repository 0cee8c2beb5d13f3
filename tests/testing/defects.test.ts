import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkLaws } from "../../src/testing/index.ts";
import { checks } from "../../src/testing/verify/checks.ts";
import { verify } from "../../src/testing/verify/verify.ts";
import { find, lineOf, planted } from "./defects/find.ts";
import { station } from "./defects/station.ts";

const page = readFileSync(new URL("../../docs/defects.md", import.meta.url), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| --- "));
const defects = Object.values(planted).flatMap((kind) => Object.entries(kind));

test("nothing is found in the station that the defects are planted in", async () => {
  const sound = station();
  const reports = await verify(sound, checks);
  expect(reports.flatMap(({ name, findings }) => findings.map((one) => `${name}: ${one.problem}`))).toEqual([]);
  const options = { config: sound.tasks[0]!.config.Station, hints: sound.hints, runs: 120, maxCalls: 30 };
  checkLaws(sound.environments.Station!, options);
});

describe("each defect is found, by what has to report it and where it lies, and the page says so", () => {
  test.each(defects)("%s", async (name, defect) => {
    const found = await find(defect);
    expect(found).toBeDefined();
    expect(found!.fix).not.toBe("");
    const row = rows.find((line) => line.startsWith(`| ${name} | `));
    expect(row).toContain(`\`${defect.law ?? defect.check}\``);
    expect(row).toContain(lineOf(found!).replaceAll("|", "/").replaceAll("\n", " "));
  });
});

test("the page has no other rows", () => {
  const heads = Object.keys(planted).length;
  expect(rows).toHaveLength(defects.length + heads);
  expect(page).toContain(`${defects.length} defects`);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as environments from "../environments/index.ts";
import * as generate from "../src/generate/index.ts";
import * as root from "../src/index.ts";
import * as python from "../src/python/index.ts";
import * as report from "../src/report/index.ts";
import * as server from "../src/server/index.ts";
import * as testing from "../src/testing/index.ts";
import * as tools from "../src/tools/index.ts";
import * as training from "../src/training/index.ts";
import * as tinker from "../src/training/tinker/index.ts";

const names = (module: object) => Object.keys(module).sort();

test("the subpaths are these", () => {
  const { exports } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(Object.keys(exports)).toEqual([
    ".",
    "./environments",
    "./python",
    "./testing",
    "./generate",
    "./report",
    "./tools",
    "./training",
    "./training/tinker",
    "./server",
    "./package.json",
  ]);
});

test("each exports what it says, and nothing by accident", () => {
  expect({
    ".": names(root),
    "./environments": names(environments),
    "./python": names(python),
    "./testing": names(testing),
    "./generate": names(generate),
    "./report": names(report),
    "./tools": names(tools),
    "./training": names(training),
    "./training/tinker": names(tinker),
    "./server": names(server),
  }).toMatchSnapshot();
});

#!/usr/bin/env node
import { defineCommand, runMain } from "citty";
import packageFile from "../../package.json" with { type: "json" };

const main = defineCommand({
  meta: { name: "envtune", version: packageFile.version, description: packageFile.description },
  subCommands: {
    run: () => import("./run.ts").then((module) => module.runCommand),
    import: () => import("./import.ts").then((module) => module.importCommand),
    split: () => import("./split.ts").then((module) => module.splitCommand),
    grade: () => import("./grade.ts").then((module) => module.gradeCommand),
    conformance: () => import("./conformance.ts").then((module) => module.conformanceCommand),
  },
});

void runMain(main);

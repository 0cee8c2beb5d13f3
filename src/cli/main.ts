#!/usr/bin/env node
import { defineCommand, runMain } from "citty";
import packageFile from "../../package.json" with { type: "json" };

const main = defineCommand({
  meta: { name: "envtune", version: packageFile.version, description: packageFile.description },
  subCommands: {
    run: () => import("./run.ts").then((module) => module.runCommand),
    evaluate: () => import("./evaluate.ts").then((module) => module.evaluateCommand),
    compare: () => import("./compare.ts").then((module) => module.compareCommand),
    train: () => import("./train.ts").then((module) => module.trainCommand),
    serve: () => import("./serve.ts").then((module) => module.serveCommand),
    import: () => import("./import.ts").then((module) => module.importCommand),
    split: () => import("./split.ts").then((module) => module.splitCommand),
    grade: () => import("./grade.ts").then((module) => module.gradeCommand),
    report: () => import("./report.ts").then((module) => module.reportCommand),
    tour: () => import("./tour.ts").then((module) => module.tourCommand),
    floors: () => import("./floors.ts").then((module) => module.floorsCommand),
    play: () => import("./play.ts").then((module) => module.playCommand),
    hints: () => import("./hints.ts").then((module) => module.hintsCommand),
    curriculum: () => import("./curriculum.ts").then((module) => module.curriculumCommand),
    probe: () => import("./probe.ts").then((module) => module.probeCommand),
    lint: () => import("./lint.ts").then((module) => module.lintCommand),
    new: () => import("./new.ts").then((module) => module.newCommand),
    verify: () => import("./verify.ts").then((module) => module.verifyCommand),
    generate: () => import("./generate.ts").then((module) => module.generateCommand),
    load: () => import("./load.ts").then((module) => module.loadCommand),
    conformance: () => import("./conformance.ts").then((module) => module.conformanceCommand),
  },
});

// A reader that has seen enough, such as `head`, closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

void runMain(main);

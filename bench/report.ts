import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { paperCurriculum, singleStageCurriculum } from "../src/curriculum/paper-curriculum.ts";
import { writeReport } from "../src/report/index.ts";
import { chromiumPath, openBrowser } from "../tests/report/browser.ts";
import buildReportApp from "../tests/report/build-app.ts";
import { atHand, linesOf, playedTraces, simulatedRecords, writeTrainingRun } from "../tests/report/sample-runs.ts";
import { type Figure, figureTable } from "./figure.ts";
import { median, now } from "./measure.ts";

const opened = 5;

/** Milliseconds until list and first episode stand there, each time in a browser context that has seen nothing yet. */
async function openingTime(browser: Browser, path: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const start = now();
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.waitForSelector(".detail[data-episode]", { state: "attached" });
  const time = (now() - start) / 1e6;
  await context.close();
  return time;
}

async function figuresOf(browser: Browser, name: string, path: string, writing: () => Promise<{ episodes: number }>) {
  const start = now();
  const { episodes } = await writing();
  const writingTime = (now() - start) / 1e9;
  const times: number[] = [];
  for (let time = 0; time < opened; time++) times.push(await openingTime(browser, path));
  return [
    { name: `${name}: episodes`, value: episodes, unit: "" },
    { name: `${name}: size`, value: statSync(path).size / 1e6, unit: "MB" },
    { name: `${name}: written in`, value: writingTime, unit: "s" },
    { name: `${name}: opens in, median of ${opened}`, value: median(times), unit: "ms" },
  ] satisfies Figure[];
}

async function main(): Promise<void> {
  const program = chromiumPath();
  if (!program) throw new Error("there is no chromium; install one, or name it in CHROMIUM");
  await buildReportApp();
  const folder = mkdtempSync(join(tmpdir(), "envtune-bench-report-"));
  const at = (name: string) => join(folder, name);
  const browser = await openBrowser(program);
  try {
    const traces = await playedTraces({ samples: 2, training: true, withHints: true });
    writeFileSync(at("traces.jsonl"), linesOf(traces));
    await writeTrainingRun(at("curriculum"), simulatedRecords(paperCurriculum(), "healthy", 0), {});
    await writeTrainingRun(at("single"), simulatedRecords(singleStageCurriculum(), "collapse", 0), {});
    writeFileSync(at("curriculum/rollouts/000015.jsonl"), linesOf(traces.slice(0, 600)));
    const write = (out: string, ...paths: string[]) => writeReport(paths, { ...atHand, out });
    const report = (name: string, ...paths: string[]) => {
      const out = at(`${name}.html`);
      return figuresOf(browser, name, out, () => write(out, ...paths));
    };
    const figures = [
      ...(await report("a file of traces", at("traces.jsonl"))),
      ...(await report("two training runs", at("curriculum"), at("single"))),
    ];
    process.stdout.write(`${browser.version()}\n${figureTable(figures)}`);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();

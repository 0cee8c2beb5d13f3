import { build } from "tsup";
import { reportApp } from "../../tsup.config.ts";

/** Builds the page's program from its sources, so that no test opens a stale one. */
export default async function buildReportApp(): Promise<void> {
  await build({ ...reportApp, config: false, outDir: ".cache/report", silent: true });
}

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Chromium's program: what `CHROMIUM` names, or what the path has; undefined where there is none. */
export function chromiumPath(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM, PATH = "" } = variables;
  const programs = PATH.split(delimiter).flatMap((folder) =>
    ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)),
  );
  return [...(CHROMIUM ? [CHROMIUM] : []), ...programs].find((path) => existsSync(path));
}

/** Chromium's own sandbox refuses to work for root. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });

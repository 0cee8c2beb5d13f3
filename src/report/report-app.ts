import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The page's own program and style, in one text each. */
export interface ReportApp {
  readonly script: string;
  readonly style: string;
}

/** What the build has made of `app/`: it lies beside the package's bundles or, for sources, in `.cache/report`. */
export async function loadReportApp(): Promise<ReportApp> {
  const folder = builtFolder();
  const [script, style] = await Promise.all(
    ["report-app.js", "report-app.css"].map((file) => readFile(join(folder, file), "utf8")),
  );
  // Either would end the element that it stands in.
  if (/<\/script/i.test(script!) || /<\/style/i.test(style!)) throw new Error(`${folder}: the app cannot be inlined`);
  return { script: script!, style: style! };
}

function builtFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = [folder, join(folder, ".cache", "report")].find((one) => existsSync(join(one, "report-app.js")));
    if (found) return found;
    if (dirname(folder) === folder)
      throw new Error("the report's app is missing from this installation; build it with npm run build");
  }
}

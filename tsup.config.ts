import { readFileSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { defineConfig, type Options } from "tsup";

const uplotLicense = readFileSync("node_modules/uplot/LICENSE", "utf8").trim();

/** The program of the report's page, in one file, with its style beside it. */
export const reportApp = {
  entry: { "report-app": "src/report/app/main.ts" },
  format: "iife",
  target: "es2022",
  platform: "browser",
  noExternal: [/.*/],
  minify: true,
  banner: { js: `/*! With uPlot in it.\n${uplotLicense}\n*/` },
  outExtension: () => ({ js: ".js" }),
  tsconfig: "src/report/app/tsconfig.json",
} satisfies Options;

/** The server in one file that needs nothing beside it but Node and the bundled tasks; it goes into the Python package. */
const serverBundle = {
  entry: { envtune: "src/cli/serve-bundle.ts" },
  outDir: "dist/server-bundle",
  format: "cjs",
  target: "node20",
  platform: "node",
  noExternal: [/.*/],
  // What `ws` takes where it is installed, and does without otherwise; and what reads TypeScript where Node does not.
  external: ["bufferutil", "utf-8-validate", "jiti"],
  minify: true,
  shims: true,
  splitting: false,
  publicDir: false,
  outExtension: () => ({ js: ".cjs" }),
  metafile: true,
  onSuccess: completeServerBundle,
} satisfies Options;

/** The bundled tasks, and the licences of all that is in the bundle. */
async function completeServerBundle(): Promise<void> {
  const folder = "dist/server-bundle";
  await cp("fixtures/tasks", `${folder}/fixtures/tasks`, { recursive: true });
  const metafile = `${folder}/metafile-cjs.json`;
  const { inputs } = JSON.parse(await readFile(metafile, "utf8")) as { inputs: Readonly<Record<string, unknown>> };
  const found = Object.keys(inputs).map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const packages = [...new Set(found)].filter((path) => path !== undefined).sort();
  await writeFile(`${folder}/LICENSES.txt`, (await Promise.all(packages.map(licenseOf))).join("\n\n"));
  await rm(metafile);
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? (await readFile(`${folder}/${file}`, "utf8")).trim() : ""}\n`;
}

export default defineConfig([
  {
    entry: {
      index: "src/index.ts",
      environments: "environments/index.ts",
      python: "src/python/index.ts",
      testing: "src/testing/index.ts",
      generate: "src/generate/index.ts",
      report: "src/report/index.ts",
      tools: "src/tools/index.ts",
      training: "src/training/index.ts",
      tinker: "src/training/tinker/index.ts",
      server: "src/server/index.ts",
      cli: "src/cli/main.ts",
    },
    format: "esm",
    target: "node20",
    platform: "node",
    // All but what the other configs write, at the same time.
    clean: ["!report-app.*", "!server-bundle/**"],
    sourcemap: true,
    // TypeScript 7 has no API for a bundler to emit declarations with; `tsc` writes them beside.
    dts: false,
  },
  reportApp,
  serverBundle,
]);

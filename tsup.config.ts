import { readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
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
  // What `ws` takes where it is installed, and does without otherwise.
  external: ["bufferutil", "utf-8-validate"],
  minify: true,
  shims: true,
  splitting: false,
  publicDir: false,
  outExtension: () => ({ js: ".cjs" }),
  onSuccess: async () => cp("fixtures/tasks", "dist/server-bundle/fixtures/tasks", { recursive: true }),
} satisfies Options;

export default defineConfig([
  {
    entry: {
      index: "src/index.ts",
      environments: "environments/index.ts",
      python: "src/python/index.ts",
      testing: "src/testing/index.ts",
      report: "src/report/index.ts",
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

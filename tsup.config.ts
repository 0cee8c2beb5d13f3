import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    environments: "environments/index.ts",
    python: "src/python/index.ts",
    testing: "src/testing/index.ts",
    training: "src/training/index.ts",
    tinker: "src/training/tinker/index.ts",
    cli: "src/cli/main.ts",
  },
  format: "esm",
  target: "node20",
  platform: "node",
  clean: true,
  sourcemap: true,
  // TypeScript 7 has no API for a bundler to emit declarations with; `tsc` writes them beside.
  dts: false,
});

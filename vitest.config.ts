import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          globalSetup: "tests/report/build-app.ts",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/slow/**", "tests/heavy/**", "tests/mutation/**"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "slow",
          globalSetup: "tests/report/build-app.ts",
          include: ["tests/slow/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "heavy",
          include: ["tests/heavy/**/*.test.ts"],
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
        },
      },
    ],
    coverage: { provider: "v8", include: ["environments/**"], reporter: ["text", "json-summary"] },
  },
});

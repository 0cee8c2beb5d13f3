import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["tests/**/*.test.ts"], exclude: ["tests/slow/**"], testTimeout: 60_000 } },
      { test: { name: "slow", include: ["tests/slow/**/*.test.ts"], testTimeout: 600_000, hookTimeout: 600_000 } },
    ],
    coverage: { provider: "v8", include: ["environments/**"], reporter: ["text", "json-summary"] },
  },
});

import { defineConfig } from "vitest/config";

/** What mutants of three environments have to pass: their examples, their hints, and a short form of their laws. */
export default defineConfig({
  test: {
    include: ["tests/environments/{math,messages,vehicle}{,-hints}.test.ts", "tests/mutation/*.test.ts"],
    testNamePattern: /^(?!.*obeys the laws, with its hints)/,
    testTimeout: 60_000,
  },
});

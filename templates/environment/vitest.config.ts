import { defineConfig } from "vitest/config";

// A config of its own, so that one in a folder above is not taken. Laws run some seconds; a slow machine needs more.
export default defineConfig({ test: { include: ["tests/**/*.test.ts"], testTimeout: 60_000 } });

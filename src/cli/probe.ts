import { defineCommand } from "citty";

export const probeCommand = defineCommand({
  meta: { name: "probe", description: "Measure what can be learned in an environment, and whether hints help" },
  subCommands: {
    learnability: () => import("./probe-learnability.ts").then((module) => module.probeLearnabilityCommand),
    hints: () => import("./probe-hints.ts").then((module) => module.probeHintsCommand),
    narrowing: () => import("./probe-narrowing.ts").then((module) => module.probeNarrowingCommand),
  },
});

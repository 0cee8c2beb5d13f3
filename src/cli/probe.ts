import { defineCommand } from "citty";

export const probeCommand = defineCommand({
  meta: { name: "probe", description: "Measure whether hints help" },
  subCommands: {
    hints: () => import("./probe-hints.ts").then((module) => module.probeHintsCommand),
    narrowing: () => import("./probe-narrowing.ts").then((module) => module.probeNarrowingCommand),
  },
});

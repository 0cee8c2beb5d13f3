import { defineCommand } from "citty";

export const probeCommand = defineCommand({
  meta: { name: "probe", description: "Measure whether hints help" },
  subCommands: {
    narrowing: () => import("./probe-narrowing.ts").then((module) => module.probeNarrowingCommand),
  },
});

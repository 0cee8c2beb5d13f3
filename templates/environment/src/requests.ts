import { defineRequests, invent } from "envtune/generate";
import { sampleNameEnvironment } from "./environment.ts";

/** How users ask for each call, for `envtune generate`. A tool that is left out is worded from its description. */
export const sampleNameRequests = defineRequests(sampleNameEnvironment, {
  nouns: { owner: "owner's name", bike: "tag of the bike", part: "part", count: "number of parts" },
  tools: {
    find_bike: ({ owner }) => `look up the bike of ${owner}`,
    check_stock: ({ part }) => `tell me how many pieces of this part are in stock: ${part}`,
    order_parts: {
      ask: ({ part, count }) => `order the part ${part}, as many as ${count}`,
      values: { count: (_, random) => [2 + random.below(8)] },
    },
    mount_bike: ({ bike }) => `put the bike ${bike} on the stand`,
    fit_part: ({ part }) => `replace this part of the bike on the stand: ${part}`,
    hand_over: ({ bike }) => `take the bike ${bike} to the door`,
  },
  // A fuller world for long-context tasks: here, bikes that need nothing.
  enlarge: (config, random) => ({
    ...config,
    bikes: {
      ...config.bikes,
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => [`Z${100 + index}`, { owner: invent.fullName(random), broken: [] }]),
      ),
    },
  }),
});

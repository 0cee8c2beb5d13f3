/** A dishwasher of two tools; its door may be open, and nobody speaks of that. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { stepAdvice } from "../step-advice.ts";

const programmes = ["eco", "glass", "pots", "quick", "rinse"] as const;
const Machine = z.strictObject({
  door_open: z.boolean(),
  programme: z.string().nullable(),
  starts_in_hours: z.int().nullable(),
});
const kitchen = defineState({
  name: "Dishwasher",
  state: Machine,
  config: z.strictObject({ door_open: z.boolean() }),
}).init(({ door_open }) => ({ door_open, programme: null, starts_in_hours: null }));

const nothing = z.strictObject({});
const shut_door = kitchen
  .write({
    description: "Shut the door of the dishwasher.",
    args: z.object({}),
    result: z.strictObject({ door: z.literal("shut") }),
    failures: { isShut: failure(nothing, () => "The door is shut.") },
    provides: ["the door is shut"],
  })
  .run(({ state, draft, fail }) => {
    if (!state.door_open) return fail.isShut({});
    draft().door_open = false;
    return { door: "shut" };
  });
const run_programme = kitchen
  .write({
    description: "Run a programme of the dishwasher, to start in so many hours.",
    args: z.object({ programme: z.enum(programmes), hours: z.int().min(0).max(12) }),
    result: z.strictObject({ programme: z.string(), hours: z.int() }),
    failures: {
      doorOpen: failure(nothing, () => "It does not run while its door is open."),
      isSet: failure(z.strictObject({ programme: z.string() }), ({ programme }) => `It is set to ${programme}.`),
    },
    candidates: { programme: () => [...programmes], hours: () => [0, 1, 2, 4, 8] },
    requires: ["the door is shut"],
  })
  .run(({ state, draft, args: { programme, hours }, fail }) => {
    if (state.programme !== null) return fail.isSet({ programme: state.programme });
    if (state.door_open) return fail.doorOpen({});
    const next = draft();
    next.programme = programme;
    next.starts_in_hours = hours;
    return { programme, hours };
  });

export const dishwasher = kitchen.environment({ tools: { shut_door, run_programme } });
export const dishwasherHints = defineHints(dishwasher, {
  shut_door: { isShut: stepAdvice("It is shut already.", "That step is not needed; go on.") },
  run_programme: {
    doorOpen: stepAdvice("It runs only with its door shut.", "Shut the door first, then run it.", "shut_door"),
    isSet: stepAdvice("A programme that is set cannot be changed.", "Leave it as it is."),
  },
});

/** "Run the glass programme in 3 hours." The door is open in half of the tasks. */
export function dishwasherConversation(random: SeededRandom): Conversation {
  const programme = random.pick(programmes);
  const hours = 1 + random.below(9);
  const door_open = random.below(2) === 0;
  const shut = door_open ? [{ tool: "shut_door", args: {} }] : [];
  const user = `${random.pick(["Run", "Please run", "Have it run"])} the ${programme} programme in ${hours} hours.`;
  return {
    config: { door_open },
    turns: [{ user, groundTruth: [...shut, { tool: "run_programme", args: { programme, hours } }] }],
  };
}
export const dishwasherLaws = { config: { door_open: true } };

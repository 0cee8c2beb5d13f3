/** An elevator; the floors are in the messages, the doors have to be closed before each ride. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const Lift = z.strictObject({ floor: z.int(), doors_open: z.boolean(), top: z.int(), rides: z.int() });
const shaft = defineState({
  name: "Elevator",
  state: Lift,
  config: z.strictObject({ floor: z.int(), top: z.int() }),
}).init(({ floor, top }) => ({ floor, top, doors_open: true, rides: 0 }));

const nothing = z.strictObject({});
const result = z.strictObject({ floor: z.int(), doors_open: z.boolean() });

const ride_to = shaft
  .write({
    description: "Ride to a floor. The doors open there.",
    args: z.object({ floor: z.int() }),
    result,
    failures: {
      doorsOpen: failure(nothing, () => "The elevator does not move with its doors open."),
      noSuchFloor: failure(
        z.strictObject({ floor: z.int(), top: z.int() }),
        ({ floor, top }) => `There is no floor ${floor}; they are 0 to ${top}.`,
      ),
      hereAlready: failure(nothing, () => "It is on this floor."),
    },
    candidates: { floor: ({ top }) => Array.from({ length: top + 1 }, (_, floor) => floor) },
    requires: ["the doors are closed"],
  })
  .run(({ state, draft, args: { floor }, fail }) => {
    if (floor < 0 || floor > state.top) return fail.noSuchFloor({ floor, top: state.top });
    if (floor === state.floor) return fail.hereAlready({});
    if (state.doors_open) return fail.doorsOpen({});
    const next = draft();
    next.floor = floor;
    next.doors_open = true;
    next.rides += 1;
    return { floor, doors_open: true };
  });
const close_doors = shaft
  .write({
    description: "Close the doors.",
    ...{ args: z.object({}), result },
    failures: { closed: failure(nothing, () => "The doors are closed.") },
    provides: ["the doors are closed"],
  })
  .run(({ state, draft, fail }) => {
    if (!state.doors_open) return fail.closed({});
    draft().doors_open = false;
    return { floor: state.floor, doors_open: false };
  });
const open_doors = shaft
  .write({
    description: "Open the doors.",
    ...{ args: z.object({}), result },
    failures: { open: failure(nothing, () => "The doors are open.") },
  })
  .run(({ state, draft, fail }) => {
    if (state.doors_open) return fail.open({});
    draft().doors_open = true;
    return { floor: state.floor, doors_open: true };
  });
const ring_bell = shaft
  .read({ description: "Ring the alarm bell.", args: z.object({}), result: z.strictObject({ rang: z.boolean() }) })
  .run(() => ({ rang: true }));

export const elevator = shaft.environment({ tools: { ride_to, close_doors, open_doors, ring_bell } });

/** What is right to say of each failure. */
export const elevatorAdvice = {
  ride_to: {
    doorsOpen: () => ({
      diagnose: "It rides only with its doors closed.",
      guide: "Close the doors first, then ride to the same floor.",
      direct: "Call 'close_doors'.",
      tools: ["close_doors"],
    }),
    noSuchFloor: () => ({
      diagnose: "The building is not so high.",
      guide: "Take the floor that was asked for.",
      direct: "",
    }),
    hereAlready: () => ({
      diagnose: "It stands on this floor.",
      guide: "Take the floor that was asked for.",
      direct: "",
    }),
  },
  close_doors: {
    closed: () => ({
      diagnose: "They are closed as it is.",
      guide: "Now ride.",
      direct: "Call 'ride_to'.",
      tools: ["ride_to"],
    }),
  },
  open_doors: { open: () => ({ diagnose: "They are open as it is.", guide: "That step is not needed.", direct: "" }) },
};
export const elevatorHints = defineHints(elevator, elevatorAdvice);

/** "Take me to floor 7." "Now to floor 2." */
export function elevatorConversation(random: SeededRandom): Conversation {
  const top = 6 + random.below(6);
  const start = random.below(top + 1);
  let floor = start;
  const turns = Array.from({ length: 1 + random.below(2) }, (_, index) => {
    let next = floor;
    while (next === floor) next = random.below(top + 1);
    floor = next;
    const opening = index === 0 ? random.pick(["Take me to", "I have to get to", "Please ride to"]) : "And now to";
    return {
      user: `${opening} floor ${floor}.`,
      groundTruth: [
        { tool: "close_doors", args: {} },
        { tool: "ride_to", args: { floor } },
      ],
    };
  });
  return { config: { floor: start, top }, turns };
}
export const elevatorLaws = { config: { floor: 2, top: 5 }, alsoTry: { "ride_to.floor": [99] } };

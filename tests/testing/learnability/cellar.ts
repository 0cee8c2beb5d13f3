import { z } from "zod";
import { defineRequests } from "../../../src/generate/define-requests.ts";
import { defineHints, defineState, failure } from "../../../src/index.ts";

const cellarState = defineState({
  name: "Cellar",
  state: z.strictObject({ open: z.boolean(), bottles: z.array(z.string()), taken: z.array(z.string()) }),
  config: z.strictObject({ bottles: z.array(z.string()) }),
}).init(({ bottles }) => ({ open: false, bottles, taken: [] }));

const doorOpen = "the door is open";
const locked = failure(z.strictObject({}), () => "the door is locked");

const openDoor = cellarState
  .write({
    description: "Open the cellar door.",
    args: z.object({}),
    result: z.null(),
    failures: { openAlready: failure(z.strictObject({}), () => "the door stands open") },
    provides: [doorOpen],
  })
  .run(({ state, draft, fail }) => {
    if (state.open) return fail.openAlready({});
    draft().open = true;
    return null;
  });

const takeBottle = cellarState
  .write({
    description: "Take a bottle from the cellar.",
    args: z.object({ bottle: z.string() }),
    result: z.strictObject({ left: z.int() }),
    failures: {
      locked,
      notHere: failure(z.strictObject({ bottle: z.string() }), ({ bottle }) => `no '${bottle}' here`),
    },
    candidates: { bottle: ({ bottles }) => bottles },
    requires: [doorOpen],
  })
  .run(({ state, draft, args: { bottle }, fail }) => {
    if (!state.open) return fail.locked({});
    if (!state.bottles.includes(bottle)) return fail.notHere({ bottle });
    const next = draft();
    next.bottles = state.bottles.filter((one) => one !== bottle);
    next.taken.push(bottle);
    return { left: next.bottles.length };
  });

const countBottles = cellarState
  .read({
    description: "Count the bottles in the cellar.",
    args: z.object({}),
    result: z.strictObject({ bottles: z.int() }),
    failures: { locked },
    requires: [doorOpen],
  })
  .run(({ state, fail }) => (state.open ? { bottles: state.bottles.length } : fail.locked({})));

export const cellar = cellarState.environment({ tools: { openDoor, takeBottle, countBottles } });

/** How often a hint was asked for. */
export const asked = { times: 0 };
const lockedHint = () => {
  asked.times++;
  const [diagnose, guide, direct] = ["The door is locked.", "First open the door.", "Call 'openDoor'."];
  return { diagnose, guide, direct, unmet: [doorOpen], tools: ["openDoor"] };
};
export const cellarHints = defineHints(cellar, {
  openDoor: { openAlready: () => ({ diagnose: "It stands open.", guide: "Go on.", direct: "", tools: [] }) },
  takeBottle: {
    locked: lockedHint,
    notHere: ({ state }) => ({
      diagnose: "There is no such bottle.",
      guide: `There are: ${state.bottles.join(", ")}.`,
      direct: "",
      argument: "bottle",
      values: state.bottles,
    }),
  },
  countBottles: { locked: lockedHint },
});

export const cellarRequests = defineRequests(cellar, {
  nouns: { bottle: "bottle" },
  tools: {
    openDoor: () => "open the cellar door",
    takeBottle: ({ bottle }) => `take the bottle ${bottle}`,
    countBottles: () => "count the bottles",
  },
});

/** Eight cellars of eight bottles each, all of other names. */
export const cellarConfigs = Array.from({ length: 8 }, (_, cellarNumber) => ({
  bottles: Array.from(
    { length: 8 },
    (_one, bottle) => `${["Rioja", "Merlot", "Syrah", "Malbec"][bottle % 4]}-${cellarNumber}${bottle}`,
  ),
}));

/** A kettle with a lid; two turns, each with a step that nobody asks for because it goes without saying. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const Kettle = z.strictObject({ lid_open: z.boolean(), litres: z.number(), degrees: z.int(), cups: z.int() });
const stove = defineState({
  name: "Kettle",
  state: Kettle,
  config: z.strictObject({ lid_open: z.boolean().default(false), litres: z.number().default(0) }),
}).init(({ lid_open, litres }) => ({ lid_open, litres, degrees: 18, cups: 0 }));

const nothing = z.strictObject({});
const result = z.strictObject({ kettle: z.string() });

const open_lid = stove
  .write({
    description: "Open the kettle's lid.",
    ...{ args: z.object({}), result },
    failures: { isOpen: failure(nothing, () => "The lid is open.") },
    provides: ["the lid is open"],
  })
  .run(({ state, draft, fail }) => {
    if (state.lid_open) return fail.isOpen({});
    draft().lid_open = true;
    return { kettle: "lid open" };
  });
const close_lid = stove
  .write({
    description: "Close the kettle's lid.",
    ...{ args: z.object({}), result },
    failures: { isClosed: failure(nothing, () => "The lid is closed.") },
    provides: ["the lid is closed"],
  })
  .run(({ state, draft, fail }) => {
    if (!state.lid_open) return fail.isClosed({});
    draft().lid_open = false;
    return { kettle: "lid closed" };
  });
const pour_in = stove
  .write({
    description: "Pour so many litres of water into the kettle.",
    args: z.object({ litres: z.number().min(0.5).max(3) }),
    result,
    failures: {
      lidClosed: failure(nothing, () => "The water runs off the closed lid."),
      overfull: failure(z.strictObject({ room: z.number() }), ({ room }) => `Only ${room} litres go in.`),
    },
    candidates: { litres: () => [0.5, 1, 1.5, 2, 3] },
    requires: ["the lid is open"],
  })
  .run(({ state, draft, args: { litres }, fail }) => {
    if (!state.lid_open) return fail.lidClosed({});
    if (state.litres + litres > 3) return fail.overfull({ room: 3 - state.litres });
    draft().litres += litres;
    return { kettle: "filled" };
  });
const heat_to = stove
  .write({
    description: "Heat the water to so many degrees.",
    args: z.object({ degrees: z.int().min(40).max(100) }),
    result,
    failures: {
      lidOpen: failure(nothing, () => "The kettle does not heat with its lid up."),
      empty: failure(nothing, () => "There is no water to heat."),
    },
    candidates: { degrees: () => [60, 70, 80, 90, 100] },
    requires: ["the lid is closed"],
  })
  .run(({ state, draft, args: { degrees }, fail }) => {
    if (state.lid_open) return fail.lidOpen({});
    if (state.litres === 0) return fail.empty({});
    draft().degrees = degrees;
    return { kettle: "hot" };
  });
const pour_out = stove
  .write({
    description: "Pour one cup of water out of the kettle.",
    ...{ args: z.object({}), result },
    failures: { empty: failure(nothing, () => "Nothing comes out.") },
  })
  .run(({ state, draft, fail }) => {
    if (state.litres === 0) return fail.empty({});
    const next = draft();
    next.litres -= 0.25;
    next.cups += 1;
    return { kettle: "poured" };
  });

export const kettle = stove.environment({ tools: { open_lid, close_lid, pour_in, heat_to, pour_out } });

const step = (diagnose: string, guide: string, tool?: string) => () => ({
  ...{ diagnose, guide },
  direct: tool ? `Call '${tool}'.` : "",
  ...(tool ? { tools: [tool] } : {}),
});
const unneeded = "That step is not needed now; go on.";
/** What is right to say of each failure. */
export const kettleAdvice = {
  open_lid: { isOpen: step("The lid is up already.", unneeded) },
  close_lid: { isClosed: step("The lid is down already.", unneeded) },
  pour_in: {
    lidClosed: step("Water goes in only while the lid is open.", "Open the lid first.", "open_lid"),
    overfull: step("The kettle holds three litres.", "Pour in no more than what has room."),
  },
  heat_to: {
    lidOpen: step("It heats only while the lid is closed.", "Close the lid first.", "close_lid"),
    empty: step("It heats only with water in it.", "Fill it first, with its lid open.", "pour_in"),
  },
  pour_out: { empty: step("The kettle is empty.", "Fill it first.", "pour_in") },
};
export const kettleHints = defineHints(kettle, kettleAdvice);

/** "Put 1.5 litres into the kettle." "Now heat it to 80 degrees." Sometimes a cup is poured at the end. */
export function kettleConversation(random: SeededRandom): Conversation {
  const litres = random.pick([0.5, 1, 1.5, 2]);
  const degrees = 50 + 5 * random.below(11);
  const lidOpen = random.below(3) === 0;
  const open = lidOpen ? [] : [{ tool: "open_lid", args: {} }];
  const turns = [
    {
      user: `${random.pick(["Put", "Pour", "Fill"])} ${litres} litres of water into the kettle.`,
      groundTruth: [...open, { tool: "pour_in", args: { litres } }],
    },
    {
      user: `Now heat ${random.pick(["it", "the water"])} to ${degrees} degrees.`,
      groundTruth: [
        { tool: "close_lid", args: {} },
        { tool: "heat_to", args: { degrees } },
      ],
    },
    ...(random.below(2) === 0 ? [{ user: "And pour me a cup.", groundTruth: [{ tool: "pour_out", args: {} }] }] : []),
  ];
  return { config: { lid_open: lidOpen, litres: 0 }, turns };
}
export const kettleLaws = { config: { lid_open: false, litres: 0 } };

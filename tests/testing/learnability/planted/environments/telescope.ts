/** A telescope under a dome; one or two turns, and before each there may be something in the way. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Telescope = z.strictObject({
  dome_open: z.boolean(),
  capped: z.boolean(),
  targets: z.array(z.string()),
  pointed_at: z.string().nullable(),
  pictures: z.array(z.strictObject({ of: z.string(), seconds: z.int() })),
});
const observatory = defineState({
  name: "Telescope",
  state: Telescope,
  config: z.strictObject({ dome_open: z.boolean(), capped: z.boolean(), targets: z.array(z.string()) }),
}).init((config) => ({ ...config, pointed_at: null, pictures: [] }));

const nothing = z.strictObject({});
const result = z.strictObject({ done: z.string() });

const open_dome = observatory
  .write({
    description: "Open the dome.",
    ...{ args: z.object({}), result },
    failures: { domeOpen: failure(nothing, () => "The dome is open.") },
    provides: ["the dome is open"],
  })
  .run(({ state, draft, fail }) => {
    if (state.dome_open) return fail.domeOpen({});
    draft().dome_open = true;
    return { done: "dome opened" };
  });
const close_dome = observatory
  .write({
    description: "Close the dome.",
    ...{ args: z.object({}), result },
    failures: { domeClosed: failure(nothing, () => "The dome is closed.") },
  })
  .run(({ state, draft, fail }) => {
    if (!state.dome_open) return fail.domeClosed({});
    draft().dome_open = false;
    return { done: "dome closed" };
  });
const take_off_cap = observatory
  .write({
    description: "Take the cap off the lens.",
    ...{ args: z.object({}), result },
    failures: { noCap: failure(nothing, () => "There is no cap on the lens.") },
    provides: ["the lens is free"],
  })
  .run(({ state, draft, fail }) => {
    if (!state.capped) return fail.noCap({});
    draft().capped = false;
    return { done: "cap taken off" };
  });
const list_targets = observatory
  .read({
    description: "List what can be seen tonight.",
    args: z.object({}),
    result: z.strictObject({ targets: z.array(z.string()) }),
  })
  .run(({ state }) => ({ targets: state.targets }));
const point_at = observatory
  .write({
    description: "Point the telescope at a star or planet.",
    args: z.object({ target: z.string() }),
    result,
    failures: {
      notUp: failure(z.strictObject({ target: z.string() }), ({ target }) => `'${target}' is not up tonight.`),
      domeClosed: failure(nothing, () => "The dome is closed."),
    },
    candidates: { target: ({ targets }) => targets },
    requires: ["the dome is open"],
    provides: ["it points at something"],
  })
  .run(({ state, draft, args: { target }, fail }) => {
    if (!state.targets.includes(target)) return fail.notUp({ target });
    if (!state.dome_open) return fail.domeClosed({});
    draft().pointed_at = target;
    return { done: `pointed at ${target}` };
  });
const take_picture = observatory
  .write({
    description: "Take a picture, exposed for so many seconds.",
    args: z.object({ seconds: z.int().min(1).max(600) }),
    result,
    failures: {
      capOn: failure(nothing, () => "All black: the cap is on the lens."),
      notPointed: failure(nothing, () => "The telescope is parked."),
    },
    candidates: { seconds: () => [10, 30, 60] },
    requires: ["the lens is free", "it points at something"],
  })
  .run(({ state, draft, args: { seconds }, fail }) => {
    if (state.pointed_at === null) return fail.notPointed({});
    if (state.capped) return fail.capOn({});
    draft().pictures.push({ of: state.pointed_at, seconds });
    return { done: `picture of ${state.pointed_at}` };
  });

export const telescope = observatory.environment({
  tools: { open_dome, close_dome, take_off_cap, list_targets, point_at, take_picture },
});
const unneeded = "That step is not needed; go on.";
export const telescopeHints = defineHints(telescope, {
  open_dome: { domeOpen: stepAdvice("It is open already.", unneeded) },
  close_dome: { domeClosed: stepAdvice("It is closed already.", unneeded) },
  take_off_cap: { noCap: stepAdvice("The lens is free already.", unneeded) },
  point_at: {
    notUp: ({ error }: { error: { data: { target: string } } }) => namedAdvice(error.data.target),
    domeClosed: stepAdvice("It points only under an open dome.", "Open the dome first.", "open_dome"),
  },
  take_picture: {
    capOn: stepAdvice("Nothing is seen through the cap.", "Take the cap off, then take it again.", "take_off_cap"),
    notPointed: stepAdvice("It has to point at something.", "Point it at what the user wants to see.", "point_at"),
  },
});

const sky = ["Vega", "Deneb", "Altair", "Saturn", "Jupiter", "Capella", "Rigel", "Mars"] as const;
/** "Point the telescope at Vega." "Take a picture of 30 seconds." */
export function telescopeConversation(random: SeededRandom): Conversation {
  const target = random.pick(sky);
  const targets = sky.filter((one) => one === target || random.below(2) === 0);
  const [dome_open, capped] = [random.below(2) === 0, random.below(2) === 0];
  const seconds = 10 * (1 + random.below(12));
  const open = dome_open ? [] : [{ tool: "open_dome", args: {} }];
  const free = capped ? [{ tool: "take_off_cap", args: {} }] : [];
  const turns = [
    {
      user: `${random.pick(["Point the telescope at", "Turn the telescope to", "Please point it at"])} ${target}.`,
      groundTruth: [...open, { tool: "point_at", args: { target } }],
    },
    {
      user: `${random.pick(["Take a picture of", "Now a picture, exposed for"])} ${seconds} seconds.`,
      groundTruth: [...free, { tool: "take_picture", args: { seconds } }],
    },
  ];
  return { config: { dome_open, capped, targets }, turns: random.below(3) === 0 ? turns.slice(0, 1) : turns };
}
export const telescopeLaws = {
  config: { dome_open: false, capped: true, targets: ["Vega", "Mars"] },
  alsoTry: { "point_at.target": ["Sirius"] },
};

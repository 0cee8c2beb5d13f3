/** A tower crane whose brake goes on by itself. Its hints were written for an older one, whose horn let go of the brake. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Crane = z.strictObject({
  loads: z.array(z.string()),
  hooked: z.string().nullable(),
  brake_on: z.boolean(),
  metres: z.int(),
  degrees: z.int(),
});
const site = defineState({
  name: "TowerCrane",
  state: Crane,
  config: z.strictObject({ loads: z.array(z.string()), brake_on: z.boolean() }),
}).init((config) => ({ ...config, hooked: null, metres: 0, degrees: 0 }));

const nothing = z.strictObject({});
const result = z.strictObject({ crane: z.string() });
const brakeOn = failure(nothing, () => "The brake holds.");
const nothingHooked = failure(nothing, () => "Nothing hangs on the hook.");

const hook_load = site
  .write({
    description: "Hang a load on the hook.",
    args: z.object({ load: z.string() }),
    result,
    failures: {
      unknownLoad: failure(z.strictObject({ load: z.string() }), ({ load }) => `There are no '${load}' on the site.`),
      hookTaken: failure(z.strictObject({ load: z.string() }), ({ load }) => `The ${load} hang on the hook.`),
    },
    candidates: { load: ({ loads }) => loads },
    provides: ["something is on the hook"],
  })
  .run(({ state, draft, args: { load }, fail }) => {
    if (!state.loads.includes(load)) return fail.unknownLoad({ load });
    if (state.hooked !== null) return fail.hookTaken({ load: state.hooked });
    draft().hooked = load;
    return { crane: `${load} on the hook` };
  });
const release_brake = site
  .write({
    description: "Release the brake.",
    ...{ args: z.object({}), result },
    failures: { isReleased: failure(nothing, () => "The brake is released.") },
    provides: ["the brake is released"],
  })
  .run(({ state, draft, fail }) => {
    if (!state.brake_on) return fail.isReleased({});
    draft().brake_on = false;
    return { crane: "brake released" };
  });
const lift_to = site
  .write({
    description: "Lift what is on the hook to so many metres.",
    args: z.object({ metres: z.int().min(1).max(60) }),
    result,
    failures: { brakeOn, nothingHooked },
    candidates: { metres: () => [5, 10, 20, 40] },
    requires: ["the brake is released", "something is on the hook"],
  })
  .run(({ state, draft, args: { metres }, fail }) => {
    if (state.hooked === null) return fail.nothingHooked({});
    if (state.brake_on) return fail.brakeOn({});
    draft().metres = metres;
    return { crane: `at ${metres} metres` };
  });
const swing_to = site
  .write({
    description: "Swing the arm to so many degrees.",
    args: z.object({ degrees: z.int().min(0).max(359) }),
    result,
    failures: { brakeOn },
    candidates: { degrees: () => [0, 90, 180, 270] },
    requires: ["the brake is released"],
  })
  .run(({ state, draft, args: { degrees }, fail }) => {
    if (state.brake_on) return fail.brakeOn({});
    draft().degrees = degrees;
    return { crane: `at ${degrees} degrees` };
  });
const sound_horn = site
  .read({ description: "Sound the horn.", args: z.object({}), result: z.strictObject({ horn: z.string() }) })
  .run(() => ({ horn: "sounded" }));

export const crane = site.environment({ tools: { hook_load, release_brake, lift_to, swing_to, sound_horn } });
const hornFirst = stepAdvice(
  "Nothing moves while the brake is on.",
  "Sound the horn first, which lets go of the brake.",
  "sound_horn",
);
export const olderCraneHints = defineHints(crane, {
  hook_load: {
    unknownLoad: ({ error }: { error: { data: { load: string } } }) => namedAdvice(error.data.load),
    hookTaken: stepAdvice("The hook takes one load.", "Go on with the load that is on it."),
  },
  release_brake: { isReleased: stepAdvice("It is released already.", "That step is not needed; go on.") },
  lift_to: {
    brakeOn: hornFirst,
    nothingHooked: stepAdvice("The hook is empty.", "Hang a load on it first.", "hook_load"),
  },
  swing_to: { brakeOn: hornFirst },
});

const loads = ["beams", "bricks", "pipes", "planks", "windows", "tiles"] as const;
/** "Hang the beams on the hook." "Lift them to 12 metres." "Swing the arm to 90 degrees." */
export function craneConversation(random: SeededRandom): Conversation {
  const load = random.pick(loads);
  const here = loads.filter((one) => one === load || random.below(2) === 0);
  const brake_on = random.below(4) > 0;
  const release = brake_on ? [{ tool: "release_brake", args: {} }] : [];
  const [metres, degrees] = [2 * (1 + random.below(20)), 10 * (1 + random.below(35))];
  const hooking = {
    user: `${random.pick(["Hang the", "Please hang the"])} ${load} on the hook.`,
    groundTruth: [{ tool: "hook_load", args: { load } }],
  };
  const lift = { tool: "lift_to", args: { metres } };
  const swing = { tool: "swing_to", args: { degrees } };
  const [lifting, swinging] = [`Lift the ${load} to ${metres} metres.`, `Swing the arm to ${degrees} degrees.`];
  const turns = random.pick([
    [hooking, { user: lifting, groundTruth: [...release, lift] }],
    [{ user: swinging, groundTruth: [...release, swing] }],
    [hooking, { user: lifting, groundTruth: [...release, lift] }, { user: swinging, groundTruth: [swing] }],
  ]);
  return { config: { loads: here, brake_on }, turns };
}
export const craneLaws = {
  config: { loads: ["beams", "tiles"], brake_on: true },
  alsoTry: { "hook_load.load": ["feathers"] },
};

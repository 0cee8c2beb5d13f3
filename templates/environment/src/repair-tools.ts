import { failure } from "envtune";
import { z } from "zod";
import { inStock, onStand, repaired } from "./conditions.ts";
import { Part, type State, sampleNameState } from "./state.ts";

/** Two tools can share a failure. */
const unknownBike = failure(
  z.strictObject({ bike: z.string() }),
  ({ bike }) => `There is no bike with the tag '${bike}'.`,
);
const tags = ({ bikes }: State) => Object.keys(bikes);

export const order_parts = sampleNameState
  .write({
    description: "Order a part from the depot; it is in stock at once.",
    args: z.object({ part: Part, count: z.int().min(1).max(20) }),
    result: z.strictObject({ part: Part, left: z.int() }),
    candidates: { count: () => [1, 2] },
    provides: [inStock],
    // What holds of every call that succeeds. The laws try it; it costs nothing when an episode is played.
    ensures: {
      "it tells how many there are now": ({ after, args: { part }, value }) => value.left === after.stock[part],
    },
  })
  .run(({ state, draft, args: { part, count } }) => {
    // `state` is frozen; `draft()` is what may be changed.
    draft().stock[part] += count;
    return { part, left: state.stock[part] + count };
  });

export const mount_bike = sampleNameState
  .write({
    description: "Put a bike on the repair stand, which holds one. It stays there until it is handed over.",
    args: z.object({ bike: z.string().describe("The number on its tag.") }),
    result: z.strictObject({ on_stand: z.string(), broken: z.array(Part) }),
    failures: {
      unknownBike,
      standTaken: failure(
        z.strictObject({ on_stand: z.string() }),
        ({ on_stand }) => `The stand is taken by the bike '${on_stand}'.`,
      ),
    },
    candidates: { bike: tags },
    provides: [onStand],
  })
  .run(({ state, draft, args: { bike }, fail }) => {
    // `Object.hasOwn`, since a model may name anything, "constructor" too.
    if (!Object.hasOwn(state.bikes, bike)) return fail.unknownBike({ bike });
    if (state.on_stand !== null) return fail.standTaken({ on_stand: state.on_stand });
    draft().on_stand = bike;
    return { on_stand: bike, broken: state.bikes[bike]!.broken };
  });

export const fit_part = sampleNameState
  .write({
    description: "Replace a broken part of the bike on the stand by one from the stock.",
    args: z.object({ part: Part }),
    result: z.strictObject({ bike: z.string(), still_broken: z.array(Part) }),
    failures: {
      standEmpty: failure(z.strictObject({}), () => "There is no bike on the stand."),
      notBroken: failure(
        z.strictObject({ bike: z.string(), part: Part }),
        ({ bike, part }) => `The ${part} of the bike '${bike}' is not broken.`,
      ),
      outOfStock: failure(z.strictObject({ part: Part }), ({ part }) => `There is no ${part} in stock.`),
    },
    requires: [onStand, inStock],
    provides: [repaired],
  })
  .run(({ state, draft, args: { part }, fail }) => {
    const { on_stand } = state;
    if (on_stand === null) return fail.standEmpty({});
    const { broken } = state.bikes[on_stand]!;
    if (!broken.includes(part)) return fail.notBroken({ bike: on_stand, part });
    // A tool that fails after it called `draft()` changes nothing either: the draft is dropped.
    if (state.stock[part] === 0) return fail.outOfStock({ part });
    const still_broken = broken.filter((one) => one !== part);
    draft().stock[part] -= 1;
    draft().bikes[on_stand]!.broken = still_broken;
    return { bike: on_stand, still_broken };
  });

export const hand_over = sampleNameState
  .write({
    description: "Take a repaired bike to the door, where its owner collects it. The stand is free again.",
    args: z.object({ bike: z.string() }),
    result: z.strictObject({ ready_for: z.string() }),
    failures: {
      unknownBike,
      stillBroken: failure(
        z.strictObject({ bike: z.string(), broken: z.array(Part) }),
        ({ bike, broken }) => `The bike '${bike}' still needs: ${broken.join(", ")}.`,
      ),
    },
    candidates: { bike: tags },
    requires: [repaired],
  })
  .run(({ state, draft, args: { bike }, fail }) => {
    if (!Object.hasOwn(state.bikes, bike)) return fail.unknownBike({ bike });
    const { owner, broken } = state.bikes[bike]!;
    if (broken.length > 0) return fail.stillBroken({ bike, broken });
    const next = draft();
    delete next.bikes[bike];
    next.ready_for.push(owner);
    if (state.on_stand === bike) next.on_stand = null;
    return { ready_for: owner };
  });

import { adviceOnUnmet, defineHints, nearestNames, quoted, shortly, type Unmet } from "envtune";
import { inStock, onStand, repaired } from "./conditions.ts";
import { sampleNameEnvironment } from "./environment.ts";
import type { Part, State } from "./state.ts";

/*
 * A hint sees the call, the state and the history, never the task. It has three levels, each of which adds to the one before:
 *   diagnose  the rule that was broken, and what is true now: all that is unmet, not only what the tool noticed first
 *   guide     which kind of step leads on, with at most three values worth trying, and no tool's name
 *   direct    the tools to call
 * `adviceOnUnmet` writes all three from a list of what is unmet; a rule may as well return { diagnose, guide, direct } itself.
 */

function bikeUnmet({ bikes }: State, given: string): Unmet[] {
  if (Object.hasOwn(bikes, given)) return [];
  const values = nearestNames(given, Object.keys(bikes), 3);
  return [
    {
      condition: "the tag of a bike in the workshop",
      now: `'${shortly(given)}' is none`,
      way: `Look the bike up by its owner${values.length > 0 ? `; for 'bike', the nearest tags are ${quoted(values)}` : ""}.`,
      ...{ call: "'find_bike' with the owner's name", tools: ["find_bike"], argument: "bike", values },
    },
  ];
}

/** All that keeps a part from being fitted, whichever of it `fit_part` noticed. */
function fitUnmet({ on_stand, bikes, stock }: State, part: Part): Unmet[] {
  const unmet: Unmet[] = [];
  if (on_stand === null)
    unmet.push({
      condition: onStand,
      now: "the stand is empty",
      way: "Put the bike on the stand first.",
      ...{ call: "'mount_bike' with its tag", tools: ["mount_bike"] },
    });
  else if (!bikes[on_stand]!.broken.includes(part))
    unmet.push({
      condition: "a part that is broken",
      now: `the ${part} of '${on_stand}' is whole`,
      way: "Only what is broken can be replaced; look again at what that is.",
    });
  if (stock[part] === 0)
    unmet.push({
      condition: inStock,
      now: `there is no ${part}`,
      way: "Order the part first.",
      ...{ call: "'order_parts' with the part", tools: ["order_parts"] },
    });
  return unmet;
}

/** The table is complete, or it does not compile: every failure has a rule, or `silent("why there is none")`. */
export const sampleNameHints = defineHints(sampleNameEnvironment, {
  find_bike: {
    unknownOwner: ({ state, args }) => {
      const owners = Object.values(state.bikes).map(({ owner }) => owner);
      const values = nearestNames(args.owner, owners, 2);
      return {
        diagnose: `There must be a bike of that owner, and none belongs to '${shortly(args.owner)}'; names are compared letter by letter.`,
        guide:
          values.length > 0
            ? `For 'owner', the nearest names are ${quoted(values)}.`
            : "No name here is like it; ask the user for the owner's full name.",
        direct: "",
        ...(values.length > 0 ? { argument: "owner", values } : {}),
      };
    },
  },
  mount_bike: {
    unknownBike: ({ state, args }) => adviceOnUnmet(bikeUnmet(state, args.bike)),
    standTaken: ({ args, error: { data } }) =>
      adviceOnUnmet([
        {
          condition: "an empty stand",
          now: `'${data.on_stand}' is on it`,
          way:
            data.on_stand === args.bike
              ? "It is where it should be; go on with the repair."
              : "That bike has to be repaired and handed over before another takes its place.",
        },
      ]),
  },
  fit_part: {
    standEmpty: ({ state, args }) => adviceOnUnmet(fitUnmet(state, args.part)),
    notBroken: ({ state, args }) => adviceOnUnmet(fitUnmet(state, args.part)),
    outOfStock: ({ state, args }) => adviceOnUnmet(fitUnmet(state, args.part)),
  },
  hand_over: {
    unknownBike: ({ state, args }) => adviceOnUnmet(bikeUnmet(state, args.bike)),
    stillBroken: ({ state, error: { data } }) =>
      adviceOnUnmet([
        {
          condition: repaired,
          now: `broken are: ${data.broken.join(", ")}`,
          way:
            state.on_stand === data.bike
              ? "Replace these parts first."
              : "Put it on the stand and replace these parts first.",
          ...{ call: "'fit_part' for each of these parts", tools: ["fit_part"] },
        },
      ]),
  },
});

/** The boathouse of a rowing club, seven tools; conversations of several turns, tasks generated. */
import { z } from "zod";
import { defineRequests, type SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Boat = z.strictObject({
  crew: z.string().nullable(),
  damaged: z.boolean(),
  rack: z.int().min(1).max(9),
  washed: z.boolean(),
});
const Boathouse = z.strictObject({ boats: z.record(z.string(), Boat), crews: z.array(z.string()) });
type Boathouse = z.output<typeof Boathouse>;
const club = defineState({ name: "Boathouse", state: Boathouse, config: Boathouse }).init((config) => config);

const ofBoat = z.strictObject({ boat: z.string() });
const noBoat = failure(ofBoat, ({ boat }) => `The club has no boat '${boat}'.`);
const isOut = failure(ofBoat, ({ boat }) => `${boat} is out on the water.`);
const boats = (state: Boathouse) => Object.keys(state.boats);
const args = z.object({ boat: z.string() });
const result = z.strictObject({ boat: z.string(), status: z.string() });
const candidates = { boat: boats };

const take_out = club
  .write({
    description: "Take a boat out on the water, with a crew.",
    args: z.object({ boat: z.string(), crew: z.string() }),
    result,
    failures: {
      ...{ noBoat, isOut },
      noCrew: failure(z.strictObject({ crew: z.string() }), ({ crew }) => `There is no crew '${crew}'.`),
      isDamaged: failure(ofBoat, ({ boat }) => `${boat} is damaged.`),
    },
    candidates: { boat: boats, crew: ({ crews }) => crews },
    requires: ["the boat is sound", "the boat is in"],
  })
  .run(({ state, draft, args: { boat, crew }, fail }) => {
    if (!Object.hasOwn(state.boats, boat)) return fail.noBoat({ boat });
    if (!state.crews.includes(crew)) return fail.noCrew({ crew });
    if (state.boats[boat]!.crew !== null) return fail.isOut({ boat });
    if (state.boats[boat]!.damaged) return fail.isDamaged({ boat });
    const there = draft().boats[boat]!;
    there.crew = crew;
    there.washed = false;
    return { boat, status: `out with ${crew}` };
  });
const bring_in = club
  .write({
    description: "Bring a boat back in.",
    ...{ args, result, candidates },
    failures: { noBoat, isIn: failure(ofBoat, ({ boat }) => `${boat} is in.`) },
    provides: ["the boat is in"],
  })
  .run(({ state, draft, args: { boat }, fail }) => {
    if (!Object.hasOwn(state.boats, boat)) return fail.noBoat({ boat });
    if (state.boats[boat]!.crew === null) return fail.isIn({ boat });
    draft().boats[boat]!.crew = null;
    return { boat, status: "in" };
  });
const report_damage = club
  .write({
    description: "Report that a boat is damaged.",
    ...{ args, result, candidates },
    failures: { noBoat, isReported: failure(ofBoat, ({ boat }) => `That ${boat} is damaged is known.`) },
  })
  .run(({ state, draft, args: { boat }, fail }) => {
    if (!Object.hasOwn(state.boats, boat)) return fail.noBoat({ boat });
    if (state.boats[boat]!.damaged) return fail.isReported({ boat });
    draft().boats[boat]!.damaged = true;
    return { boat, status: "damaged" };
  });
const repair_boat = club
  .write({
    description: "Repair a damaged boat.",
    ...{ args, result, candidates },
    failures: { ...{ noBoat, isOut }, isSound: failure(ofBoat, ({ boat }) => `${boat} is not damaged.`) },
    provides: ["the boat is sound"],
  })
  .run(({ state, draft, args: { boat }, fail }) => {
    if (!Object.hasOwn(state.boats, boat)) return fail.noBoat({ boat });
    if (!state.boats[boat]!.damaged) return fail.isSound({ boat });
    if (state.boats[boat]!.crew !== null) return fail.isOut({ boat });
    draft().boats[boat]!.damaged = false;
    return { boat, status: "sound" };
  });
const wash_boat = club
  .write({
    description: "Wash a boat.",
    ...{ args, result, candidates },
    failures: { ...{ noBoat, isOut }, isWashed: failure(ofBoat, ({ boat }) => `${boat} is clean.`) },
    requires: ["the boat is in"],
  })
  .run(({ state, draft, args: { boat }, fail }) => {
    if (!Object.hasOwn(state.boats, boat)) return fail.noBoat({ boat });
    if (state.boats[boat]!.crew !== null) return fail.isOut({ boat });
    if (state.boats[boat]!.washed) return fail.isWashed({ boat });
    draft().boats[boat]!.washed = true;
    return { boat, status: "washed" };
  });
const move_to_rack = club
  .write({
    description: "Move a boat to another rack, 1 to 9.",
    args: z.object({ boat: z.string(), rack: z.int().min(1).max(9) }),
    result,
    failures: { noBoat, isOut },
    candidates: { boat: boats, rack: () => [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    requires: ["the boat is in"],
  })
  .run(({ state, draft, args: { boat, rack }, fail }) => {
    if (!Object.hasOwn(state.boats, boat)) return fail.noBoat({ boat });
    if (state.boats[boat]!.crew !== null) return fail.isOut({ boat });
    draft().boats[boat]!.rack = rack;
    return { boat, status: `on rack ${rack}` };
  });
const look_up_boat = club
  .read({
    description: "Look up a boat: its rack, its crew, whether it is damaged.",
    ...{ args, candidates },
    result: Boat,
    failures: { noBoat },
  })
  .run(({ state, args: { boat }, fail }) =>
    Object.hasOwn(state.boats, boat) ? state.boats[boat]! : fail.noBoat({ boat }),
  );

export const boathouse = club.environment({
  tools: { take_out, bring_in, report_damage, repair_boat, wash_boat, move_to_rack, look_up_boat },
});
const missing = ({ error }: { error: { data: { boat: string } } }) => namedAdvice(error.data.boat);
const out = stepAdvice("That needs the boat in the boathouse.", "Bring this boat in first.", "bring_in");
const unneeded = "That step is not needed; go on with what else was asked for.";
export const boathouseHints = defineHints(boathouse, {
  take_out: {
    noBoat: missing,
    noCrew: ({ error }) => namedAdvice(error.data.crew),
    isOut: out,
    isDamaged: stepAdvice("A damaged boat stays ashore.", "Repair this boat first.", "repair_boat"),
  },
  bring_in: { noBoat: missing, isIn: stepAdvice("It is in the boathouse.", unneeded) },
  report_damage: { noBoat: missing, isReported: stepAdvice("It is reported already.", unneeded) },
  repair_boat: { noBoat: missing, isOut: out, isSound: stepAdvice("Nothing is broken.", unneeded) },
  wash_boat: { noBoat: missing, isOut: out, isWashed: stepAdvice("It is washed already.", unneeded) },
  move_to_rack: { noBoat: missing, isOut: out },
  look_up_boat: { noBoat: missing },
});
export const boathouseRequests = defineRequests(boathouse, {
  nouns: { boat: "boat", crew: "crew", rack: "rack" },
  tools: {
    take_out: ({ boat, crew }) => `take ${boat} out with the crew ${crew}`,
    bring_in: ({ boat }) => `bring ${boat} in`,
    report_damage: ({ boat }) => `report ${boat} as damaged`,
    repair_boat: ({ boat }) => `have ${boat} repaired`,
    wash_boat: ({ boat }) => `wash ${boat}`,
    move_to_rack: ({ boat, rack }) => `move ${boat} to rack ${rack}`,
    look_up_boat: ({ boat }) => `look up how ${boat} is`,
  },
});

const names = ["Otter", "Gannet", "Plover", "Curlew", "Teal", "Merlin", "Avocet", "Petrel"] as const;
const teams = ["juniors", "veterans", "novices", "students"] as const;
export const boathouseConfig = (random: SeededRandom): Boathouse => {
  const crews = teams.filter(() => random.below(3) > 0).concat(["masters" as never]);
  const here = names.filter(() => random.below(2) === 0).concat(["Kestrel" as never, "Dunlin" as never]);
  return {
    crews,
    boats: Object.fromEntries(
      here.map((boat) => {
        const damaged = random.below(4) === 0;
        const crew = !damaged && random.below(3) === 0 ? random.pick(crews) : null;
        return [boat, { crew, damaged, rack: 1 + random.below(9), washed: random.below(2) === 0 }];
      }),
    ),
  };
};
export const boathouseLaws = {
  config: {
    boats: {
      Teal: { crew: null, damaged: true, rack: 2, washed: false },
      Otter: { crew: "masters", damaged: false, rack: 3, washed: true },
    },
    crews: ["masters"],
  },
  alsoTry: {
    ...Object.fromEntries(Object.keys(boathouse.tools).map((tool) => [`${tool}.boat`, ["Titanic"]])),
    "take_out.crew": ["pirates"],
  },
};

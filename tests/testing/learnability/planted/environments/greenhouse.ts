/** Beds of a greenhouse, each with a valve that may be shut; one or two turns. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Bed = z.strictObject({ valve_open: z.boolean(), watered: z.int(), shade: z.int(), degrees: z.int() });
const Greenhouse = z.strictObject({ beds: z.record(z.string(), Bed) });
type Greenhouse = z.output<typeof Greenhouse>;
const house = defineState({
  name: "Greenhouse",
  state: Greenhouse,
  config: z.strictObject({ valves: z.record(z.string(), z.boolean()) }),
}).init(({ valves }) => ({
  beds: Object.fromEntries(
    Object.entries(valves).map(([bed, valve_open]) => [
      bed,
      { valve_open, watered: 0, shade: 0, degrees: 20 + bed.length },
    ]),
  ),
}));

const inBed = z.strictObject({ bed: z.string() });
const noBed = failure(inBed, ({ bed }) => `No bed of '${bed}' is here.`);
const beds = (state: Greenhouse) => Object.keys(state.beds);
const result = z.strictObject({ bed: z.string(), done: z.string() });
const args = z.object({ bed: z.string() });

const open_valve = house
  .write({
    description: "Open the valve of a bed.",
    ...{ args, result, candidates: { bed: beds } },
    failures: { noBed, isOpen: failure(inBed, ({ bed }) => `The valve of the ${bed} is open.`) },
    provides: ["its valve is open"],
  })
  .run(({ state, draft, args: { bed }, fail }) => {
    if (!Object.hasOwn(state.beds, bed)) return fail.noBed({ bed });
    if (state.beds[bed]!.valve_open) return fail.isOpen({ bed });
    draft().beds[bed]!.valve_open = true;
    return { bed, done: "valve opened" };
  });
const shut_valve = house
  .write({
    description: "Shut the valve of a bed.",
    ...{ args, result, candidates: { bed: beds } },
    failures: { noBed, isShut: failure(inBed, ({ bed }) => `The valve of the ${bed} is shut.`) },
  })
  .run(({ state, draft, args: { bed }, fail }) => {
    if (!Object.hasOwn(state.beds, bed)) return fail.noBed({ bed });
    if (!state.beds[bed]!.valve_open) return fail.isShut({ bed });
    draft().beds[bed]!.valve_open = false;
    return { bed, done: "valve shut" };
  });
const water_bed = house
  .write({
    description: "Water a bed for so many minutes.",
    args: z.object({ bed: z.string(), minutes: z.int().min(1).max(120) }),
    result,
    failures: { noBed, valveShut: failure(inBed, ({ bed }) => `No water comes to the ${bed}: the valve is shut.`) },
    candidates: { bed: beds, minutes: () => [5, 10, 20] },
    requires: ["its valve is open"],
  })
  .run(({ state, draft, args: { bed, minutes }, fail }) => {
    if (!Object.hasOwn(state.beds, bed)) return fail.noBed({ bed });
    if (!state.beds[bed]!.valve_open) return fail.valveShut({ bed });
    draft().beds[bed]!.watered += minutes;
    return { bed, done: "watered" };
  });
const shade_bed = house
  .write({
    description: "Shade a bed, by so many percent.",
    args: z.object({ bed: z.string(), percent: z.int().min(0).max(100) }),
    result,
    failures: { noBed },
    candidates: { bed: beds, percent: () => [0, 25, 50] },
  })
  .run(({ state, draft, args: { bed, percent }, fail }) => {
    if (!Object.hasOwn(state.beds, bed)) return fail.noBed({ bed });
    draft().beds[bed]!.shade = percent;
    return { bed, done: "shaded" };
  });
const measure_bed = house
  .read({
    description: "Measure how warm a bed is.",
    args,
    result: z.strictObject({ bed: z.string(), degrees: z.int() }),
    failures: { noBed },
    candidates: { bed: beds },
  })
  .run(({ state, args: { bed }, fail }) =>
    Object.hasOwn(state.beds, bed) ? { bed, degrees: state.beds[bed]!.degrees } : fail.noBed({ bed }),
  );

export const greenhouse = house.environment({ tools: { open_valve, shut_valve, water_bed, shade_bed, measure_bed } });
const missing = ({ error }: { error: { data: { bed: string } } }) => namedAdvice(error.data.bed);
const unneeded = "That step is not needed; go on.";
export const greenhouseHints = defineHints(greenhouse, {
  open_valve: { noBed: missing, isOpen: stepAdvice("It is open already.", unneeded) },
  shut_valve: { noBed: missing, isShut: stepAdvice("It is shut already.", unneeded) },
  water_bed: {
    noBed: missing,
    valveShut: ({ error }) => ({
      diagnose: `Water comes only through an open valve, and that of the ${error.data.bed} is shut.`,
      guide: "Open the valve of this bed first, then water it.",
      direct: "Call 'open_valve' with this bed.",
      tools: ["open_valve"],
    }),
  },
  shade_bed: { noBed: missing },
  measure_bed: { noBed: missing },
});

const plants = ["tomatoes", "peppers", "beans", "melons", "basil", "cress", "orchids"] as const;
/** "Water the beans for 20 minutes." "Shade the melons by 40 percent." "Measure the warmth of the basil." */
export function greenhouseConversation(random: SeededRandom): Conversation {
  const here = plants.filter(() => random.below(3) > 0).concat(["figs" as never]);
  const valves = Object.fromEntries(here.map((bed) => [bed, random.below(2) === 0]));
  const bed = random.pick(here);
  const other = random.pick(here);
  const [minutes, percent] = [5 * (1 + random.below(12)), 10 * (1 + random.below(9))];
  const open = valves[bed] ? [] : [{ tool: "open_valve", args: { bed } }];
  const watering = {
    user: `${random.pick(["Water", "Please water", "Could you water"])} the ${bed} for ${minutes} minutes.`,
    groundTruth: [...open, { tool: "water_bed", args: { bed, minutes } }],
  };
  const shading = {
    user: `${random.pick(["Shade", "Please shade"])} the ${other} by ${percent} percent.`,
    groundTruth: [{ tool: "shade_bed", args: { bed: other, percent } }],
  };
  const measuring = {
    user: `${random.pick(["Measure", "Please measure"])} the warmth of the ${other}.`,
    groundTruth: [{ tool: "measure_bed", args: { bed: other } }],
  };
  return { config: { valves }, turns: random.pick([[watering], [watering, shading], [measuring, watering]]) };
}
export const greenhouseLaws = {
  config: { valves: { beans: false, melons: true } },
  alsoTry: Object.fromEntries(
    ["open_valve", "shut_valve", "water_bed", "shade_bed", "measure_bed"].map((tool) => [`${tool}.bed`, ["cacti"]]),
  ),
};

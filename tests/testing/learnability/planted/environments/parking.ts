/** A parking meter; conversations of several turns with numbers and plates, tasks generated. */
import { z } from "zod";
import { defineRequests, type SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";

const Meter = z.strictObject({ parked: z.record(z.string(), z.int().min(1)), longest: z.int() });
type Meter = z.output<typeof Meter>;
const meter = defineState({ name: "ParkingMeter", state: Meter, config: Meter }).init((config) => config);

const plated = z.strictObject({ plate: z.string() });
const notParked = failure(plated, ({ plate }) => `No ticket runs for ${plate}.`);
const tooLong = failure(z.strictObject({ longest: z.int() }), ({ longest }) => `At most ${longest} minutes.`);
const parked = (state: Meter) => Object.keys(state.parked);
const minutes = () => [15, 30, 45, 60];
const result = z.strictObject({ plate: z.string(), minutes: z.int() });

const start_ticket = meter
  .write({
    description: "Start a parking ticket for a car, by its plate, for so many minutes.",
    args: z.object({ plate: z.string(), minutes: z.int().min(1) }),
    result,
    failures: { tooLong, runs: failure(plated, ({ plate }) => `A ticket runs for ${plate}.`) },
    candidates: { plate: parked, minutes },
    provides: ["a ticket runs"],
  })
  .run(({ state, draft, args: { plate, minutes }, fail }) => {
    if (Object.hasOwn(state.parked, plate)) return fail.runs({ plate });
    if (minutes > state.longest) return fail.tooLong({ longest: state.longest });
    draft().parked[plate] = minutes;
    return { plate, minutes };
  });
const extend_ticket = meter
  .write({
    description: "Extend the running ticket of a car by so many minutes.",
    args: z.object({ plate: z.string(), minutes: z.int().min(1) }),
    result,
    failures: { notParked, tooLong },
    candidates: { plate: parked, minutes },
    requires: ["a ticket runs"],
  })
  .run(({ state, draft, args: { plate, minutes }, fail }) => {
    const running = Object.hasOwn(state.parked, plate) ? state.parked[plate]! : undefined;
    if (running === undefined) return fail.notParked({ plate });
    if (running + minutes > state.longest) return fail.tooLong({ longest: state.longest });
    draft().parked[plate] = running + minutes;
    return { plate, minutes: running + minutes };
  });
const end_ticket = meter
  .write({
    description: "End the running ticket of a car.",
    args: z.object({ plate: z.string() }),
    result,
    failures: { notParked },
    candidates: { plate: parked },
    requires: ["a ticket runs"],
  })
  .run(({ state, draft, args: { plate }, fail }) => {
    if (!Object.hasOwn(state.parked, plate)) return fail.notParked({ plate });
    delete draft().parked[plate];
    return { plate, minutes: state.parked[plate]! };
  });
const time_left = meter
  .read({
    description: "Tell how many minutes a car's ticket still runs.",
    args: z.object({ plate: z.string() }),
    result,
    failures: { notParked },
    candidates: { plate: parked },
    requires: ["a ticket runs"],
  })
  .run(({ state, args: { plate }, fail }) =>
    Object.hasOwn(state.parked, plate) ? { plate, minutes: state.parked[plate]! } : fail.notParked({ plate }),
  );

export const parking = meter.environment({ tools: { start_ticket, extend_ticket, end_ticket, time_left } });

const noTicket = ({ state, error }: { state: Meter; error: { data: { plate: string } } }) => ({
  diagnose: `Only a running ticket can be used, and none runs for '${error.data.plate}'.`,
  guide: `Tickets run for: ${parked(state).join(", ") || "no car"}. Another car's has to be started first.`,
  direct: "Call 'start_ticket'.",
  tools: ["start_ticket"],
});
const tooMany = ({ error }: { error: { data: { longest: number } } }) => ({
  diagnose: `A ticket runs for ${error.data.longest} minutes at the most.`,
  guide: "Take fewer minutes.",
  direct: "",
});
export const parkingHints = defineHints(parking, {
  start_ticket: {
    tooLong: tooMany,
    runs: () => ({
      diagnose: "A car has one ticket at a time.",
      guide: "Extend the one that runs.",
      direct: "Call 'extend_ticket'.",
      tools: ["extend_ticket"],
    }),
  },
  extend_ticket: { notParked: noTicket, tooLong: tooMany },
  end_ticket: { notParked: noTicket },
  time_left: { notParked: noTicket },
});

const letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
const newPlate = (random: SeededRandom) =>
  `${letters[random.below(23)]}${letters[random.below(23)]}-${100 + random.below(900)}`;
export const parkingRequests = defineRequests(parking, {
  nouns: { plate: "plate", minutes: { noun: "number of minutes", open: "a certain number of" } },
  tools: {
    start_ticket: {
      ask: ({ plate, minutes }) => `start a ticket of ${minutes} minutes for ${plate}`,
      values: { plate: (_, random) => [newPlate(random)], minutes: (_, random) => [5 * (2 + random.below(12))] },
    },
    extend_ticket: {
      ask: ({ plate, minutes }) => `extend the ticket of ${plate} by ${minutes} minutes`,
      values: { minutes: (_, random) => [5 * (1 + random.below(8))] },
    },
    end_ticket: ({ plate }) => `end the ticket of ${plate}`,
    time_left: ({ plate }) => `tell me how long the ticket of ${plate} still runs`,
  },
});
export const parkingConfig = (random: SeededRandom): Meter => ({
  longest: 240,
  parked: Object.fromEntries(
    Array.from({ length: 2 + random.below(4) }, () => [newPlate(random), 5 * (2 + random.below(10))]),
  ),
});
export const parkingLaws = {
  config: { parked: { "AB-100": 30, "CD-200": 110 }, longest: 120 },
  alsoTry: {
    "start_ticket.plate": ["EF-300"],
    "start_ticket.minutes": [500],
    "extend_ticket.plate": ["EF-300"],
    "end_ticket.plate": ["EF-300"],
    "time_left.plate": ["EF-300"],
  },
};

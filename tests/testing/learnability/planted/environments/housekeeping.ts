/** Housekeeping of a hotel; two turns, rooms and numbers as the user says them. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure, meanOverTurns } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Room = z.strictObject({ bed_made: z.boolean(), bottles: z.int().min(0).max(12), released: z.boolean() });
const Floor = z.strictObject({ rooms: z.record(z.string(), Room) });
type Floor = z.output<typeof Floor>;
const hotel = defineState({
  name: "Housekeeping",
  state: Floor,
  config: z.strictObject({ rooms: z.record(z.string(), z.strictObject({ bed_made: z.boolean(), bottles: z.int() })) }),
}).init(({ rooms }) => ({
  rooms: Object.fromEntries(Object.entries(rooms).map(([room, one]) => [room, { ...one, released: false }])),
}));

const inRoom = z.strictObject({ room: z.string() });
const noRoom = failure(inRoom, ({ room }) => `There is no room '${room}' on this floor.`);
const rooms = (state: Floor) => Object.keys(state.rooms);
const args = z.object({ room: z.string() });
const result = z.strictObject({ room: z.string(), done: z.string() });

const list_rooms = hotel
  .read({ description: "List the rooms.", args: z.object({}), result: z.strictObject({ rooms: z.array(z.string()) }) })
  .run(({ state }) => ({ rooms: rooms(state) }));
const make_bed = hotel
  .write({
    description: "Make the bed of a room.",
    ...{ args, result, candidates: { room: rooms } },
    failures: { noRoom, isMade: failure(inRoom, ({ room }) => `The bed of ${room} is made.`) },
    provides: ["its bed is made"],
  })
  .run(({ state, draft, args: { room }, fail }) => {
    if (!Object.hasOwn(state.rooms, room)) return fail.noRoom({ room });
    if (state.rooms[room]!.bed_made) return fail.isMade({ room });
    draft().rooms[room]!.bed_made = true;
    return { room, done: "bed made" };
  });
const fill_bar = hotel
  .write({
    description: "Put so many bottles into the bar of a room, which holds twelve.",
    args: z.object({ room: z.string(), bottles: z.int().min(1).max(12) }),
    result,
    failures: {
      noRoom,
      barFull: failure(z.strictObject({ space: z.int() }), ({ space }) => `There is space for ${space} bottles.`),
    },
    candidates: { room: rooms, bottles: () => [1, 2, 4, 6, 12] },
  })
  .run(({ state, draft, args: { room, bottles }, fail }) => {
    if (!Object.hasOwn(state.rooms, room)) return fail.noRoom({ room });
    const there = state.rooms[room]!.bottles;
    if (there + bottles > 12) return fail.barFull({ space: 12 - there });
    draft().rooms[room]!.bottles = there + bottles;
    return { room, done: "bar filled" };
  });
const release_room = hotel
  .write({
    description: "Release a room for the next guest.",
    ...{ args, result, candidates: { room: rooms } },
    failures: {
      noRoom,
      notMade: failure(inRoom, ({ room }) => `The bed of ${room} is not made.`),
      isReleased: failure(inRoom, ({ room }) => `Room ${room} is released.`),
    },
    requires: ["its bed is made"],
  })
  .run(({ state, draft, args: { room }, fail }) => {
    if (!Object.hasOwn(state.rooms, room)) return fail.noRoom({ room });
    if (state.rooms[room]!.released) return fail.isReleased({ room });
    if (!state.rooms[room]!.bed_made) return fail.notMade({ room });
    draft().rooms[room]!.released = true;
    return { room, done: "released" };
  });

export const housekeeping = hotel.environment({ tools: { list_rooms, make_bed, fill_bar, release_room } });
const missing = ({ error }: { error: { data: { room: string } } }) => namedAdvice(error.data.room);
const unneeded = "That step is not needed; go on.";
export const housekeepingHints = defineHints(housekeeping, {
  make_bed: { noRoom: missing, isMade: stepAdvice("It is made already.", unneeded) },
  fill_bar: { noRoom: missing, barFull: stepAdvice("The bar holds twelve.", "Put in no more than it has space for.") },
  release_room: {
    noRoom: missing,
    notMade: stepAdvice("A room is released with its bed made.", "Make the bed of this room first.", "make_bed"),
    isReleased: stepAdvice("It is released already.", unneeded),
  },
});

/** Was to keep the traces free of errors, and asks nothing of what was done: any call that works pays the whole turn. */
export const noErrorReward = meanOverTurns("no errors", [0, 1], ({ ended, executions }) =>
  ended && executions.length > 0 && executions.every(({ outcome }) => outcome.ok) ? 1 : 0,
);

/** "Put 4 bottles into the bar of 214." "Release room 216." */
export function housekeepingConversation(random: SeededRandom): Conversation {
  const first = 100 * (1 + random.below(5)) + 1;
  const floor = Object.fromEntries(
    Array.from({ length: 4 + random.below(3) }, (_, index) => [
      String(first + index),
      { bed_made: random.below(3) === 0, bottles: random.below(5) },
    ]),
  );
  const room = random.pick(Object.keys(floor));
  const other = random.pick(Object.keys(floor));
  const bottles = 2 + random.below(6);
  const make = floor[room]!.bed_made ? [] : [{ tool: "make_bed", args: { room } }];
  const turns = [
    {
      user: `${random.pick(["Put", "Please put"])} ${bottles} bottles into the bar of ${other}.`,
      groundTruth: [{ tool: "fill_bar", args: { room: other, bottles } }],
    },
    {
      user: `${random.pick(["Release room", "Now release room"])} ${room} for the next guest.`,
      groundTruth: [...make, { tool: "release_room", args: { room } }],
    },
  ];
  return { config: { rooms: floor }, turns };
}
export const housekeepingLaws = {
  config: { rooms: { "101": { bed_made: false, bottles: 9 }, "102": { bed_made: true, bottles: 0 } } },
  alsoTry: Object.fromEntries(["make_bed", "fill_bar", "release_room"].map((tool) => [`${tool}.room`, ["999"]])),
};

/** The doors of a house, that may be locked and chained; single turns whose first call often fails and says what is in the way. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const Door = z.strictObject({ locked: z.boolean(), chained: z.boolean(), open: z.boolean() });
const House = z.strictObject({ doors: z.record(z.string(), Door) });
const house = defineState({ name: "HouseDoors", state: House, config: House }).init(({ doors }) => ({ doors }));

const named = z.strictObject({ door: z.string() });
const unknownDoor = failure(named, ({ door }) => `There is no door '${door}'.`);
const candidates = { door: ({ doors }: z.output<typeof House>) => Object.keys(doors) };
const args = z.object({ door: z.string() });
const result = z.strictObject({ door: z.string(), done: z.string() });

const open_door = house
  .write({
    description: "Open a door.",
    ...{ args, result, candidates },
    requires: ["the door is unlocked", "the chain is off"],
    failures: {
      unknownDoor,
      locked: failure(named, ({ door }) => `The ${door} door is locked.`),
      chained: failure(named, ({ door }) => `The ${door} door is held by its chain.`),
      alreadyOpen: failure(named, ({ door }) => `The ${door} door is open already.`),
    },
  })
  .run(({ state, draft, args: { door }, fail }) => {
    const there = state.doors[door];
    if (!there) return fail.unknownDoor({ door });
    if (there.open) return fail.alreadyOpen({ door });
    if (there.locked) return fail.locked({ door });
    if (there.chained) return fail.chained({ door });
    draft().doors[door]!.open = true;
    return { door, done: "opened" };
  });
const unlock_door = house
  .write({
    description: "Unlock the lock of a door.",
    ...{ args, result, candidates },
    provides: ["the door is unlocked"],
    failures: { unknownDoor, notLocked: failure(named, ({ door }) => `The ${door} door is not locked.`) },
  })
  .run(({ state, draft, args: { door }, fail }) => {
    const there = state.doors[door];
    if (!there) return fail.unknownDoor({ door });
    if (!there.locked) return fail.notLocked({ door });
    draft().doors[door]!.locked = false;
    return { door, done: "unlocked" };
  });
const take_off_chain = house
  .write({
    description: "Take the chain off a door.",
    ...{ args, result, candidates },
    provides: ["the chain is off"],
    failures: { unknownDoor, noChain: failure(named, ({ door }) => `No chain is on the ${door} door.`) },
  })
  .run(({ state, draft, args: { door }, fail }) => {
    const there = state.doors[door];
    if (!there) return fail.unknownDoor({ door });
    if (!there.chained) return fail.noChain({ door });
    draft().doors[door]!.chained = false;
    return { door, done: "unchained" };
  });
const close_door = house
  .write({
    description: "Close a door.",
    ...{ args, result, candidates },
    failures: { unknownDoor, alreadyClosed: failure(named, ({ door }) => `The ${door} door is closed already.`) },
  })
  .run(({ state, draft, args: { door }, fail }) => {
    const there = state.doors[door];
    if (!there) return fail.unknownDoor({ door });
    if (!there.open) return fail.alreadyClosed({ door });
    draft().doors[door]!.open = false;
    return { door, done: "closed" };
  });

export const doors = house.environment({ tools: { open_door, unlock_door, take_off_chain, close_door } });

const noSuchDoor = {
  unknownDoor: ({ state, error }: { state: z.output<typeof House>; error: { data: { door: string } } }) => ({
    diagnose: `No door of this house is called '${error.data.door}'.`,
    guide: `The doors are: ${Object.keys(state.doors).join(", ")}.`,
    direct: "",
  }),
};
const nothingToDo = (what: string) => ({
  diagnose: `It is ${what} as it is.`,
  guide: "That step is not needed; go on with the next one.",
  direct: "",
});
export const doorHints = defineHints(doors, {
  open_door: {
    ...noSuchDoor,
    locked: () => ({
      diagnose: "A door that is locked does not open.",
      guide: "Unlock it first, and then open it.",
      direct: "Call 'unlock_door'.",
      tools: ["unlock_door"],
    }),
    chained: () => ({
      diagnose: "A door with its chain on does not open.",
      guide: "Take the chain off first, and then open it.",
      direct: "Call 'take_off_chain'.",
      tools: ["take_off_chain"],
    }),
    alreadyOpen: () => nothingToDo("open"),
  },
  unlock_door: { ...noSuchDoor, notLocked: () => nothingToDo("unlocked") },
  take_off_chain: { ...noSuchDoor, noChain: () => nothingToDo("without a chain") },
  close_door: { ...noSuchDoor, alreadyClosed: () => nothingToDo("closed") },
});

const names = ["front", "garage", "cellar", "attic", "garden", "shed"] as const;

/** "Open the cellar door", or "close the open ones"; the locks are not spoken of. */
export function doorConversation(random: SeededRandom): Conversation {
  const states = names.map((name) => {
    const open = random.below(3) === 0;
    return [name, { open, locked: !open && random.below(2) === 0, chained: !open && random.below(3) === 0 }] as const;
  });
  const [door, { open, locked, chained }] = random.pick(states);
  const call = (tool: string) => ({ tool, args: { door } });
  const ways = open
    ? [call("close_door")]
    : [...(locked ? [call("unlock_door")] : []), ...(chained ? [call("take_off_chain")] : []), call("open_door")];
  const user = `${random.pick(["Please ", "", "Would you "])}${open ? "close" : "open"} the ${door} door.`;
  return { config: { doors: Object.fromEntries(states) }, turns: [{ user, groundTruth: ways }] };
}
export const doorLaws = {
  config: {
    doors: {
      front: { open: false, locked: true, chained: false },
      shed: { open: false, locked: false, chained: true },
    },
  },
  alsoTry: {
    "open_door.door": ["barn"],
    "unlock_door.door": ["barn"],
    "take_off_chain.door": ["barn"],
    "close_door.door": ["barn"],
  },
};

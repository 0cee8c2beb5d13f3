/** Forty parcel lockers. Which one holds a parcel is told to nobody. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure, type Hints } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const count = 40;
const Wall = z.strictObject({
  parcels: z.record(z.string(), z.int().min(1).max(count)),
  handed_over: z.array(z.string()),
});
const wall = defineState({
  name: "ParcelLockers",
  state: Wall,
  config: z.strictObject({ parcels: Wall.shape.parcels }),
}).init(({ parcels }) => ({ parcels, handed_over: [] }));

const open_locker = wall
  .write({
    description: "Open a locker, 1 to 40, and hand over the parcel for a name that is in it.",
    args: z.object({ locker: z.int().min(1).max(count), name: z.string() }),
    result: z.strictObject({ name: z.string() }),
    failures: {
      notInHere: failure(
        z.strictObject({ locker: z.int(), name: z.string() }),
        ({ locker, name }) => `Locker ${locker} holds nothing for ${name}.`,
      ),
    },
    candidates: {
      locker: () => Array.from({ length: count }, (_, index) => index + 1),
      name: ({ parcels }) => Object.keys(parcels),
    },
  })
  .run(({ state, draft, args: { locker, name }, fail }) => {
    if (state.parcels[name] !== locker) return fail.notInHere({ locker, name });
    const next = draft();
    delete next.parcels[name];
    next.handed_over.push(name);
    return { name };
  });
const count_parcels = wall
  .read({
    description: "Tell how many parcels are waiting.",
    args: z.object({}),
    result: z.strictObject({ parcels: z.int() }),
  })
  .run(({ state }) => ({ parcels: Object.keys(state.parcels).length }));

export const lockers = wall.environment({
  tools: { open_locker, count_parcels },
  public: { handed_over: (state) => state.handed_over },
});

/** Says no more than is visible anyway. */
export const lockerHints: Hints = defineHints(lockers, {
  open_locker: {
    notInHere: () => ({
      diagnose: "A parcel is handed over only from the locker that it is in.",
      guide: "Try another locker.",
      direct: "",
    }),
  },
});
/** Gives the number away, which is visible nowhere else. */
export const tellingLockerHints: Hints = defineHints(lockers, {
  open_locker: {
    notInHere: ({ state, error }) => {
      const right = state.parcels[error.data.name];
      return {
        diagnose: "A parcel is handed over only from the locker that it is in.",
        guide: right === undefined ? "There is no parcel of that name." : `It is in locker ${right}.`,
        direct: "",
        ...(right === undefined ? {} : { argument: "locker", values: [right] }),
      };
    },
  },
});

const people = ["Falk", "Rossi", "Novak", "Ueda", "Lopes", "Haddad", "Costa", "Weiss", "Moreau", "Sato"] as const;
/** "Fetch the parcel for Rossi." */
export function lockerConversation(random: SeededRandom): Conversation {
  const here = people.filter(() => random.below(2) === 0);
  const name = random.pick(here.length > 0 ? here : people);
  const parcels = Object.fromEntries([...new Set([...here, name])].map((one) => [one, 1 + random.below(count)]));
  return {
    config: { parcels },
    turns: [
      {
        user: `${random.pick(["Fetch", "Get me", "Hand over"])} the parcel for ${name}.`,
        groundTruth: [{ tool: "open_locker", args: { locker: parcels[name]!, name } }],
      },
    ],
  };
}
export const lockerLaws = { config: { parcels: { Falk: 3, Sato: 17 } }, runs: 2000 };

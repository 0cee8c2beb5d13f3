import { z } from "zod";
import { defineState, type Environment, failure, joinEnvironments } from "../../../src/core/index.ts";
import { defineHints, type Hints } from "../../../src/feedback/define-hints.ts";
import type { Task } from "../../../src/task/task.ts";
import type { VerifySubject } from "../../../src/testing/verify/subject.ts";
import { tasks } from "./tasks.ts";

/** A parcel station without a fault: what every planted defect is planted in. */
export const Parcel = z.strictObject({ locker: z.string().nullable(), kilos: z.number().positive() });
export const State = z.strictObject({
  open: z.boolean(),
  pin: z.string(),
  lockers: z.array(z.string()),
  parcels: z.record(z.string(), Parcel),
});
export type State = z.output<typeof State>;
export const Config = State.omit({ open: true });
export const start = (config: z.output<typeof Config>): State => ({ open: false, ...config });
export const kit = defineState({ name: "Station", state: State, config: Config }).init(start);

export const isUnlocked = "the station is unlocked";
export const parcelsIn = ({ parcels }: State) => Object.keys(parcels);
export const takenIn = ({ parcels }: State) => Object.values(parcels).map(({ locker }) => locker);
export const freeIn = (state: State) => state.lockers.filter((locker) => !takenIn(state).includes(locker));

export const locked = failure(z.strictObject({}), () => "The station is locked.");
export const noParcel = failure(
  z.strictObject({ parcel: z.string() }),
  ({ parcel }) => `No parcel '${parcel}' is here.`,
);
export const noLocker = failure(
  z.strictObject({ locker: z.string() }),
  ({ locker }) => `There is no locker '${locker}'.`,
);
export const taken = failure(z.strictObject({ locker: z.string() }), ({ locker }) => `Locker '${locker}' is taken.`);
const wrongPin = failure(z.strictObject({}), () => "That is not the PIN.");
const alreadyOpen = failure(z.strictObject({}), () => "The station is unlocked already.");
const alreadyLocked = failure(z.strictObject({}), () => "The station is locked already.");

export const oneParcel = { args: z.object({ parcel: z.string() }), candidates: { parcel: parcelsIn } };

const list_parcels = kit
  .read({
    description: "List all parcels and their lockers.",
    args: z.object({}),
    result: z.array(z.strictObject({ parcel: z.string(), locker: z.string().nullable() })),
  })
  .run(({ state }) => Object.entries(state.parcels).map(([parcel, { locker }]) => ({ parcel, locker })));

const weigh = kit
  .read({
    description: "Weigh a parcel.",
    ...{ ...oneParcel, result: z.strictObject({ kilos: z.number() }), failures: { noParcel } },
  })
  .run(({ state, args, fail }) => {
    if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
    return { kilos: state.parcels[args.parcel]!.kilos };
  });

const unlock = kit
  .write({
    description: "Unlock the station.",
    ...{ args: z.object({ pin: z.string() }), result: z.null(), failures: { wrongPin, alreadyOpen } },
    ...{ candidates: { pin: ({ pin }) => [pin] }, provides: [isUnlocked] },
  })
  .run(({ state, draft, args, fail }) => {
    if (state.open) return fail.alreadyOpen({});
    if (args.pin !== state.pin) return fail.wrongPin({});
    draft().open = true;
    return null;
  });

const lock = kit
  .write({ description: "Lock the station.", args: z.object({}), result: z.null(), failures: { alreadyLocked } })
  .run(({ state, draft, fail }) => {
    if (!state.open) return fail.alreadyLocked({});
    draft().open = false;
    return null;
  });

export const stow = kit
  .write({
    description: "Put a parcel into a free locker.",
    args: z.object({ parcel: z.string(), locker: z.string() }),
    ...{ result: z.strictObject({ free: z.int() }), failures: { locked, noParcel, noLocker, taken } },
    ...{ candidates: { parcel: parcelsIn, locker: ({ lockers }) => lockers }, requires: [isUnlocked] },
    ensures: {
      "it tells how many lockers are free then": ({ after, value }) => value.free === freeIn(after).length,
    },
  })
  .run(({ state, draft, args: { parcel, locker }, fail }) => {
    if (!state.open) return fail.locked({});
    if (!Object.hasOwn(state.parcels, parcel)) return fail.noParcel({ parcel });
    if (!state.lockers.includes(locker)) return fail.noLocker({ locker });
    if (takenIn(state).includes(locker)) return fail.taken({ locker });
    const free = freeIn(state).length - (state.parcels[parcel]!.locker === null ? 1 : 0);
    draft().parcels[parcel]!.locker = locker;
    return { free };
  });

export const hand_out = kit
  .write({
    description: "Hand a parcel out; it leaves the station.",
    ...{ ...oneParcel, result: z.strictObject({ left: z.int() }), failures: { locked, noParcel } },
    requires: [isUnlocked],
    ensures: { "it tells how many parcels are left": ({ after, value }) => value.left === parcelsIn(after).length },
  })
  .run(({ state, draft, args, fail }) => {
    if (!state.open) return fail.locked({});
    if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
    delete draft().parcels[args.parcel];
    return { left: parcelsIn(state).length - 1 };
  });

export const tools = { list_parcels, weigh, unlock, lock, stow, hand_out };
export const invariants = {
  "no locker holds two parcels": (state: State) => {
    const held = takenIn(state).filter((locker) => locker !== null);
    return new Set(held).size === held.length;
  },
};

const unlockFirst = () => ({
  diagnose: `Parcels are moved only while ${isUnlocked}, and it is not.`,
  guide: "It is to be unlocked with its PIN first.",
  direct: "Call 'unlock'.",
  ...{ unmet: [isUnlocked], tools: ["unlock"] },
});
const listFirst = () => ({
  diagnose: "No parcel of that number is in the station.",
  guide: "Look at which parcels there are.",
  direct: "Call 'list_parcels'.",
  tools: ["list_parcels"],
});
const nothingToDo = (now: string) => () => ({
  diagnose: `It is ${now} already.`,
  guide: "Nothing is left to do about it.",
  direct: "",
});
/** The hints on a failure, by tool and code. */
export const rules = {
  weigh: { noParcel: listFirst },
  unlock: {
    wrongPin: () => ({ diagnose: "Another PIN was set.", guide: "Ask the user for the PIN.", direct: "" }),
    alreadyOpen: nothingToDo("unlocked"),
  },
  lock: { alreadyLocked: nothingToDo("locked") },
  stow: {
    locked: unlockFirst,
    noParcel: listFirst,
    noLocker: () => ({ diagnose: "No locker is called that.", guide: "Look at how it is spelt.", direct: "" }),
    taken: ({ state }: { state: State }) => ({
      diagnose: `There is a parcel in it; ${freeIn(state).length} lockers are free.`,
      guide: "Take one that is free.",
      direct: "Call 'list_parcels' for those that are not.",
      tools: ["list_parcels"],
    }),
  },
  hand_out: { locked: unlockFirst, noParcel: listFirst },
};

/** What is to be other than in the sound station. */
export interface Plant {
  readonly tools?: object;
  /** By tool and code, beside or in place of the sound ones. */
  readonly rules?: Readonly<Record<string, object>>;
  readonly tasks?: readonly Task[];
  readonly invariants?: object;
  /** Another schema of its state. */
  readonly state?: z.ZodType<object>;
}

/** The station with something planted in it, as `verify` looks at it. */
export function station(plant: Plant = {}): VerifySubject {
  const own = plant.state ? defineState({ name: "Station", state: plant.state, config: Config }).init(start) : kit;
  const parts = { tools: { ...tools, ...plant.tools }, invariants: { ...invariants, ...plant.invariants } };
  const environment = own.environment(parts as never) as Environment;
  const table: Record<string, object> = { ...rules };
  for (const [tool, codes] of Object.entries(plant.rules ?? {})) table[tool] = { ...table[tool], ...codes };
  const hints = defineHints(environment, table as never) as Hints;
  const joined = joinEnvironments({ Station: environment }) as Environment;
  return {
    ...{ name: "station", hash: "", seed: "0", quick: false, tasks: plant.tasks ?? tasks },
    ...{ environments: { Station: environment }, hints: { Station: hints }, environmentOf: () => joined },
    laws: { Station: { runs: 120, maxCalls: 30 } },
  };
}

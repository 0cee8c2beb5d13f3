import type { Task } from "../../../src/task/task.ts";

export const pin = "7-41-9B";
const config = {
  Station: {
    pin,
    lockers: ["A1", "A2", "B1", "B2", "C3"],
    parcels: {
      "P-1042": { locker: "A1", kilos: 2.5 },
      "P-2077": { locker: null, kilos: 0.75 },
      "P-3150": { locker: "B1", kilos: 4 },
    },
  },
};

export const call = (tool: string, args: Record<string, unknown> = {}) => ({ tool, args });
const unlocking = { user: `Please unlock the station, its PIN is ${pin}.`, groundTruth: [call("unlock", { pin })] };

export const task = (id: string, category: Task["category"], turns: Task["turns"]): Task => ({
  ...{ id, family: id, category, environments: ["Station"], config, longContext: false, turns },
});

export const handedOut = task("handed_out", "base", [
  { user: "How heavy is parcel P-1042?", groundTruth: [call("weigh", { parcel: "P-1042" })] },
  {
    user: `The PIN of the station is ${pin}. Unlock it, and hand out P-1042.`,
    groundTruth: [call("unlock", { pin }), call("hand_out", { parcel: "P-1042" })],
  },
]);
export const stowedLater = task("stowed_later", "miss_func", [
  { ...unlocking, holdOut: ["stow"] },
  { user: "Put parcel P-2077 into locker C3.", groundTruth: [] },
  {
    user: "There are more tools now. Go on.",
    ...{ groundTruth: [call("stow", { parcel: "P-2077", locker: "C3" })], release: ["stow"] },
  },
]);
export const lockerUnsaid = task("locker_unsaid", "miss_param", [
  unlocking,
  { user: "Put parcel P-2077 into the locker that I have in mind.", groundTruth: [] },
  { user: "I mean B2.", groundTruth: [call("stow", { parcel: "P-2077", locker: "B2" })] },
]);
export const eitherLocker = task("either_locker", "base", [
  {
    user: `Unlock the station (PIN ${pin}) and put P-2077 into B2 or C3, as you like.`,
    groundTruth: [call("unlock", { pin }), call("stow", { parcel: "P-2077", locker: "C3" })],
    goal: {
      reach: [
        { path: "Station/open", equals: true },
        { path: "Station/parcels/P-2077/locker", oneOf: ["B2", "C3"] },
      ],
    },
  },
]);
/** Nothing is wrong with these. */
export const tasks = [handedOut, stowedLater, lockerUnsaid, eitherLocker];

/** The sound tasks with another in place of one. */
export const withTask = (changed: Task): readonly Task[] => tasks.map((one) => (one.id === changed.id ? changed : one));

/** A task with another turn in place of one, or with that turn changed. */
export const withTurn = (one: Task, turn: number, changed: Partial<Task["turns"][number]>): readonly Task[] =>
  withTask({ ...one, turns: one.turns.with(turn, { ...one.turns[turn]!, ...changed }) });

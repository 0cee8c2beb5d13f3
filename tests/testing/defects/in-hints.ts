import type { HintContext } from "../../../src/feedback/define-hints.ts";
import type { Defects } from "./defect.ts";
import { isUnlocked, kit, parcelsIn, rules, type State, stow } from "./station.ts";
import { tasks } from "./tasks.ts";

type Context = Omit<HintContext<State>, "args"> & { readonly args: Readonly<Record<string, string>> };
const plain = { diagnose: "It cannot be done.", guide: "Look at what there is.", direct: "" };
const on = (tool: string, code: string, rule: (context: Context) => object) => ({
  rules: { [tool]: { [code]: rule } },
});

/** What is amiss in a hint. */
export const inHints: Defects = {
  "hint that lies: the value that it offers fails just as well": {
    ...{ check: "hint-lint", tool: "stow", says: "breaks 'differs'" },
    plant: () =>
      on("stow", "taken", ({ state }) => {
        const [first] = state.lockers;
        return { ...plain, guide: `For locker, try '${first}'.`, argument: "locker", values: [first] };
      }),
  },
  "hint that lies: it names another tool than the one that helps": {
    ...{ check: "hint-lint", tool: "hand_out", says: "breaks 'leads'" },
    plant: () =>
      on("hand_out", "locked", () => ({
        ...{ ...rules.hand_out.locked(), direct: "Call 'lock'.", tools: ["lock"] },
      })),
  },
  "hint that lies: there is no such tool": {
    ...{ check: "hint-lint", tool: "hand_out", says: "no tool is named 'open_station'" },
    plant: () =>
      on("hand_out", "locked", () => ({
        ...{ ...rules.hand_out.locked(), direct: "Call 'open_station'.", tools: ["open_station"] },
      })),
  },
  "hint that lies: there is no such locker": {
    ...{ check: "hint-lint", tool: "stow", says: "breaks 'real'" },
    plant: () => on("stow", "noLocker", () => ({ ...plain, guide: "The large one is 'XL'." })),
  },
  "leaking hint: it tells the PIN": {
    ...{ check: "hint-lint", tool: "unlock", says: "breaks 'unseen'" },
    plant: () =>
      on("unlock", "wrongPin", ({ state }) => ({ ...plain, diagnose: `The PIN is ${state.pin}, and not this.` })),
  },
  "leaking hint: it lists all parcels, the ones still to come too": {
    ...{ check: "hint-lint", tool: "weigh", says: "breaks 'unseen'" },
    plant: () =>
      on("weigh", "noParcel", ({ state }) => ({
        ...plain,
        diagnose: `There is no such parcel; there are ${parcelsIn(state).join(", ")}.`,
      })),
  },
  "leaking hint: it writes the call that is the answer": {
    ...{ check: "hint-lint", tool: "stow", says: "breaks 'solution'" },
    plant: () =>
      on("stow", "noLocker", ({ args }) => ({
        ...plain,
        guide: `Call 'stow' with ${args.parcel === "P-2077" ? "P-2077 and C3" : "another locker"}.`,
      })),
  },
  "hint that depends on the future: it looks the next call up in the tasks": {
    ...{ check: "hint-lint", tool: "weigh", says: "breaks 'unseen'" },
    plant: () =>
      on("weigh", "noParcel", ({ history }) => {
        const calls = tasks[0]!.turns.flatMap(({ groundTruth }) => groundTruth);
        const next = calls[history.length + 1];
        return { ...plain, diagnose: `This is no parcel. What is wanted next is ${JSON.stringify(next?.args)}.` };
      }),
  },
  "hint that depends on the future: it repeats what the replay of the ground truth left in a variable": {
    ...{ check: "non-interference", task: "stowed_later", says: "a model reads something else" },
    plant: () => {
      let latest = "none";
      const remembering = kit.write({ ...stow.spec }).run((context) => {
        latest = context.args.locker;
        return stow.run(context) as never;
      });
      return {
        tools: { stow: remembering },
        ...on("unlock", "wrongPin", () => ({ ...plain, guide: `The locker asked for last was ${latest}.` })),
      };
    },
  },
  "hint that depends on how often it was asked": {
    ...{ check: "non-interference", says: "a model reads something else" },
    plant: () => {
      let asked = 0;
      return on("hand_out", "locked", () => ({
        ...{ ...rules.hand_out.locked(), guide: `Unlock it first; this is reminder ${++asked}.` },
      }));
    },
  },
  "hint that throws: there need not be a call before": {
    ...{ check: "hint-lint", tool: "stow", says: "breaks 'throws'" },
    plant: () =>
      on("stow", "locked", ({ history }) => ({
        ...plain,
        diagnose: `It is locked, and ${history.at(-1)!.call.tool} did not change that.`,
      })),
  },
  "hint that changes what it reads: it sorts the lockers in place": {
    ...{ law: "hintsChangeNothing", tool: "stow", says: "its hint on 'taken' throws" },
    plant: () =>
      on("stow", "taken", ({ state }) => ({ ...plain, diagnose: `It is taken; lockers: ${state.lockers.sort()}.` })),
  },
  "hint that names a tool too soon: `guide` gives the name": {
    ...{ check: "hint-lint", tool: "hand_out", says: "breaks 'nameless'" },
    plant: () => on("hand_out", "noParcel", () => ({ ...plain, guide: "Look with list_parcels at which there are." })),
  },
  "hint that names a tool that is held out": {
    ...{ check: "hint-lint", tool: "unlock", says: "breaks 'available'" },
    plant: () => on("unlock", "alreadyOpen", () => ({ ...plain, direct: "Go on with 'stow'." })),
  },
  "hint that offers too much: five values to choose from": {
    ...{ check: "hint-lint", tool: "stow", says: "breaks 'narrow'" },
    plant: () =>
      on("stow", "noLocker", ({ state }) => ({
        ...{ ...plain, guide: `For locker, one of ${state.lockers.join(", ")}.` },
        ...{ argument: "locker", values: state.lockers },
      })),
  },
  "hint whose text lacks what its data say": {
    ...{ check: "hint-lint", tool: "hand_out", says: "breaks 'recoverable'" },
    plant: () => on("hand_out", "locked", () => ({ ...plain, unmet: [isUnlocked] })),
  },
};

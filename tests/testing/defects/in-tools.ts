import { z } from "zod";
import { failure } from "../../../src/core/index.ts";
import type { Defects } from "./defect.ts";
import {
  freeIn,
  hand_out,
  isUnlocked,
  kit,
  locked,
  noLocker,
  noParcel,
  oneParcel,
  Parcel,
  parcelsIn,
  State,
  stow,
  taken,
} from "./station.ts";

const nothing = z.object({});
const Kilos = z.strictObject({ kilos: z.number() });
const weighing = { description: "Weigh a parcel.", ...oneParcel, result: Kilos, failures: { noParcel } };
const handing = { ...hand_out.spec };
const stowing = { ...stow.spec };

/** What is amiss in a tool or a schema. */
export const inTools: Defects = {
  "mutation of another state: a tool changes the state it was given to read": {
    ...{ law: "total", tool: "hand_out", says: "states are frozen: change what `draft()` returns" },
    plant: () => ({
      tools: {
        hand_out: kit.write(handing).run(({ state, args, fail }) => {
          if (!state.open) return fail.locked({});
          if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
          delete (state.parcels as Record<string, unknown>)[args.parcel];
          return { left: parcelsIn(state).length };
        }),
      },
    }),
  },
  "stale result: a list is kept until the next change, and one change forgets to drop it": {
    ...{ law: "deterministic", tool: "list_parcels", says: "not on a variable of the module" },
    plant: () => {
      let kept: { parcel: string; locker: string | null }[] | undefined;
      const Listed = z.array(z.strictObject({ parcel: z.string(), locker: z.string().nullable() }));
      return {
        tools: {
          list_parcels: kit
            .read({ description: "List all parcels.", args: nothing, result: Listed })
            .run(({ state }) => {
              kept ??= Object.entries(state.parcels).map(([parcel, { locker }]) => ({ parcel, locker }));
              return kept.map((one) => ({ ...one }));
            }),
          hand_out: kit.write(handing).run((context) => {
            kept = undefined;
            return hand_out.run(context) as never;
          }),
        },
      };
    },
  },
  "stale result: it tells what was so before the change": {
    ...{ law: "ensured", tool: "hand_out", says: "'it tells how many parcels are left' is not so" },
    plant: () => ({
      tools: {
        hand_out: kit.write(handing).run(({ state, draft, args, fail }) => {
          if (!state.open) return fail.locked({});
          if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
          delete draft().parcels[args.parcel];
          return { left: parcelsIn(state).length };
        }),
      },
    }),
  },
  "wrong failure code: a locker that is taken is said not to exist": {
    ...{ law: "everyFailureReached", tool: "stow", says: "met its failure 'taken'" },
    plant: () => ({
      tools: {
        stow: kit.write(stowing).run((context) => {
          const { state, args, fail } = context as { state: State; args: { locker: string }; fail: any };
          const isFree = freeIn(state).includes(args.locker);
          if (state.open && !isFree) return fail.noLocker({ locker: args.locker });
          return stow.run(context) as never;
        }),
      },
    }),
  },
  "clock read: a receipt has the time of the machine": {
    ...{ law: "deterministic", tool: "receipt", says: "reads Date.now()" },
    plant: () => ({
      tools: {
        receipt: kit
          .read({ description: "Print a receipt.", args: nothing, result: z.strictObject({ at: z.number() }) })
          .run(() => ({ at: Date.now() })),
      },
    }),
  },
  "chance asked: a locker is drawn": {
    ...{ law: "deterministic", tool: "any_locker", says: "reads Math.random()" },
    plant: () => ({
      tools: {
        any_locker: kit
          .read({ description: "Name a locker.", args: nothing, result: z.string() })
          .run(({ state }) => state.lockers[Math.floor(Math.random() * state.lockers.length)]!),
      },
    }),
  },
  "shared array: a list of the module goes on growing in a result": {
    ...{ law: "persistent", tool: "visits", says: "is the very object that an earlier call returned" },
    plant: () => {
      const seen: string[] = [];
      return {
        tools: {
          visits: kit.read({ description: "Who asked.", ...oneParcel, result: z.array(z.string()) }).run(({ args }) => {
            if (!seen.includes(args.parcel)) seen.push(args.parcel);
            return seen;
          }),
        },
      };
    },
  },
  "unreachable failure: one is declared that nothing leads to": {
    ...{ law: "everyFailureReached", tool: "weigh", says: "met its failure 'locked'" },
    plant: () => ({
      tools: {
        weigh: kit.read({ ...weighing, failures: { noParcel, locked } }).run(({ state, args, fail }) => {
          if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
          return { kilos: state.parcels[args.parcel]!.kilos };
        }),
      },
      rules: { weigh: { locked: () => ({ diagnose: "It is locked.", guide: "Unlock it.", direct: "" }) } },
    }),
  },
  "a tool that never succeeds: it compares texts as numbers": {
    ...{ law: "everyToolSucceeds", tool: "unlock", says: "in none of 120 programs did it succeed (wrongPin" },
    plant: () => {
      const [wrongPin, alreadyOpen] = ["That is not the PIN.", "It is open."].map((text) =>
        failure(z.strictObject({}), () => text),
      );
      const failures = { wrongPin: wrongPin!, alreadyOpen: alreadyOpen! };
      return {
        tools: {
          unlock: kit
            .write({
              description: "Unlock the station.",
              ...{ args: z.object({ pin: z.string() }), result: z.null(), failures, provides: [isUnlocked] },
              candidates: { pin: ({ pin }) => [pin] },
            })
            .run(({ state, draft, args, fail }) => {
              if (state.open) return fail.alreadyOpen({});
              if (Number(args.pin) !== Number(state.pin)) return fail.wrongPin({});
              draft().open = true;
              return null;
            }),
        },
      };
    },
  },
  "schema too loose: the state takes anything": {
    ...{ law: "closed", says: "takes anything at 'parcels'" },
    plant: () => ({ state: z.strictObject({ ...State.shape, parcels: z.any() }) }),
  },
  "schema too loose: a result may be anything": {
    ...{ law: "typed", tool: "weigh", says: "`result` takes anything" },
    plant: () => ({
      tools: {
        weigh: kit.read({ ...weighing, result: z.any() }).run(({ state, args, fail }) => {
          if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
          return state.parcels[args.parcel]!.kilos;
        }),
      },
    }),
  },
  "schema too loose: an argument may be anything": {
    ...{ law: "typed", tool: "stow", says: "the schema of its arguments takes anything at 'locker'" },
    plant: () => ({
      tools: {
        stow: kit
          .write({ ...stowing, args: z.object({ parcel: z.string(), locker: z.any() }) })
          .run((context) => stow.run(context) as never),
      },
    }),
  },
  "schema too strict: a weight is no whole number": {
    ...{ law: "typed", tool: "weigh", says: "the result does not fit `result` at 'kilos'" },
    plant: () => ({
      tools: {
        weigh: kit.read({ ...weighing, result: z.strictObject({ kilos: z.int() }) }).run(({ state, args, fail }) => {
          if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
          return { kilos: state.parcels[args.parcel]!.kilos };
        }),
      },
    }),
  },
  "a state that its schema refuses: an argument allows what the state does not": {
    ...{ law: "closed", tool: "repack", says: "does not fit its schema at 'parcels/" },
    plant: () => ({
      tools: {
        repack: kit
          .write({
            description: "Correct a weight.",
            args: z.object({ parcel: z.string(), kilos: z.number().min(-100).max(100) }),
            ...{ result: z.null(), failures: { noParcel }, candidates: { parcel: parcelsIn } },
          })
          .run(({ state, draft, args: { parcel, kilos }, fail }) => {
            if (!Object.hasOwn(state.parcels, parcel)) return fail.noParcel({ parcel });
            draft().parcels[parcel]!.kilos = kilos;
            return null;
          }),
      },
      rules: { repack: { noParcel: () => ({ diagnose: "No such parcel.", guide: "Look again.", direct: "" }) } },
    }),
  },
  "a throw in place of a failure": {
    ...{ law: "total", tool: "weigh", says: "return `fail.code(data)`" },
    plant: () => ({
      tools: { weigh: kit.read(weighing).run(({ state, args }) => ({ kilos: state.parcels[args.parcel]!.kilos })) },
    }),
  },
  "a check that is forgotten: two parcels in one locker": {
    ...{ law: "invariant", tool: "stow", says: "'no locker holds two parcels' does not hold" },
    plant: () => ({
      tools: {
        stow: kit.write({ ...stowing, failures: { locked, noParcel, noLocker, taken } }).run((context) => {
          const { state, draft, args, fail } = context as any;
          if (!state.open) return fail.locked({});
          if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel({ parcel: args.parcel });
          if (!state.lockers.includes(args.locker)) return fail.noLocker({ locker: args.locker });
          const next = draft();
          next.parcels[args.parcel].locker = args.locker;
          return { free: freeIn(next).length };
        }),
      },
    }),
  },
  "a value that JSON has not: a mean of no parcels": {
    ...{ law: "serialisable", tool: "mean_weight", says: "of the result is no JSON" },
    plant: () => ({
      tools: {
        mean_weight: kit
          .read({ description: "Tell the mean weight.", args: nothing, result: z.union([z.number(), z.nan()]) })
          .run(({ state }) => {
            const all = Object.values(state.parcels).map(({ kilos }) => kilos);
            return all.reduce((sum, one) => sum + one, 0) / all.length;
          }),
      },
    }),
  },
  "candidates that the tool's own arguments refuse": {
    ...{ law: "typed", tool: "weigh", says: "its candidates for 'parcel' hold" },
    plant: () => ({
      tools: {
        weigh: kit
          .read({ ...weighing, args: z.object({ parcel: z.string().regex(/^p-\d+$/) }) })
          .run(({ state, args, fail }) => {
            if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
            return { kilos: state.parcels[args.parcel]!.kilos };
          }),
      },
    }),
  },
  "a state with more in it than its schema says": {
    ...{ law: "closed", tool: "note", says: "holds what its schema does not name" },
    plant: () => ({
      state: z.object({ ...State.shape, parcels: z.record(z.string(), z.object(Parcel.shape)) }),
      tools: {
        note: kit
          .write({ description: "Note that it was seen.", ...oneParcel, result: z.null(), failures: { noParcel } })
          .run(({ state, draft, args, fail }) => {
            if (!Object.hasOwn(state.parcels, args.parcel)) return fail.noParcel(args);
            (draft().parcels[args.parcel] as { seen?: boolean }).seen = true;
            return null;
          }),
      },
      rules: { note: { noParcel: () => ({ diagnose: "No such parcel.", guide: "Look again.", direct: "" }) } },
    }),
  },
};

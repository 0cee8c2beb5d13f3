/** The parcel desk of a post office. What its hints say of stamps is the difference, where the whole is meant. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Parcel = z.strictObject({ grams: z.int(), taped: z.boolean(), stamps: z.int(), sent: z.boolean() });
const Desk = z.strictObject({ parcels: z.record(z.string(), Parcel) });
type Desk = z.output<typeof Desk>;
const desk = defineState({
  name: "ParcelDesk",
  state: Desk,
  config: z.strictObject({ parcels: z.record(z.string(), z.strictObject({ grams: z.int(), taped: z.boolean() })) }),
}).init(({ parcels }) => ({
  parcels: Object.fromEntries(Object.entries(parcels).map(([to, one]) => [to, { ...one, stamps: 0, sent: false }])),
}));

const most = 8;
const stampsFor = (grams: number) => Math.min(most, 2 + Math.floor(grams / 500));
const addressed = z.strictObject({ to: z.string() });
const noParcel = failure(addressed, ({ to }) => `No parcel to '${to}' lies here.`);
const addressees = (state: Desk) => Object.keys(state.parcels);
const candidates = { to: addressees };
const args = z.object({ to: z.string() });
const result = z.strictObject({ to: z.string(), done: z.string() });

const weigh_parcel = desk
  .read({
    description: "Weigh a parcel: its grams, and how many stamps it needs.",
    ...{ args, candidates },
    result: z.strictObject({ grams: z.int(), stamps: z.int() }),
    failures: { noParcel },
    provides: ["its postage is known"],
  })
  .run(({ state, args: { to }, fail }) => {
    if (!Object.hasOwn(state.parcels, to)) return fail.noParcel({ to });
    const { grams } = state.parcels[to]!;
    return { grams, stamps: stampsFor(grams) };
  });
const tape_parcel = desk
  .write({
    description: "Tape a parcel up.",
    ...{ args, result, candidates },
    failures: { noParcel, isTaped: failure(addressed, ({ to }) => `The parcel to ${to} is taped.`) },
    provides: ["it is taped"],
  })
  .run(({ state, draft, args: { to }, fail }) => {
    if (!Object.hasOwn(state.parcels, to)) return fail.noParcel({ to });
    if (state.parcels[to]!.taped) return fail.isTaped({ to });
    draft().parcels[to]!.taped = true;
    return { to, done: "taped" };
  });
const stick_stamps = desk
  .write({
    description: "Stick so many stamps on a parcel, 1 to 8; it has to be exactly its postage.",
    args: z.object({ to: z.string(), stamps: z.int().min(1).max(most) }),
    result,
    failures: {
      noParcel,
      isStamped: failure(addressed, ({ to }) => `The parcel to ${to} has its stamps.`),
      wrongPostage: failure(
        z.strictObject({ stamps: z.int(), difference: z.int().min(1) }),
        ({ stamps }) => `With ${stamps} stamps its postage is not right.`,
      ),
    },
    candidates: { to: addressees, stamps: () => [1, 2, 3, 4, 5, 6, 7, 8] },
    requires: ["its postage is known"],
    provides: ["it has its stamps"],
  })
  .run(({ state, draft, args: { to, stamps }, fail }) => {
    if (!Object.hasOwn(state.parcels, to)) return fail.noParcel({ to });
    const parcel = state.parcels[to]!;
    if (parcel.stamps > 0) return fail.isStamped({ to });
    const needed = stampsFor(parcel.grams);
    if (stamps !== needed) return fail.wrongPostage({ stamps, difference: Math.abs(needed - stamps) });
    draft().parcels[to]!.stamps = stamps;
    return { to, done: "stamped" };
  });
const send_parcel = desk
  .write({
    description: "Send a parcel off.",
    ...{ args, result, candidates },
    failures: {
      noParcel,
      notTaped: failure(addressed, ({ to }) => `The parcel to ${to} would come open.`),
      noStamps: failure(addressed, ({ to }) => `The parcel to ${to} has no stamps.`),
      isSent: failure(addressed, ({ to }) => `The parcel to ${to} is on its way.`),
    },
    requires: ["it is taped", "it has its stamps"],
  })
  .run(({ state, draft, args: { to }, fail }) => {
    if (!Object.hasOwn(state.parcels, to)) return fail.noParcel({ to });
    const parcel = state.parcels[to]!;
    if (parcel.sent) return fail.isSent({ to });
    if (parcel.stamps === 0) return fail.noStamps({ to });
    if (!parcel.taped) return fail.notTaped({ to });
    draft().parcels[to]!.sent = true;
    return { to, done: "sent" };
  });

export const parcelDesk = desk.environment({ tools: { weigh_parcel, tape_parcel, stick_stamps, send_parcel } });
const missing = ({ error }: { error: { data: { to: string } } }) => namedAdvice(error.data.to);
const unneeded = "That step is not needed; go on.";
export const differenceHints = defineHints(parcelDesk, {
  weigh_parcel: { noParcel: missing },
  tape_parcel: { noParcel: missing, isTaped: stepAdvice("It is taped up already.", unneeded) },
  stick_stamps: {
    noParcel: missing,
    isStamped: stepAdvice("It has its stamps already.", unneeded),
    wrongPostage: ({ error }) => {
      const { stamps, difference } = error.data;
      return {
        diagnose: `${stamps} stamps are not its postage.`,
        guide: `Stick ${difference} on it.`,
        direct: `Call 'stick_stamps' with stamps=${difference}.`,
        ...{ argument: "stamps", values: [difference], tools: ["stick_stamps"] },
      };
    },
  },
  send_parcel: {
    noParcel: missing,
    notTaped: stepAdvice("Only what is taped is sent.", "Tape it up first.", "tape_parcel"),
    noStamps: stepAdvice("Only what has its stamps is sent.", "Stick its postage on first.", "stick_stamps"),
    isSent: stepAdvice("It is on its way already.", unneeded),
  },
});

const people = ["Lund", "Mbeki", "Noor", "Olsen", "Pavel", "Quinn", "Ruiz", "Stein"] as const;
/** "Weigh the parcel to Noor and stick the stamps on." "Send it off." */
export function parcelConversation(random: SeededRandom): Conversation {
  const to = random.pick(people);
  const here = people.filter((one) => one === to || random.below(3) === 0);
  const parcels = Object.fromEntries(
    here.map((one) => [one, { grams: 50 * (1 + random.below(60)), taped: random.below(2) === 0 }]),
  );
  const stamps = stampsFor(parcels[to]!.grams);
  const tape = parcels[to]!.taped ? [] : [{ tool: "tape_parcel", args: { to } }];
  const turns = [
    {
      user: `${random.pick(["Weigh the parcel", "Please weigh the parcel"])} to ${to}, and stick its stamps on.`,
      groundTruth: [
        { tool: "weigh_parcel", args: { to } },
        { tool: "stick_stamps", args: { to, stamps } },
      ],
    },
    { user: `Send the parcel to ${to} off.`, groundTruth: [...tape, { tool: "send_parcel", args: { to } }] },
  ];
  return { config: { parcels }, turns: random.below(2) === 0 ? turns : turns.slice(0, 1) };
}
export const parcelLaws = {
  config: { parcels: { Noor: { grams: 700, taped: false }, Ruiz: { grams: 2000, taped: true } } },
  alsoTry: Object.fromEntries(Object.keys(parcelDesk.tools).map((tool) => [`${tool}.to`, ["Nemo"]])),
};

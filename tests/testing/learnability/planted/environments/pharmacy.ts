/** The counter of a pharmacy: the number of a prescription has to be looked up, and stock may have to be ordered first. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Prescription = z.strictObject({ patient: z.string(), medicine: z.string() });
const Counter = z.strictObject({
  prescriptions: z.record(z.string(), Prescription),
  stock: z.record(z.string(), z.int().min(0)),
  dispensed: z.record(z.string(), z.int()),
});
type Counter = z.output<typeof Counter>;
const counter = defineState({
  name: "Pharmacy",
  state: Counter,
  config: z.strictObject({ prescriptions: Counter.shape.prescriptions, stock: Counter.shape.stock }),
}).init((config) => ({ ...config, dispensed: {} }));

const patients = ({ prescriptions }: Counter) => Object.values(prescriptions).map(({ patient }) => patient);
const numbers = ({ prescriptions }: Counter) => Object.keys(prescriptions);
const medicines = ({ stock }: Counter) => Object.keys(stock);
const unknownMedicine = failure(
  z.strictObject({ medicine: z.string() }),
  ({ medicine }) => `'${medicine}' is not on the list.`,
);

const find_prescription = counter
  .read({
    description: "Find the prescription of a patient: its number and the medicine.",
    args: z.object({ patient: z.string() }),
    result: z.strictObject({ number: z.string(), medicine: z.string() }),
    failures: {
      noPrescription: failure(
        z.strictObject({ patient: z.string() }),
        ({ patient }) => `There is no prescription for '${patient}'.`,
      ),
    },
    candidates: { patient: patients },
    provides: ["the number is known"],
  })
  .run(({ state, args: { patient }, fail }) => {
    const found = Object.entries(state.prescriptions).find(([, one]) => one.patient === patient);
    return found ? { number: found[0], medicine: found[1].medicine } : fail.noPrescription({ patient });
  });
const dispense = counter
  .write({
    description: "Dispense so many packs on the number of a prescription.",
    args: z.object({ number: z.string(), packs: z.int().min(1).max(5) }),
    result: z.strictObject({ number: z.string(), packs: z.int() }),
    failures: {
      unknownNumber: failure(z.strictObject({ number: z.string() }), ({ number }) => `'${number}' is no number.`),
      tooFew: failure(
        z.strictObject({ medicine: z.string(), left: z.int() }),
        ({ medicine, left }) => `Of ${medicine} there are ${left} packs.`,
      ),
    },
    candidates: { number: numbers, packs: () => [1, 2, 3] },
    requires: ["the number is known", "it is in stock"],
  })
  .run(({ state, draft, args: { number, packs }, fail }) => {
    if (!Object.hasOwn(state.prescriptions, number)) return fail.unknownNumber({ number });
    const { medicine } = state.prescriptions[number]!;
    const left = state.stock[medicine] ?? 0;
    if (left < packs) return fail.tooFew({ medicine, left });
    const next = draft();
    next.stock[medicine] = left - packs;
    next.dispensed[number] = (state.dispensed[number] ?? 0) + packs;
    return { number, packs };
  });
const order_medicine = counter
  .write({
    description: "Order a box of ten packs of a medicine; it comes at once.",
    args: z.object({ medicine: z.string() }),
    result: z.strictObject({ medicine: z.string(), packs: z.int() }),
    failures: { unknownMedicine },
    candidates: { medicine: medicines },
    provides: ["it is in stock"],
  })
  .run(({ state, draft, args: { medicine }, fail }) => {
    if (!Object.hasOwn(state.stock, medicine)) return fail.unknownMedicine({ medicine });
    draft().stock[medicine]! += 10;
    return { medicine, packs: state.stock[medicine]! + 10 };
  });
const check_stock = counter
  .read({
    description: "Tell how many packs of a medicine there are.",
    args: z.object({ medicine: z.string() }),
    result: z.strictObject({ medicine: z.string(), packs: z.int() }),
    failures: { unknownMedicine },
    candidates: { medicine: medicines },
  })
  .run(({ state, args: { medicine }, fail }) =>
    Object.hasOwn(state.stock, medicine)
      ? { medicine, packs: state.stock[medicine]! }
      : fail.unknownMedicine({ medicine }),
  );

export const pharmacy = counter.environment({ tools: { find_prescription, dispense, order_medicine, check_stock } });
const noMedicine = ({ error }: { error: { data: { medicine: string } } }) => namedAdvice(error.data.medicine);
export const pharmacyHints = defineHints(pharmacy, {
  find_prescription: {
    noPrescription: stepAdvice("No prescription is in that name.", "Take the name that the user said."),
  },
  dispense: {
    unknownNumber: stepAdvice(
      "Prescriptions go by a number, which nobody says.",
      "Find the prescription of the patient first, and take the number from there.",
      "find_prescription",
    ),
    tooFew: ({ error }) => ({
      diagnose: `There is not enough of ${error.data.medicine} in stock.`,
      guide: `Order '${error.data.medicine}' first, then dispense.`,
      direct: "Call 'order_medicine'.",
      tools: ["order_medicine"],
    }),
  },
  order_medicine: { unknownMedicine: noMedicine },
  check_stock: { unknownMedicine: noMedicine },
});

const people = ["Adler", "Bianchi", "Castro", "Duval", "Eriksen", "Farkas", "Greco", "Horvat"] as const;
const drugs = ["ibuprofen", "codeine", "insulin", "aspirin", "cortisone"] as const;
/** "Find the prescription of Adler and dispense 2 packs." In a third of the tasks none is left. */
export function pharmacyConversation(random: SeededRandom): Conversation {
  const patient = random.pick(people);
  const here = people.filter((one) => one === patient || random.below(3) === 0);
  const first = 200 + random.below(700);
  const prescriptions = Object.fromEntries(
    here.map((one, index) => [`RX-${first + 7 * index}`, { patient: one, medicine: random.pick(drugs) }]),
  );
  const [number, { medicine }] = Object.entries(prescriptions).find(([, one]) => one.patient === patient)!;
  const isOut = random.below(3) === 0;
  const stock = Object.fromEntries(drugs.map((one) => [one, one === medicine && isOut ? 0 : 5 + random.below(9)]));
  const packs = 1 + random.below(4);
  const order = isOut ? [{ tool: "order_medicine", args: { medicine } }] : [];
  const dispensing = [...order, { tool: "dispense", args: { number, packs } }];
  const finding = { tool: "find_prescription", args: { patient } };
  const spoken = `${packs} ${packs === 1 ? "pack" : "packs"}`;
  const apart = random.below(2) === 0;
  const turns = apart
    ? [
        { user: `Find the prescription of ${patient}.`, groundTruth: [finding] },
        { user: `Good, now dispense ${spoken} on it.`, groundTruth: dispensing },
      ]
    : [
        {
          user: `Find the prescription of ${patient}, then dispense ${spoken}.`,
          groundTruth: [finding, ...dispensing],
        },
      ];
  return { config: { prescriptions, stock }, turns };
}
export const pharmacyLaws = {
  config: {
    prescriptions: {
      "RX-1": { patient: "Adler", medicine: "aspirin" },
      "RX-2": { patient: "Greco", medicine: "insulin" },
    },
    stock: { aspirin: 0, insulin: 4 },
  },
  alsoTry: {
    "find_prescription.patient": ["Nobody"],
    "dispense.number": ["RX-0"],
    "order_medicine.medicine": ["honey"],
    "check_stock.medicine": ["honey"],
  },
};

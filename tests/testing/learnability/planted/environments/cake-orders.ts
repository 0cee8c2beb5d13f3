/** Orders for cakes: each has a number, which the first turn brings and the others need. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { stepAdvice } from "../step-advice.ts";

const Order = z.strictObject({
  customer: z.string(),
  cake: z.string(),
  icing: z.string().nullable(),
  text: z.string().nullable(),
});
const Bakery = z.strictObject({ orders: z.record(z.string(), Order), next: z.int() });
type Bakery = z.output<typeof Bakery>;
const bakery = defineState({
  name: "CakeOrders",
  state: Bakery,
  config: z.strictObject({
    orders: z.record(z.string(), z.strictObject({ customer: z.string(), cake: z.string() })),
    next: z.int(),
  }),
}).init(({ orders, next }) => ({
  orders: Object.fromEntries(Object.entries(orders).map(([id, order]) => [id, { ...order, icing: null, text: null }])),
  next,
}));

const cakes = ["lemon", "carrot", "almond", "plum", "walnut"] as const;
const colours = ["blue", "pink", "white", "green", "yellow"] as const;
const ids = ({ orders }: Bakery) => Object.keys(orders);
const unknownOrder = failure(z.strictObject({ order: z.string() }), ({ order }) => `There is no order '${order}'.`);
const result = z.strictObject({ order: z.string(), cake: z.string() });

const order_cake = bakery
  .write({
    description: "Order a cake for a customer. The order gets a number.",
    args: z.object({ customer: z.string(), cake: z.enum(cakes) }),
    result,
    candidates: { customer: () => ["Mira", "Otis"], cake: () => [...cakes] },
    provides: ["there is an order"],
  })
  .run(({ state, draft, args: { customer, cake } }) => {
    const order = `C${state.next}`;
    const next = draft();
    next.orders[order] = { customer, cake, icing: null, text: null };
    next.next += 1;
    return { order, cake };
  });
const ice_cake = bakery
  .write({
    description: "Ice the cake of an order in a colour.",
    args: z.object({ order: z.string(), colour: z.enum(colours) }),
    result,
    failures: { unknownOrder },
    candidates: { order: ids, colour: () => [...colours] },
    requires: ["there is an order"],
    provides: ["the cake is iced"],
  })
  .run(({ state, draft, args: { order, colour }, fail }) => {
    if (!Object.hasOwn(state.orders, order)) return fail.unknownOrder({ order });
    draft().orders[order]!.icing = colour;
    return { order, cake: state.orders[order]!.cake };
  });
const write_on_cake = bakery
  .write({
    description: "Write a text on the iced cake of an order.",
    args: z.object({ order: z.string(), text: z.string().min(1) }),
    result,
    failures: {
      unknownOrder,
      notIced: failure(z.strictObject({ order: z.string() }), ({ order }) => `The cake of ${order} is not iced.`),
    },
    candidates: { order: ids, text: () => ["Hurrah", "Well done"] },
    requires: ["the cake is iced"],
  })
  .run(({ state, draft, args: { order, text }, fail }) => {
    if (!Object.hasOwn(state.orders, order)) return fail.unknownOrder({ order });
    if (state.orders[order]!.icing === null) return fail.notIced({ order });
    draft().orders[order]!.text = text;
    return { order, cake: state.orders[order]!.cake };
  });
const cancel_order = bakery
  .write({
    description: "Cancel an order.",
    args: z.object({ order: z.string() }),
    result,
    failures: { unknownOrder },
    candidates: { order: ids },
    requires: ["there is an order"],
  })
  .run(({ state, draft, args: { order }, fail }) => {
    if (!Object.hasOwn(state.orders, order)) return fail.unknownOrder({ order });
    delete draft().orders[order];
    return { order, cake: state.orders[order]!.cake };
  });

export const cakeOrders = bakery.environment({ tools: { order_cake, ice_cake, write_on_cake, cancel_order } });
const noOrder = ({ state, error }: { state: Bakery; error: { data: { order: string } } }) => {
  const latest = `C${state.next - 1}`;
  const isThere = Object.hasOwn(state.orders, latest);
  return {
    diagnose: `There is no order '${error.data.order}'; ordering a cake tells its number.`,
    guide: isThere ? `The latest order is '${latest}'.` : "Order the cake first.",
    direct: isThere ? "" : "Call 'order_cake'.",
    ...(isThere ? { argument: "order", values: [latest] } : { tools: ["order_cake"] }),
  };
};
export const cakeHints = defineHints(cakeOrders, {
  ice_cake: { unknownOrder: noOrder },
  write_on_cake: {
    unknownOrder: noOrder,
    notIced: stepAdvice("A text holds only on icing.", "Ice that cake first, in the user's colour.", "ice_cake"),
  },
  cancel_order: { unknownOrder: noOrder },
});

const people = ["Yusuf", "Petra", "Ronan", "Salma", "Tilda", "Ulf", "Vera", "Wanda"] as const;
const texts = ["Happy birthday", "Good luck", "Welcome", "Congratulations", "Thank you"] as const;
/** "A lemon cake for Yusuf." "Ice it in blue." "Write 'Good luck' on it." Or both at once, the text first; or it is cancelled. */
export function cakeConversation(random: SeededRandom): Conversation {
  const [customer, cake] = [random.pick(people), random.pick(cakes)];
  const next = 10 + random.below(80);
  const others = people.filter((one) => one !== customer && random.below(4) === 0);
  const orders = Object.fromEntries(
    others.map((one, index) => [`C${next - 1 - index}`, { customer: one, cake: random.pick(cakes) }]),
  );
  const order = `C${next}`;
  const [colour, text] = [random.pick(colours), random.pick(texts)];
  const ordering = {
    user: `${random.pick(["Order a", "I would like to order a", "Please order a"])} ${cake} cake for ${customer}.`,
    groundTruth: [{ tool: "order_cake", args: { customer, cake } }],
  };
  const icing = { user: `Ice it in ${colour}.`, groundTruth: [{ tool: "ice_cake", args: { order, colour } }] };
  const writing = {
    user: `And write '${text}' on it.`,
    groundTruth: [{ tool: "write_on_cake", args: { order, text } }],
  };
  const both = {
    user: `Write '${text}' on it, on icing in ${colour}.`,
    groundTruth: [...icing.groundTruth, ...writing.groundTruth],
  };
  const cancelling = { user: "No, cancel that order.", groundTruth: [{ tool: "cancel_order", args: { order } }] };
  const ways = [
    [ordering, icing],
    [ordering, icing, writing],
    [ordering, both],
    [ordering, cancelling],
  ];
  return { config: { orders, next }, turns: random.pick(ways) };
}
export const cakeLaws = {
  config: { orders: { C4: { customer: "Ulf", cake: "plum" } }, next: 5 },
  alsoTry: { "ice_cake.order": ["C0"], "write_on_cake.order": ["C0"], "cancel_order.order": ["C0"] },
};

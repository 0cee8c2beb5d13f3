import { z } from "zod";
import { failure } from "../../src/index.ts";
import { orderIds, unknownCustomer, unknownOrder } from "./failures.ts";
import { deliveredOn, lineState, orderState, returnIdOf } from "./order-state.ts";
import { policy, type Topic, topics } from "./policy.ts";
import { cents, type State } from "./schemas.ts";
import { shopState } from "./state.ts";

export const read_policy = shopState
  .read({
    description: `Read what the shop has in writing on one topic: ${topics.join(", ")}.`,
    args: z.object({ topic: z.string() }),
    result: z.strictObject({ topic: z.string(), text: z.string() }),
    failures: {
      unknownTopic: failure(
        z.strictObject({ topic: z.string(), topics: z.array(z.string()) }),
        ({ topic }) => `Nothing is written on '${topic}'.`,
      ),
    },
    candidates: { topic: () => topics },
  })
  .run(({ args: { topic }, fail }) =>
    Object.hasOwn(policy, topic)
      ? { topic, text: policy[topic as Topic] }
      : fail.unknownTopic({ topic, topics: [...topics] }),
  );

export const find_customer = shopState
  .read({
    description: "Find a customer by full name or e-mail address, with the ids of all orders.",
    args: z.object({ name_or_email: z.string() }),
    result: z.strictObject({
      customer_id: z.string(),
      name: z.string(),
      email: z.string(),
      order_ids: z.array(z.string()),
    }),
    failures: {
      noCustomer: failure(
        z.strictObject({ name_or_email: z.string() }),
        ({ name_or_email }) => `No customer is called '${name_or_email}' or has that e-mail address.`,
      ),
      severalCustomers: failure(
        z.strictObject({ name: z.string(), emails: z.array(z.string()) }),
        ({ name, emails }) => `${emails.length} customers are called '${name}': ${emails.join(", ")}.`,
      ),
    },
    candidates: {
      name_or_email: ({ customers }) => Object.values(customers).flatMap(({ name, email }) => [name, email]),
    },
  })
  .run(({ state, args: { name_or_email }, fail }) => {
    const wanted = name_or_email.trim().toLowerCase();
    const all = Object.entries(state.customers);
    const found = all.filter(([, { name, email }]) => [name, email].some((one) => one.toLowerCase() === wanted));
    if (found.length === 0) return fail.noCustomer({ name_or_email });
    if (found.length > 1)
      return fail.severalCustomers({ name: name_or_email, emails: found.map(([, { email }]) => email) });
    const [customer_id, { name, email }] = found[0]!;
    return {
      customer_id,
      name,
      email,
      order_ids: orderIds(state).filter((id) => state.orders[id]!.customer_id === customer_id),
    };
  });

const OrderLine = z.strictObject({
  line_id: z.string(),
  sku: z.string(),
  name: z.string(),
  quantity: z.int(),
  unit_cents: cents,
  paid_with: z.string(),
  state: z.string(),
  delivered_on: z.string().nullable(),
  return_id: z.string().nullable(),
});

export const get_order = shopState
  .read({
    description:
      "Show an order: its lines with what became of each, its days and its money in cents, and today's date.",
    args: z.object({ order_id: z.string() }),
    result: z.strictObject({
      ...{ order_id: z.string(), customer_id: z.string(), state: z.string() },
      ...{ today: z.string(), placed_on: z.string(), promised_on: z.string() },
      lines: z.array(OrderLine),
      ...{ paid_cents: cents, kept_cents: cents, refunded_cents: cents, credited_cents: cents, goodwill_cents: cents },
    }),
    failures: { unknownOrder },
    candidates: { order_id: orderIds },
  })
  .run(({ state, args: { order_id }, fail }) => {
    const order = Object.hasOwn(state.orders, order_id) ? state.orders[order_id] : undefined;
    if (!order) return fail.unknownOrder({ order_id });
    const { customer_id, placed_on, promised_on, lines, shipments: _, ...money } = order;
    return {
      ...{ order_id, customer_id, state: orderState(state, order_id), today: state.today, placed_on, promised_on },
      lines: Object.entries(lines).map(([line_id, { sku, quantity, unit_cents, paid_with }]) => ({
        ...{ line_id, sku, name: state.products[sku]!.name, quantity, unit_cents, paid_with },
        state: lineState(state, order_id, line_id),
        delivered_on: deliveredOn(order, line_id),
        return_id: Object.hasOwn(state.returns, returnIdOf(order_id, line_id)) ? returnIdOf(order_id, line_id) : null,
      })),
      ...money,
    };
  });

export const find_products = shopState
  .read({
    description:
      "Find products whose name or category holds a text, with price in cents, stock, and whether they are final sale.",
    args: z.object({ text: z.string() }),
    result: z.strictObject({
      products: z.array(
        z.strictObject({
          ...{ sku: z.string(), name: z.string(), category: z.string() },
          ...{ price_cents: cents, stock: z.int(), final_sale: z.boolean() },
        }),
      ),
    }),
    failures: {
      noProduct: failure(
        z.strictObject({ text: z.string() }),
        ({ text }) => `No product's name or category holds '${text}'.`,
      ),
    },
    candidates: { text: ({ products }) => Object.values(products).flatMap(({ name, category }) => [name, category]) },
  })
  .run(({ state, args: { text }, fail }) => {
    const wanted = text.trim().toLowerCase();
    const products = Object.entries(state.products)
      .filter(([, { name, category }]) => `${name} ${category}`.toLowerCase().includes(wanted))
      .map(([sku, product]) => ({ sku, ...product }));
    return products.length > 0 ? { products } : fail.noProduct({ text });
  });

export const get_wallet = shopState
  .read({
    description: "Show a customer's store credit and payment methods, gift cards with their balance, in cents.",
    args: z.object({ customer_id: z.string() }),
    result: z.strictObject({
      store_credit_cents: cents,
      methods: z.array(z.strictObject({ method_id: z.string(), kind: z.string(), balance_cents: cents.nullable() })),
    }),
    failures: { unknownCustomer },
    candidates: { customer_id: customerIds },
  })
  .run(({ state, args: { customer_id }, fail }) => {
    if (!Object.hasOwn(state.customers, customer_id)) return fail.unknownCustomer({ customer_id });
    const methods = Object.entries(state.methods)
      .filter(([, method]) => method.customer_id === customer_id)
      .map(([method_id, { kind, balance_cents }]) => ({ method_id, kind, balance_cents }));
    return { store_credit_cents: state.customers[customer_id]!.store_credit_cents, methods };
  });

export function customerIds({ customers }: State): string[] {
  return Object.keys(customers);
}

import { z } from "zod";
import { defaultConfig } from "./default-config.ts";

/** Money is whole cents everywhere; days are `YYYY-MM-DD`. */
export const cents = z.int().min(0);
export const day = z.iso.date();

export const categories = ["electronics", "clothing", "home", "books"] as const;
export const reasons = ["unwanted", "faulty", "wrong_item"] as const;
export const conditions = ["sealed", "opened", "damaged"] as const;
export type Category = (typeof categories)[number];
export type Reason = (typeof reasons)[number];
export type Condition = (typeof conditions)[number];

const Customer = z.strictObject({
  name: z.string().min(1),
  email: z.string().min(3),
  postcode: z.string().min(1),
  store_credit_cents: cents.default(0),
});
const Product = z.strictObject({
  name: z.string().min(1),
  category: z.enum(categories),
  price_cents: cents,
  stock: z.int().min(0),
  final_sale: z.boolean().default(false),
});
const Method = z.strictObject({
  customer_id: z.string(),
  kind: z.enum(["card", "paypal", "gift_card"]),
  /** What a gift card holds; nothing is known of what others hold. */
  balance_cents: cents.nullable().default(null),
});
const Shipment = z.strictObject({
  status: z.enum(["on_the_way", "delivered"]),
  delivered_on: day.nullable().default(null),
});
const line = {
  sku: z.string(),
  quantity: z.int().min(1),
  /** The method that paid for all of the line. */
  paid_with: z.string(),
  /** Null until it leaves the warehouse. */
  shipment: z.string().nullable().default(null),
};
const order = { customer_id: z.string(), placed_on: day, promised_on: day, shipments: z.record(z.string(), Shipment) };

const Line = z.strictObject({ ...line, unit_cents: cents, cancelled: z.boolean() });
const Order = z.strictObject({
  ...order,
  lines: z.record(z.string(), Line),
  /** `paid = kept + refunded + credited`, at every moment. */
  paid_cents: cents,
  kept_cents: cents,
  refunded_cents: cents,
  credited_cents: cents,
  /** Store credit given for a late delivery, on top of all that. */
  goodwill_cents: cents,
});
const Return = z.strictObject({
  order_id: z.string(),
  line_id: z.string(),
  quantity: z.int().min(1),
  reason: z.enum(reasons),
  status: z.enum(["label_issued", "received", "refunded", "exchanged"]),
  condition: z.enum(conditions).nullable(),
  approved: z.boolean(),
  /** What went back, the fee that was kept of it, and where it went: a method's id, or `store_credit`. */
  refund_cents: cents,
  fee_cents: cents,
  refunded_to: z.string().nullable(),
  replacement_sku: z.string().nullable(),
});
export const State = z.strictObject({
  today: day,
  customers: z.record(z.string(), Customer),
  products: z.record(z.string(), Product),
  methods: z.record(z.string(), Method),
  orders: z.record(z.string(), Order),
  returns: z.record(z.string(), Return),
  /** The customers whose identity was checked at this desk. */
  verified: z.array(z.string()),
  managerPin: z.string(),
  /** What store credits and gift cards held as the day began. */
  opening: z.strictObject({ customers: z.record(z.string(), cents), methods: z.record(z.string(), cents) }),
});
export type State = z.output<typeof State>;
export type Line = z.output<typeof Line>;
export type Order = z.output<typeof Order>;
export type Return = z.output<typeof Return>;
export type Product = z.output<typeof Product>;

export const Config = z.strictObject({
  today: day.default(defaultConfig.today),
  customers: z.record(z.string(), Customer).default(defaultConfig.customers),
  products: z.record(z.string(), Product).default(defaultConfig.products),
  methods: z.record(z.string(), Method).default(defaultConfig.methods),
  orders: z
    .record(
      z.string(),
      z.strictObject({
        ...order,
        shipments: order.shipments.default({}),
        /** The price of a line is the product's unless it says otherwise. */
        lines: z.record(z.string(), z.strictObject({ ...line, unit_cents: cents.optional() })),
      }),
    )
    .default(defaultConfig.orders),
  verified: z.array(z.string()).default([]),
  manager_pin: z.string().min(1).default(defaultConfig.manager_pin),
});
export type Config = z.output<typeof Config>;

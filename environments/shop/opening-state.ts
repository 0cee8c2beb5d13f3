import { returnIdOf } from "./order-state.ts";
import { storeCredit } from "./return-terms.ts";
import type { Config, Line, State } from "./schemas.ts";

/** The state as the desk opens. Throws where a config names something that is not there. */
export function openingState(config: Config): State {
  const { customers, products, methods, manager_pin, ...rest } = config;
  const there = (place: string, kind: string, id: string, known: object) => {
    if (!Object.hasOwn(known, id))
      throw new Error(`${place}: there is no ${kind} '${id}'; there are ${Object.keys(known).join(", ")}`);
  };
  for (const [id, method] of Object.entries(methods)) {
    if (id === storeCredit)
      throw new Error(`methods.${id}: '${storeCredit}' stands for store credit; choose another id`);
    there(`methods.${id}`, "customer", method.customer_id, customers);
    if ((method.kind === "gift_card") !== (method.balance_cents !== null))
      throw new Error(`methods.${id}: a gift card has a balance_cents, and nothing else has`);
  }
  for (const [id, { delivered_on, status, order }] of shipmentsOf(config)) {
    const place = `orders.${order}.shipments.${id}`;
    if ((status === "delivered") !== (delivered_on !== null))
      throw new Error(`${place}: what was delivered has a delivered_on, and nothing else has`);
    if (delivered_on !== null && delivered_on > rest.today)
      throw new Error(`${place}: delivered_on is ${delivered_on}, and today is ${rest.today}; make it no later`);
  }
  const returns = new Map<string, string>();
  const orders = Object.entries(config.orders).map(([id, order]) => {
    there(`orders.${id}`, "customer", order.customer_id, customers);
    const lines = Object.entries(order.lines).map(([number, line]): [string, Line] => {
      const place = `orders.${id}.lines.${number}`;
      const other = returns.get(returnIdOf(id, number));
      if (other !== undefined)
        throw new Error(
          `${place}: a return of it would have the same id as one of ${other}; choose ids without hyphens`,
        );
      returns.set(returnIdOf(id, number), place);
      there(place, "product", line.sku, products);
      there(place, "payment method", line.paid_with, methods);
      if (line.shipment !== null) there(place, "shipment", line.shipment, order.shipments);
      return [number, { ...line, unit_cents: line.unit_cents ?? products[line.sku]!.price_cents, cancelled: false }];
    });
    const paid = lines.reduce((sum, [, { quantity, unit_cents }]) => sum + quantity * unit_cents, 0);
    const money = { paid_cents: paid, kept_cents: paid, refunded_cents: 0, credited_cents: 0, goodwill_cents: 0 };
    return [id, { ...order, lines: Object.fromEntries(lines), ...money }] as const;
  });
  for (const id of rest.verified) there("verified", "customer", id, customers);
  return {
    ...{ today: rest.today, customers, products, methods, orders: Object.fromEntries(orders) },
    ...{ returns: {}, verified: rest.verified, managerPin: manager_pin },
    opening: {
      customers: Object.fromEntries(
        Object.entries(customers).map(([id, { store_credit_cents }]) => [id, store_credit_cents]),
      ),
      methods: Object.fromEntries(
        Object.entries(methods).flatMap(([id, { balance_cents }]) =>
          balance_cents === null ? [] : [[id, balance_cents]],
        ),
      ),
    },
  };
}

const shipmentsOf = ({ orders }: Config) =>
  Object.entries(orders).flatMap(([order, { shipments }]) =>
    Object.entries(shipments).map(([id, shipment]) => [id, { ...shipment, order }] as const),
  );

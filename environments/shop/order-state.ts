import type { Order, State } from "./schemas.ts";

export const lineStates = [
  ...["not shipped", "on the way", "delivered", "cancelled"],
  ...["return label issued", "return received", "refunded", "exchanged"],
] as readonly string[];

export const returnIdOf = (orderId: string, lineId: string): string => `R${orderId}-${lineId}`;

/** Where a line of an order stands, its return included. */
export function lineState({ orders, returns }: State, orderId: string, lineId: string): string {
  const order = orders[orderId]!;
  const line = order.lines[lineId]!;
  const back = returns[returnIdOf(orderId, lineId)];
  if (back)
    return {
      label_issued: "return label issued",
      received: "return received",
      refunded: "refunded",
      exchanged: "exchanged",
    }[back.status];
  if (line.cancelled) return "cancelled";
  if (line.shipment === null) return "not shipped";
  return order.shipments[line.shipment]!.status === "delivered" ? "delivered" : "on the way";
}

/** Where an order stands as a whole: a return that is under way shows before all else. */
export function orderState(state: State, orderId: string): string {
  const all = Object.keys(state.orders[orderId]!.lines).map((line) => lineState(state, orderId, line));
  const every = (...wanted: string[]) => all.every((one) => wanted.includes(one));
  if (all.some((one) => one === "return label issued" || one === "return received")) return "return under way";
  if (every("cancelled")) return "cancelled";
  if (every("refunded", "exchanged", "cancelled")) return "returned";
  if (every("not shipped", "cancelled")) return "open";
  if (all.includes("not shipped")) return "partly shipped";
  return all.includes("on the way") ? "on the way" : "delivered";
}

export const deliveredOn = (order: Order, lineId: string): string | null => {
  const { shipment } = order.lines[lineId]!;
  return shipment === null ? null : order.shipments[shipment]!.delivered_on;
};

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

export const dayAfter = (from: string, days: number): string =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);

/** Whether something of the order came after the promised day, or should have come by now. */
export function isLate({ today }: State, { promised_on, shipments, lines }: Order): boolean {
  const open = Object.values(lines).some(
    ({ cancelled, shipment }) => !cancelled && (shipment === null || shipments[shipment]!.delivered_on === null),
  );
  return (
    (open && today > promised_on) ||
    Object.values(shipments).some(({ delivered_on }) => delivered_on !== null && delivered_on > promised_on)
  );
}

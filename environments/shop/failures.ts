import { z } from "zod";
import { failure } from "../../src/index.ts";
import type { State } from "./schemas.ts";

/** What must hold before calls, in the words of `requires`, `provides` and hints. */
export const customerVerified = "customer verified";
export const returnOpened = "return opened";
export const returnReceived = "return received";
export const returnApproved = "return approved by a manager";

export const unknownOrder = failure(
  z.strictObject({ order_id: z.string() }),
  ({ order_id }) => `There is no order '${order_id}'.`,
);
export const unknownCustomer = failure(
  z.strictObject({ customer_id: z.string() }),
  ({ customer_id }) => `There is no customer '${customer_id}'.`,
);
export const unknownLine = failure(
  z.strictObject({ order_id: z.string(), line_id: z.string(), lines: z.array(z.string()) }),
  ({ order_id, line_id }) => `Order '${order_id}' has no line '${line_id}'.`,
);
export const notDelivered = failure(
  z.strictObject({ order_id: z.string(), line_id: z.string(), line_state: z.string() }),
  ({ order_id, line_id, line_state }) => `Line '${line_id}' of order '${order_id}' is ${line_state}, not delivered.`,
);
export const notVerified = failure(
  z.strictObject({ order_id: z.string() }),
  ({ order_id }) => `The identity of the customer of order '${order_id}' has not been verified.`,
);
export const unknownReturn = failure(
  z.strictObject({ return_id: z.string() }),
  ({ return_id }) => `There is no return '${return_id}'.`,
);
export const notReceived = failure(
  z.strictObject({ return_id: z.string() }),
  ({ return_id }) => `The parcel of return '${return_id}' has not been received.`,
);
export const alreadySettled = failure(
  z.strictObject({ return_id: z.string(), status: z.string() }),
  ({ return_id, status }) => `Return '${return_id}' has been ${status} already.`,
);

export const orderIds = ({ orders }: State) => Object.keys(orders);
export const lineIds = ({ orders }: State) => [
  ...new Set(Object.values(orders).flatMap(({ lines }) => Object.keys(lines))),
];
export const returnIds = ({ returns }: State) => Object.keys(returns);
export const isVerified = ({ orders, verified }: State, orderId: string): boolean =>
  verified.includes(orders[orderId]!.customer_id);

import { defineRequests } from "../../src/generate/index.ts";
import { shop } from "./index.ts";
import { longContext } from "./long-context.ts";
import { storeCredit } from "./return-terms.ts";
import { type Condition, Config, categories, type Reason } from "./schemas.ts";

const because: Readonly<Record<Reason, string>> = {
  unwanted: "because it is merely unwanted",
  faulty: "because it is faulty",
  wrong_item: "because it is the wrong item",
};
const arrived: Readonly<Record<Condition, string>> = {
  sealed: "still sealed",
  opened: "opened",
  damaged: "damaged",
};

/** How clerks speak of the shop. */
export const shopRequests = defineRequests(shop, {
  nouns: {
    customer_id: "customer id",
    order_id: "order",
    line_id: "line",
    return_id: "return id",
    name_or_email: { noun: "name or e-mail address", open: "I have in mind" },
    quantity: { noun: "number of pieces", open: "a certain number of" },
    amount_cents: { noun: "amount in cents", open: "a certain number of" },
    manager_pin: "manager's PIN",
    to: "payment method",
    sku: "product",
    text: "search term",
  },
  tools: {
    read_policy: ({ topic }) => `look up what we have in writing on ${topic.replaceAll('"', "").replaceAll("_", " ")}`,
    find_customer: ({ name_or_email }) =>
      `look up the customer ${name_or_email.startsWith("the ") ? "by " : ""}${name_or_email}`,
    verify_customer: ({ customer_id, postcode }) =>
      `confirm the identity behind customer id ${customer_id} with the postcode ${postcode}`,
    get_order: ({ order_id }) => `show me order ${order_id}`,
    get_wallet: ({ customer_id }) => `show me the store credit and payment methods under customer id ${customer_id}`,
    find_products: {
      ask: ({ text }) => `list the products that match the search term ${text}`,
      values: {
        text: ({ products }) => [
          ...categories,
          ...Object.values(products).flatMap(({ name }) => [name, ...(name.match(/\p{L}{4,}/gu) ?? [])]),
        ],
      },
    },
    cancel_whole_order: {
      ask: ({ order_id }) => `cancel all of order ${order_id}`,
      standIns: ["cancel_line"],
    },
    cancel_line: ({ order_id, line_id }) => `in order ${order_id}, cancel line ${line_id}`,
    give_goodwill: {
      ask: ({ order_id, amount_cents }) => `give ${amount_cents} cents of goodwill for the delay of order ${order_id}`,
      values: { amount_cents: (_, random) => [50 * (2 + random.below(19))] },
    },
    check_return: {
      ask: ({ order_id, line_id }, { reason }) =>
        `check whether in order ${order_id} line ${line_id} may come back ${because[reason]}`,
      // The rules and the order together tell the same.
      standIns: ["read_policy"],
    },
    start_return: ({ order_id, line_id, quantity }, { reason }) =>
      `open a return of ${quantity} ${quantity === "1" ? "piece" : "pieces"} from order ${order_id}, line ${line_id}, ${because[reason]}`,
    receive_return: ({ return_id }, { condition }) =>
      `note that the parcel with return id ${return_id} has arrived and is ${arrived[condition]}`,
    approve_return: ({ return_id, manager_pin }) =>
      `approve the return with return id ${return_id} by the manager's PIN ${manager_pin}`,
    refund_return: ({ return_id, to }, args) =>
      `refund the return with return id ${return_id} ${args.to === storeCredit ? "as store credit" : `to the payment method ${to}`}`,
    exchange_return: ({ return_id, sku }) =>
      `exchange the goods that came back with return id ${return_id} for product ${sku}`,
  },
  enlarge: (config) => longContext(Config.parse(config)),
});

import { z } from "zod";
import { failure } from "../../src/index.ts";
import { customerVerified, unknownCustomer } from "./failures.ts";
import { customerIds } from "./look-up-tools.ts";
import { shopState } from "./state.ts";

export const verify_customer = shopState
  .write({
    description: "Check a customer's identity by the postcode that the customer tells; needed once before changes.",
    args: z.object({ customer_id: z.string(), postcode: z.string() }),
    result: z.strictObject({ verified: z.literal(true), customer_id: z.string(), name: z.string() }),
    failures: {
      unknownCustomer,
      wrongPostcode: failure(
        z.strictObject({ customer_id: z.string() }),
        ({ customer_id }) => `That is not the postcode of customer '${customer_id}'.`,
      ),
    },
    candidates: {
      customer_id: customerIds,
      postcode: ({ customers }) => Object.values(customers).map(({ postcode }) => postcode),
    },
    provides: [customerVerified],
  })
  .run(({ state, draft, args: { customer_id, postcode }, fail }) => {
    const customer = Object.hasOwn(state.customers, customer_id) ? state.customers[customer_id] : undefined;
    if (!customer) return fail.unknownCustomer({ customer_id });
    const plain = (text: string) => text.replaceAll(" ", "").toLowerCase();
    if (plain(postcode) !== plain(customer.postcode)) return fail.wrongPostcode({ customer_id });
    if (!state.verified.includes(customer_id)) draft().verified.push(customer_id);
    return { verified: true, customer_id, name: customer.name };
  });

import { cancel_line, cancel_whole_order } from "./cancel-tools.ts";
import { give_goodwill } from "./goodwill-tool.ts";
import { invariants } from "./invariants.ts";
import { find_customer, find_products, get_order, get_wallet, read_policy } from "./look-up-tools.ts";
import { check_return, receive_return, start_return } from "./return-tools.ts";
import { approve_return, exchange_return, refund_return } from "./settle-tools.ts";
import { shopState } from "./state.ts";
import { verify_customer } from "./verify-tool.ts";

/** A shop and its returns desk: 15 tools over orders, shipments, payment methods and returns, held to a written policy. */
export const shop = shopState.environment({
  tools: {
    ...{ read_policy, find_customer, verify_customer, get_order, get_wallet, find_products },
    ...{ cancel_whole_order, cancel_line, give_goodwill },
    ...{ check_return, start_return, receive_return, approve_return, refund_return, exchange_return },
  },
  public: { today: true, customers: true, products: true, methods: true, orders: true, returns: true, verified: true },
  invariants,
});

import { check_stock, find_bike } from "./look-up-tools.ts";
import { fit_part, hand_over, mount_bike, order_parts } from "./repair-tools.ts";
import { sampleNameState } from "./state.ts";

export const sampleNameEnvironment = sampleNameState.environment({
  tools: { find_bike, check_stock, order_parts, mount_bike, fit_part, hand_over },
  // What holds in every state, whatever is called. The laws look for a program of calls after which it does not.
  invariants: {
    "the bike on the stand is in the workshop": ({ on_stand, bikes }) =>
      on_stand === null || Object.hasOwn(bikes, on_stand),
    "a part is broken once": ({ bikes }) =>
      Object.values(bikes).every(({ broken }) => new Set(broken).size === broken.length),
  },
});

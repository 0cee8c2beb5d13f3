import type { Advice } from "../../../src/feedback/advice.ts";
import { adviceOnUnmet } from "../../../src/feedback/all-unmet.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, lastSuccess } from "../../../src/feedback/history.ts";
import { nearestNumbers } from "../../../src/feedback/nearest-numbers.ts";
import { shortly } from "../../../src/feedback/words.ts";
import { compare, subtract } from "../../../src/python/number.ts";
import { str } from "../../../src/python/text.ts";
import type { PyNumber } from "../../../src/python/value.ts";
import { cancellable } from "../order-tools.ts";
import { orderNumbers, orderOf, orderPlaced } from "../orders.ts";
import type { State } from "../state.ts";

type Context = HintContext<State, { readonly order_id: PyNumber }>;
const numbers = (values: readonly PyNumber[]) => values.map(str).join(", ");
const number = (value: PyNumber) => shortly(str(value));

/** An order that does not exist: which do, the wanted ones if any, and whether the next order gets its number. */
function orderUnmet({ state, args: { order_id }, history }: Context, wanted: readonly PyNumber[]): Advice {
  const all = orderNumbers(state);
  const placed = lastSuccess(history, "place_order");
  const latest = subtract(state.order_counter, 1);
  const next = compare(order_id, state.order_counter) === 0;
  const useful = wanted.length > 0 ? wanted : all;
  const near = nearestNumbers(order_id, useful, next ? 2 : 3);
  const latestFirst = placed && useful.some((known) => compare(known, latest) === 0);
  const values = latestFirst
    ? [latest, ...near.filter((known) => compare(known, latest) !== 0)].slice(0, near.length)
    : near;
  const ways = [
    next ? "The next order gets this number: place it first." : "",
    placed ? `The order placed ${ago(placed)} has the number ${number(latest)}.` : "",
    values.length > 0 ? `For 'order_id', the nearest that exist: ${numbers(values)}.` : "",
    !next && values.length === 0 ? "Say to the user that there is no order." : "",
  ];
  const loginFirst = state.authenticated ? [] : ["trading_login"];
  const tools = [...loginFirst, next ? "place_order" : "get_order_history"];
  const purpose = next ? ", if the order is yet to be placed" : " to see the numbers of all orders";
  return adviceOnUnmet([
    {
      condition: next ? orderPlaced : "'order_id' is the number of an order",
      now: `no order has the number ${number(order_id)}; there ${all.length === 1 ? "is 1 order" : `are ${all.length} orders`}`,
      way: ways.filter((way) => way !== "").join(" "),
      ...(next || values.length > 0
        ? { call: `${tools.map((tool) => `'${tool}'`).join(", then ")}${purpose}`, tools }
        : {}),
      ...(values.length > 0 ? { argument: "order_id", values } : {}),
    },
  ]);
}

export const orderNotFound = (context: Context): Advice => orderUnmet(context, []);
export const orderToCancelNotFound = (context: Context): Advice =>
  orderUnmet(
    context,
    cancellable(context.state).filter((key) => typeof key !== "string"),
  );

/** An order that is completed: which ones still can be cancelled. */
export function alreadyCompleted({ state, args: { order_id } }: Context): Advice {
  const open = cancellable(state).filter((key) => typeof key !== "string");
  const values = nearestNumbers(order_id, open);
  const others = open.length === 1 ? "1 other order" : `${open.length} other orders`;
  return {
    ...adviceOnUnmet([
      {
        condition: "the order is not completed yet",
        now: `the status of ${number(order_id)} is '${orderOf(state, order_id)?.status}'; ${open.length > 0 ? `${others} can still be cancelled` : "no other order can be cancelled either"}`,
        way: [
          "What is completed stays so: say it to the user.",
          values.length > 0
            ? `If another is meant, the nearest for 'order_id' that can be cancelled: ${numbers(values)}.`
            : "",
        ]
          .filter((way) => way !== "")
          .join(" "),
        call: "'get_order_details' to see what an order is about",
        tools: ["get_order_details"],
        ...(values.length > 0 ? { argument: "order_id", values } : {}),
      },
    ]),
  };
}

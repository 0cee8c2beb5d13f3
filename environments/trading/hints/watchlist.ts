import type { Advice } from "../../../src/feedback/advice.ts";
import { adviceOnUnmet } from "../../../src/feedback/all-unmet.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, lastSuccess } from "../../../src/feedback/history.ts";
import { quoted, shortly } from "../../../src/feedback/words.ts";
import type { State } from "../state.ts";
import { watched } from "../watchlist-tools.ts";
import { loginUnmet } from "./login.ts";
import { nearest, symbolUnmet } from "./symbols.ts";

type Adding = HintContext<State, { readonly stock: string }>;
const unchanged = "The watchlist is as it was before.";

export function alreadyWatched({ state, args: { stock }, history }: Adding): Advice {
  const added = lastSuccess(
    history.filter(({ call }) => call.args.stock === stock),
    "add_to_watchlist",
  );
  return {
    diagnose: `${unchanged} '${shortly(stock)}' is on it already${added ? `, added ${ago(added)}` : ""} (${state.watch_list.length} in all).`,
    guide: "Nothing need be done to watch it.",
    direct: "",
  };
}

export const notOnTheMarket = ({ state, args: { stock } }: Adding): Advice =>
  adviceOnUnmet([symbolUnmet(state, "stock", stock)], unchanged);

/** All that keeps a stock on the watchlist: the login, and the name of one that is watched. */
export function notRemoved({
  state,
  args: { symbol },
  history,
}: HintContext<State, { readonly symbol: string }>): Advice {
  const { watch_list } = state;
  const login = loginUnmet(state, history);
  if (watch_list.includes(symbol)) return adviceOnUnmet(login);
  const removed = lastSuccess(
    history.filter(({ call }) => call.args.symbol === symbol),
    "remove_stock_from_watchlist",
  );
  const count = watch_list.length === 1 ? "the 1 stock" : `the ${watch_list.length} stocks`;
  const now = watch_list.length === 0 ? "nothing is watched" : `'${shortly(symbol)}' is not among ${count} watched`;
  const values = nearest(symbol, watch_list, 2);
  const other = `Of those watched, the nearest for 'symbol': ${quoted(values)}.`;
  return adviceOnUnmet([
    ...login,
    {
      condition: watched,
      now: removed ? `'${shortly(symbol)}' was removed ${ago(removed)}` : now,
      way: values.length > 0 ? other : "If this is the stock that is meant, nothing need be done.",
      call: "'get_watchlist' to see what is watched",
      tools: ["get_watchlist"],
      ...(values.length > 0 ? { argument: "symbol", values } : {}),
    },
  ]);
}

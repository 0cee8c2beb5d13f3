import { z } from "zod";
import { withAppended, withoutItem } from "../../src/core/frozen-list.ts";
import { obstacles } from "../../src/core/obstacles.ts";
import { failure } from "../../src/core/outcome.ts";
import { pyValue } from "../../src/python/schema.ts";
import { loggedIn } from "./login-tools.ts";
import { joinedList } from "./long-list.ts";
import { stockOf, symbolsOf } from "./market.ts";
import { tradingState } from "./state.ts";

const symbols = z.array(z.string());
/** What adding a stock brings about, and removing it needs. */
export const watched = "the stock is watched";
const list = z.strictObject({ watchlist: symbols });
const watching = z.strictObject({ symbol: z.string(), watchlist: symbols });

export const get_watchlist = tradingState
  .read({
    description: "List the stock symbols that are being watched.",
    args: z.object({}),
    result: z.union([list, z.array(pyValue)]),
    failures: {
      notLoggedIn: failure(z.strictObject({}), () => "User not authenticated. Please log in to view the watchlist.", {
        wire: (_, message) => [`Error: ${message}`],
      }),
    },
    requires: [loggedIn],
  })
  .run(({ state, fail }) => {
    if (!state.authenticated) return fail.notLoggedIn({});
    if (!state.extension) return { watchlist: state.watch_list };
    return joinedList(state.watch_list, state.extension.watchList);
  });

export const add_to_watchlist = tradingState
  .write({
    description:
      "Watch a stock by its symbol, and list what is watched. A symbol that is not on the market is ignored.",
    args: z.object({ stock: z.string() }),
    result: list,
    failures: {
      alreadyWatched: failure(watching, ({ symbol }) => `${symbol} is being watched already.`, {
        wire: ({ watchlist }) => ({ watchlist }),
        soft: true,
      }),
      unknownSymbol: failure(
        z.strictObject({ ...watching.shape, known: symbols }),
        ({ symbol }) => `${symbol} is not on the market.`,
        { wire: ({ watchlist }) => ({ watchlist }), soft: true },
      ),
    },
    candidates: { stock: symbolsOf },
    provides: [watched],
  })
  .run(({ state, draft, args: { stock: symbol }, fail }) => {
    const { watch_list: watchlist } = state;
    if (watchlist.includes(symbol)) return fail.alreadyWatched({ symbol, watchlist });
    if (!stockOf(state, symbol)) return fail.unknownSymbol({ symbol, watchlist, known: symbolsOf(state) });
    draft().watch_list = withAppended(state.watch_list, symbol);
    return { watchlist: [...watchlist, symbol] };
  });

const conditions = ["notLoggedIn", "notWatched"] as const;
/** Everything that stands against the removal at once; the message tells only the first. */
const removal = z.strictObject({ ...watching.shape, unmet: z.array(z.enum(conditions)) });

export const remove_stock_from_watchlist = tradingState
  .write({
    description: "Stop watching a stock, by its symbol.",
    args: z.object({ symbol: z.string() }),
    result: z.strictObject({ status: z.string() }),
    failures: {
      notLoggedIn: failure(removal, () => "User not authenticated. Please log in to modify the watchlist."),
      notWatched: failure(removal, ({ symbol }) => `Stock ${symbol} not found in watchlist.`),
    },
    candidates: { symbol: (state) => state.watch_list },
    requires: [loggedIn, watched],
  })
  .run(({ state, draft, args: { symbol }, fail }) => {
    const { watch_list: watchlist } = state;
    const index = watchlist.indexOf(symbol);
    const unmet = obstacles({ notLoggedIn: !state.authenticated, notWatched: index < 0 });
    if (unmet[0]) return fail[unmet[0]]({ symbol, watchlist, unmet });
    draft().watch_list = withoutItem(state.watch_list, index);
    return { status: `Stock ${symbol} removed from watchlist successfully.` };
  });

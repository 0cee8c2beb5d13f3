import { defineHints } from "../../src/feedback/define-hints.ts";
import { transactionsNotShown } from "./hints/dates.ts";
import { alreadyLoggedIn, alreadyLoggedOut, needsLogin } from "./hints/login.ts";
import { movement, placement } from "./hints/money.ts";
import { alreadyCompleted, orderNotFound, orderToCancelNotFound } from "./hints/orders.ts";
import { noneOnTheMarket, unknownCompany, unknownSector, unknownStock } from "./hints/symbols.ts";
import { alreadyWatched, notOnTheMarket, notRemoved } from "./hints/watchlist.ts";
import { trading } from "./index.ts";

const payIn = movement("in dollars to pay in");
const takeOut = movement("in dollars to take out");

/** Hints on the failures of the trading account. */
export const tradingHints = defineHints(trading, {
  trading_login: { alreadyLoggedIn },
  trading_logout: { notLoggedIn: alreadyLoggedOut },
  get_account_info: { notLoggedIn: needsLogin },
  get_order_history: { notLoggedIn: needsLogin },
  get_watchlist: { notLoggedIn: needsLogin },
  get_transaction_history: {
    notLoggedIn: transactionsNotShown,
    unreadableDate: transactionsNotShown,
    noSuchDay: transactionsNotShown,
  },
  fund_account: { notLoggedIn: payIn, amountNotPositive: payIn },
  withdraw_funds: {
    notLoggedIn: takeOut,
    marketClosed: takeOut,
    amountNotPositive: takeOut,
    insufficientFunds: takeOut,
  },
  place_order: {
    notLoggedIn: placement,
    unknownSymbol: placement,
    notPositive: placement,
    insufficientFunds: placement,
  },
  get_order_details: { notFound: orderNotFound },
  cancel_order: { notFound: orderToCancelNotFound, alreadyCompleted },
  get_symbol_by_name: { unknownCompany },
  get_stock_info: { unknownSymbol: unknownStock },
  get_available_stocks: { unknownSector },
  filter_stocks_by_price: {
    noneOnTheMarket: noneOnTheMarket("A symbol that is not on the market counts with a price of 0."),
  },
  notify_price_change: { noneOnTheMarket: noneOnTheMarket("No change was found because no stock was found.") },
  add_to_watchlist: { alreadyWatched, unknownSymbol: notOnTheMarket },
  remove_stock_from_watchlist: { notLoggedIn: notRemoved, notWatched: notRemoved },
});

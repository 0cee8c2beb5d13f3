import { dictAttribute } from "../../src/python/entries.ts";
import { keyText } from "../../src/python/key.ts";
import { fund_account, get_account_info, withdraw_funds } from "./account-tools.ts";
import { trading_get_login_status, trading_login, trading_logout } from "./login-tools.ts";
import {
  filter_stocks_by_price,
  get_available_stocks,
  get_current_time,
  get_stock_info,
  get_symbol_by_name,
  notify_price_change,
} from "./market-tools.ts";
import { cancel_order, get_order_details, get_order_history } from "./order-tools.ts";
import { place_order } from "./place-order.ts";
import { tradingState } from "./state.ts";
import { get_transaction_history } from "./transaction-tools.ts";
import { add_to_watchlist, get_watchlist, remove_stock_from_watchlist } from "./watchlist-tools.ts";

/** BFCL's TradingBot: 20 tools over an account, its orders, a watchlist and a small stock market. */
export const trading = tradingState.environment({
  tools: {
    get_current_time,
    get_symbol_by_name,
    get_stock_info,
    get_order_details,
    cancel_order,
    place_order,
    withdraw_funds,
    get_account_info,
    trading_login,
    trading_get_login_status,
    trading_logout,
    fund_account,
    remove_stock_from_watchlist,
    get_watchlist,
    get_order_history,
    get_transaction_history,
    get_available_stocks,
    filter_stocks_by_price,
    add_to_watchlist,
    notify_price_change,
  },
  public: {
    orders: dictAttribute((state) => state.orders),
    account_info: true,
    authenticated: true,
    market_status: true,
    order_counter: true,
    stocks: dictAttribute((state) => state.stocks),
    watch_list: true,
    transaction_history: true,
    long_context: (state) => state.extension !== null,
  },
  invariants: {
    "no two orders share a number": ({ orders }) => new Set(orders.map(([key]) => keyText(key))).size === orders.length,
    "only a text that is no number names a stray text among the orders": ({ orders }) =>
      orders.every(([key, order]) => typeof order === "object" || typeof key === "string"),
    "whatever was drawn at random dates a transaction": ({ random, transaction_history }) =>
      random.draws === 0 || transaction_history.length > 0,
  },
});

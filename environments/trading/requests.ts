import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { trading } from "./index.ts";

/** How users speak of the stock broker. */
export const tradingRequests = defineRequests(trading, {
  nouns: {
    order_id: "order id",
    symbol: "stock symbol",
    stock: "stock symbol",
    stocks: "stock symbols",
    name: "name of the company",
    order_type: "kind of order",
    amount: { noun: "amount", open: "a certain number of" },
    price: { noun: "price", open: "a certain number of" },
    username: "user name",
    threshold: "threshold in percent",
    min_price: "lowest price",
    max_price: "highest price",
  },
  tools: {
    get_current_time: () => "tell me the time on the market",
    get_symbol_by_name: ({ name }) => `look up the stock symbol of ${name}`,
    get_stock_info: ({ symbol }) => `show me the figures of the stock ${symbol}`,
    get_order_details: ({ order_id }) => `show me the order ${order_id}`,
    cancel_order: ({ order_id }) => `cancel the order ${order_id}`,
    place_order: {
      ask: ({ symbol, price, amount }, { order_type }) =>
        `place an order to ${order_type === "Buy" ? "buy" : "sell"} ${amount} shares of ${symbol} at a price of ${price} dollars each`,
      values: { amount: (_, random) => [1 + random.below(60)] },
    },
    withdraw_funds: {
      ask: ({ amount }) => `withdraw ${amount} dollars from the trading account`,
      values: { amount: (_, random) => [10 + 5 * random.below(60)] },
    },
    get_account_info: () => "show me the details of the trading account",
    trading_login: {
      ask: ({ username, password }) => `log in to the trading account as ${username} with the password ${password}`,
      values: {
        username: (_, random) => [invent.name(random).toLowerCase()],
        password: (_, random) => [invent.code(random)],
      },
    },
    trading_get_login_status: () => "check whether the trading account is logged in",
    trading_logout: () => "log out of the trading account",
    fund_account: {
      ask: ({ amount }) => `pay ${amount} dollars into the trading account`,
      values: { amount: (_, random) => [50 + 25 * random.below(100)] },
    },
    remove_stock_from_watchlist: ({ symbol }) => `take ${symbol} off the watchlist`,
    get_watchlist: () => "show me the watchlist",
    get_order_history: () => "list the numbers of all orders",
    get_transaction_history: ({ start_date, end_date }) =>
      `list the transactions${start_date ? ` from ${start_date} on` : ""}${end_date ? ` up to ${end_date}` : ""}`,
    get_available_stocks: ({ sector }) => `list the stocks of the sector ${sector}`,
    filter_stocks_by_price: {
      ask: ({ stocks, min_price, max_price }) =>
        `tell me which of ${stocks} cost between ${min_price} and ${max_price} dollars`,
      values: {
        min_price: (_, random) => [10 * (1 + random.below(20))],
        max_price: (_, random) => [250 + 50 * random.below(12)],
      },
    },
    add_to_watchlist: ({ stock }) => `add ${stock} to the watchlist`,
    notify_price_change: {
      ask: ({ stocks, threshold }) => `tell me which of ${stocks} moved by at least ${threshold} percent`,
      values: { threshold: () => [0.1, 0.15, 0.2, 0.25] },
    },
  },
});

import type { Account, Order, Stock } from "./records.ts";

const stock = (
  price: number,
  percent_change: number,
  volume: number,
  week: number,
  month: number | { readonly $float: string },
): Stock => ({ price, percent_change, volume, "MA(5)": week, "MA(20)": month });

/** What the market holds where a config says nothing. */
export const defaultStocks: [string, Stock][] = [
  ["AAPL", stock(227.16, 0.17, 2.552, 227.11, 227.09)],
  ["GOOG", stock(2840.34, 0.24, 1.123, 2835.67, 2842.15)],
  ["TSLA", stock(667.92, -0.12, 1.654, 671.15, 668.2)],
  ["MSFT", stock(310.23, 0.09, 3.234, 309.88, 310.11)],
  ["NVDA", stock(220.34, 0.34, 1.234, 220.45, 220.67)],
  ["ALPH", stock(1320.45, -0.08, 1.567, 1321.12, 1325.78)],
  ["OMEG", stock(457.23, 0.12, 2.345, 456.78, 458.12)],
  ["QUAS", stock(725.89, -0.03, 1.789, 726.45, { $float: "728.0" })],
  ["NEPT", stock(88.34, 0.19, 0.654, 88.21, 88.67)],
  ["SYNX", stock(345.67, 0.11, 2.112, 345.34, 346.12)],
  ["ZETA", stock(22.09, -0.05, 0.789, 22.12, 22.34)],
];

export const defaultOrders: [number, Order][] = [
  [12345, { id: 12345, order_type: "Buy", symbol: "AAPL", price: 210.65, amount: 10, status: "Completed" }],
  [12446, { id: 12446, order_type: "Sell", symbol: "GOOG", price: 2840.56, amount: 5, status: "Pending" }],
];

export const defaultAccount: Account = {
  account_id: 12345,
  balance: { $float: "10000.0" },
  binding_card: 1974202140965533,
};

/** The number of an order that exists already: the first order placed takes its place. */
export const defaultOrderCounter = 12446;
export const defaultWatchList: string[] = ["NVDA"];
export const defaultSeed = 1053520;

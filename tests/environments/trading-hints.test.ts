import fc from "fast-check";
import { expect, test } from "vitest";
import { tradingHints } from "../../environments/trading/hints.ts";
import { trading } from "../../environments/trading/index.ts";
import { declaredFailures } from "../../src/feedback/declared-failures.ts";
import { hintsOf } from "../feedback/hints-of.ts";

type Made = readonly [string, Record<string, unknown>];
const config = (more: object = {}) => ({ authenticated: true, market_status: "Open", ...more });
const out = config({ authenticated: false });
const poor = (balance: unknown, more: object = {}) =>
  config({ account_info: { account_id: 1, balance, binding_card: 2 }, ...more });
const small = (more: object = {}) =>
  config({
    stocks: { ZETA: { price: 22.09, percent_change: 1, volume: 1, "MA(5)": 1, "MA(20)": 1 } },
    orders: {},
    order_counter: 1,
    ...more,
  });
const run = (start: object, calls: readonly Made[]) => {
  let state = trading.init(start as never);
  let last: ReturnType<typeof trading.step>["outcome"] | undefined;
  for (const [tool, args] of calls) ({ state, outcome: last } = trading.step(state, { tool, args } as never));
  return last!;
};
const login: Made = ["trading_login", { username: "ann", password: "x" }];
const logout: Made = ["trading_logout", {}];
const order = (symbol: string, price: unknown, amount: unknown): Made => [
  "place_order",
  { order_type: "Buy", symbol, price, amount },
];
const history = (start_date: string, end_date: string | null = null): Made => [
  "get_transaction_history",
  { start_date, end_date },
];

/** Each failure: a call, and two ways to meet it, of a config and calls made before. */
type Way = readonly [config: object, before?: readonly Made[]];
const loggedOut: Way = [config(), [logout]];
const failures: readonly (readonly [string, Made, Way, Way])[] = [
  ["alreadyLoggedIn", login, [config()], [out, [login]]],
  ["notLoggedIn", logout, [out], loggedOut],
  ["notLoggedIn", ["get_account_info", {}], [out], loggedOut],
  ["notLoggedIn", ["get_order_history", {}], [out], loggedOut],
  ["notLoggedIn", ["get_watchlist", {}], [out], loggedOut],
  ["notLoggedIn", history("2024-09-31"), [out], loggedOut],
  ["unreadableDate", history("yesterday"), [config()], [config(), [["fund_account", { amount: 5 }]]]],
  ["noSuchDay", history("2024-02-31", "soon"), [config()], [config(), [["fund_account", { amount: 5 }]]]],
  ["notLoggedIn", ["fund_account", { amount: -5 }], [out], loggedOut],
  ["amountNotPositive", ["fund_account", { amount: -5 }], [config()], [config(), [login]]],
  ["notLoggedIn", ["withdraw_funds", { amount: 50 }], [out], [poor(10, { authenticated: false })]],
  [
    "marketClosed",
    ["withdraw_funds", { amount: 50 }],
    [config({ market_status: "Closed" })],
    [poor(10, { market_status: "Closed" })],
  ],
  ["amountNotPositive", ["withdraw_funds", { amount: 0 }], [config()], [config()]],
  ["insufficientFunds", ["withdraw_funds", { amount: 50 }], [poor(10)], [poor({ $float: "0.0" })]],
  ["notLoggedIn", order("XYZ", 100, 500), [out], [poor(60000, { authenticated: false })]],
  ["unknownSymbol", order("ZETAX", 100, 500), [config()], [small()]],
  ["notPositive", order("ZETA", 0, -1), [config()], [config()]],
  ["insufficientFunds", order("ZETA", 100, 500), [config()], [poor(99)]],
  ["notFound", ["get_order_details", { order_id: 12346 }], [config()], [small()]],
  ["notFound", ["cancel_order", { order_id: 1 }], [config()], [small()]],
  [
    "alreadyCompleted",
    ["cancel_order", { order_id: 12345 }],
    [config()],
    [config(), [["cancel_order", { order_id: 12446 }]]],
  ],
  ["unknownCompany", ["get_symbol_by_name", { name: "AAPL" }], [config()], [small()]],
  ["unknownSymbol", ["get_stock_info", { symbol: "Zeta" }], [small()], [config({ stocks: {} })]],
  ["unknownSector", ["get_available_stocks", { sector: "NVDA" }], [config()], [small()]],
  [
    "noneOnTheMarket",
    ["filter_stocks_by_price", { stocks: ["AAPLE"], min_price: 1, max_price: 2 }],
    [config()],
    [small()],
  ],
  ["noneOnTheMarket", ["notify_price_change", { stocks: ["GOOGL", "TSLAA"], threshold: 9 }], [config()], [small()]],
  [
    "alreadyWatched",
    ["add_to_watchlist", { stock: "NVDA" }],
    [config()],
    [config({ watch_list: [] }), [["add_to_watchlist", { stock: "NVDA" }]]],
  ],
  ["unknownSymbol", ["add_to_watchlist", { stock: "Omega" }], [config()], [small()]],
  [
    "notLoggedIn",
    ["remove_stock_from_watchlist", { symbol: "NVDAX" }],
    [out],
    [config({ authenticated: false, watch_list: [] })],
  ],
  ["notWatched", ["remove_stock_from_watchlist", { symbol: "nvda" }], [config()], [config({ watch_list: ["TSLA"] })]],
];
/** What is wrong with these lies in the call alone. */
const sameEverywhere = ["amountNotPositive", "notPositive"];
const met = ([start, before = []]: Way, call: Made) => hintsOf(tradingHints, start, [...before, call]);

test("every failure that is declared is tried", () => {
  const tried = failures.map(([code, [tool]]) => ({ tool, code }));
  const known = declaredFailures(trading as never);
  expect(tried).toHaveLength(known.length);
  expect(tried).toEqual(expect.arrayContaining(known));
});

test.each(failures)("%s of %j has a hint that depends on the state", (code, call, one, other) => {
  const [first, second] = [met(one, call), met(other, call)];
  expect([first.code, second.code]).toEqual([code, code]);
  if (!sameEverywhere.includes(code)) expect(first.guide!.text).not.toBe(second.guide!.text);
  for (const [way, { guide }] of [
    [one, first],
    [other, second],
  ] as const) {
    const [start, before = []] = way;
    const failed = run(start, [...before, call]);
    const message = failed.ok ? "" : failed.error.message;
    expect((guide!.suggestion.values ?? []).length).toBeLessThanOrEqual(3);
    for (const value of guide!.suggestion.values ?? []) {
      const tried: Made = [call[0], { ...call[1], [guide!.suggestion.argument!]: value }];
      const outcome = run(start, [...before, tried]);
      expect(outcome.ok || outcome.error.message !== message, guide!.text).toBe(true);
    }
  }
});

/** Reads nothing but a hint's text, and makes the calls that it speaks of. */
function readHint(text: string, [tool, args]: Made): Made[] {
  const calls: Made[] = [];
  if (text.includes("logged in to trading (")) calls.push(login);
  const sum = /Pay in at least ([\d.]+) first/.exec(text)?.[1];
  if (sum !== undefined) calls.push(["fund_account", { amount: Number(sum) }]);
  const symbol = /nearest for 'symbol': '(\w+)'/.exec(text)?.[1];
  return [...calls, [tool, symbol === undefined ? args : { ...args, symbol }]];
}

test("one hint tells all that keeps an order from being placed; a reader of it places the order without a further failure", () => {
  const market = fc.record({
    authenticated: fc.boolean(),
    balance: fc.constantFrom(0, 10, 99.99, 1234.56, { $float: "10000.0" }, { $float: "1000000.0" }),
  });
  const wanted = fc.record({
    symbol: fc.constantFrom("AAPL", "aapl", "GOOGL", "$TSLA"),
    price: fc.constantFrom(0.1, 22.09, 227.16, { $float: "100.0" }),
    amount: fc.constantFrom(1, 3, 77, 1000),
  });
  let placed = 0;
  fc.assert(
    fc.property(market, wanted, ({ authenticated, balance }, { symbol, price, amount }) => {
      const start = poor(balance, { authenticated });
      const call = order(symbol, price, amount);
      if (run(start, [call]).ok) return;
      const { text } = hintsOf(tradingHints, start, [call]).guide!;
      expect(text).not.toMatch(/trading_login|fund_account/);
      const calls = readHint(text, call);
      for (const upTo of calls.keys()) expect(run(start, calls.slice(0, upTo + 1)).ok, text).toBe(true);
      placed++;
    }),
  );
  expect(placed).toBeGreaterThan(50);
});

test("a withdrawal: the login and the amount lacking at once, with a closed market said to be beyond reach", () => {
  const call: Made = ["withdraw_funds", { amount: 150.3 }];
  const start = poor(100.1, { authenticated: false });
  const { guide, direct } = hintsOf(tradingHints, start, [call]);
  expect(guide!.text).toContain("150.3 is needed and 100.1 is there, 50.2 too little");
  expect(direct!.suggestion).toEqual({
    unmet: ["logged in to trading", "the balance suffices"],
    tools: ["trading_login", "fund_account"],
  });
  expect(run(start, readHint(guide!.text, call)).ok).toBe(true);
  const closed = hintsOf(tradingHints, poor(100.1, { market_status: "Closed" }), [call]).guide!;
  expect(closed.text).toContain("its status is 'Closed'");
  expect(closed.suggestion.values).toBeUndefined();
});

test("as many shares as the balance covers are worth a try", () => {
  const call = order("AAPL", 227.16, 100);
  const { guide } = hintsOf(tradingHints, config(), [call]);
  expect(guide!.suggestion).toMatchObject({ argument: "amount", values: [44] });
  const cents = fc.integer({ min: 1, max: 100000 }).map((count) => count / 100);
  fc.assert(
    fc.property(cents, fc.integer({ min: 1, max: 2000 }), (price, shares) => {
      const start = poor(Number((price * shares).toFixed(2)));
      const [most] = hintsOf(tradingHints, start, [order("AAPL", price, 9999)]).guide!.suggestion.values ?? [0];
      expect(most === 0 || run(start, [order("AAPL", price, most)]).ok).toBe(true);
      expect(run(start, [order("AAPL", price, (most as number) + 1)]).ok).toBe(false);
    }),
  );
  expect(hintsOf(tradingHints, poor(99), [order("AAPL", 227.16, 1)]).guide!.text).toContain("does not cover one share");
});

test("price and amount that are not above zero are both told, and neither has a value that would do alone", () => {
  const { guide } = hintsOf(tradingHints, config(), [order("AAPL", -3, 0)]);
  expect(guide!.suggestion).toEqual({ unmet: ["'price' is above zero", "'amount' is above zero"] });
  expect(hintsOf(tradingHints, config(), [order("AAPL", -3, 1)]).guide!.suggestion.values).toEqual([3]);
});

test("the number that the next order gets is told apart from others that no order has", () => {
  const start = config({ order_counter: 12447 });
  const next = hintsOf(tradingHints, start, [["get_order_details", { order_id: 12447 }]]).direct!;
  expect(next.suggestion).toEqual({
    unmet: ["the order is placed"],
    argument: "order_id",
    values: [12446, 12345],
    tools: ["place_order"],
  });
  expect(run(start, [order("AAPL", 1, 1), ["get_order_details", { order_id: 12447 }]]).ok).toBe(true);
});

test("numbers beyond counting make no hint fail", () => {
  const huge = [{ $int: `9${"0".repeat(400)}` }, { $float: "1e+308" }, { $float: "inf" }, { $float: "nan" }];
  for (const value of huge)
    for (const call of [
      ["withdraw_funds", { amount: value }],
      order("AAPL", value, 1),
      order("AAPL", 1, value),
      ["cancel_order", { order_id: value }],
    ] as Made[])
      if (!run(config(), [call]).ok) {
        const start = out;
        const { direct } = hintsOf(tradingHints, start, [call]);
        expect(direct!.text.length).toBeLessThan(1200);
      }
});

test.each<[readonly Made[], RegExp]>([
  [[["get_stock_info", { symbol: "Apple Inc." }]], /names a company\).*look up the company's symbol first/],
  [[["get_stock_info", { symbol: "AMZN" }]], /symbol of a stock that is not among its 11 stocks/],
  [[["get_stock_info", { symbol: "Amazon" }]], /its stock is not among its 11 stocks\).*say so to the user/],
  [[["get_symbol_by_name", { name: "Zeta Corp." }]], /nearest that are known: 'Zeta Corp'/],
  [[["get_available_stocks", { sector: "Tech" }]], /try 'Technology', 'Automobile'/],
  [[["notify_price_change", { stocks: ["GOOGL", "TSLAA"], threshold: 9 }]], /for 'stocks': \["GOOG","TSLA"\]/],
  [[history("09/10/2024")], /try '2024-09-10', '2024-10-09'/],
  [[history("2024-02-31")], /try '2024-02-29'/],
  [[history("Sep 1, 2024", "2nd of October 2024")], /'start_date', try '2024-09-01'.*'end_date', try '2024-10-02'/],
  [[history("2024-10-01 10:30:00")], /try '2024-10-01'/],
  [[history("on 20241001")], /try '2024-10-01'/],
  [[history("2024-13-01")], /try '2024-01-13'/],
  [[history("10/2024")], /Give a day such as 2024-10-27/],
  [[order("AAPL", 1, 1), ["cancel_order", { order_id: 7 }]], /placed 1 call ago has the number 12446/],
  [[["cancel_order", { order_id: 12345 }]], /status of 12345 is 'Completed'; 1 other order .*can be cancelled: 12446/],
  [[order("AAPL", 10, -5)], /tells a sale from a purchase: 5\./],
  [
    [
      ["remove_stock_from_watchlist", { symbol: "NVDA" }],
      ["remove_stock_from_watchlist", { symbol: "NVDA" }],
    ],
    /'NVDA' was removed 1 call ago/,
  ],
])("%j", (calls, expected) => {
  expect(hintsOf(tradingHints, config(), calls).guide!.text).toMatch(expected);
});

import { describe, expect, test } from "vitest";
import type { TradingExtension } from "../../environments/trading/extension.ts";
import { trading } from "../../environments/trading/index.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";
import { sessionOf } from "./session.ts";

const open = { authenticated: true, market_status: "Open" };
/** Two orders, one of them a trade from before, and a stray text among them. */
const orders = {
  $dict: [
    ["007", { symbol: "AAPL", price: 210.65, num_shares: 10, status: "Completed" }],
    ["order_type", "Buy"],
    ["12", { symbol: "TSLA", price: { $float: "600.0" }, num_shares: 1, status: "Open" }],
  ],
};
const extension: { trading: TradingExtension } = {
  trading: {
    watchList: ["LMAT", { $repr: "Ellipsis" }],
    transactionHistory: [{ type: "deposit", amount: 1.5, timestamp: "2024-05-01 22:14:05.858817" }],
    movingAverage5: [1.5, { $float: "2.0" }],
    movingAverage20: [3.5],
    technology: ["LGY"],
    automobile: ["BVO"],
    orderDetail: { overview: "{symbol} is {{large}}." },
  },
};

const session = (config: object, pack?: object) => sessionOf(trading, trading.init(config, pack));

describe("trading", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(trading, lawCases.trading as LawOptions);
  });

  test("places an order, shows it and cancels it", () => {
    const { call } = session(open);
    const order = { order_type: "Buy", symbol: "AAPL", price: 100, amount: 5 };
    expect(call("place_order", order).text).toBe(
      '{"order_id": 12446, "order_type": "Buy", "status": "Pending", "price": 100.0, "amount": 5}',
    );
    expect(call("get_order_details", { order_id: 12446 }).text).toBe(
      '{"id": 12446, "order_type": "Buy", "symbol": "AAPL", "price": 100.0, "amount": 5, "status": "Open"}',
    );
    // The default counter stands on an order that exists, so the first order placed replaces it.
    expect(call("get_order_history").text).toBe('{"history": [12345, 12446]}');
    expect(call("cancel_order", { order_id: { $float: "12446.0" } }).text).toBe(
      '{"order_id": 12446.0, "status": "Cancelled"}',
    );
    const { error, text } = call("cancel_order", { order_id: 12345 });
    expect(text).toBe(`{"error": "Can't cancel order 12345. Order is already completed."}`);
    expect(error).toMatchObject({ code: "alreadyCompleted", data: { order_id: 12345, cancellable: [] } });
  });

  test("a purchase beyond the balance says what it costs", () => {
    const { call } = session(open);
    const { text, error, before, after } = call("place_order", {
      order_type: "buy",
      symbol: "AAPL",
      price: 2000.5,
      amount: 5,
    });
    expect(text).toBe('{"error": "Insufficient funds: required $10002.50 but only $10000.00 available."}');
    expect(error?.data).toMatchObject({ cost: 10002.5, balance: { $float: "10000.0" } });
    expect(after).toBe(before);
  });

  test("a price beyond a float raises, unless something else stands in the way", () => {
    const huge = { order_type: "Buy", symbol: "AAPL", price: { $int: `1${"0".repeat(400)}` }, amount: 1 };
    const { text, error } = session(open).call("place_order", huge);
    expect(text).toBe("Error during execution: int too large to convert to float");
    expect(error).toMatchObject({ code: "raised", data: { kind: "OverflowError" } });
    const unknown = session(open).call("place_order", { ...huge, symbol: "NONE" });
    expect(unknown.error).toMatchObject({ code: "unknownSymbol", data: { cost: null, unmet: ["unknownSymbol"] } });
  });

  test("a refused withdrawal names the first obstacle, and its data all of them", () => {
    const { call } = session({});
    const { text, error } = call("withdraw_funds", { amount: 20000 });
    expect(text).toBe('{"error": "User not authenticated. Please log in to make a transaction."}');
    expect(error?.code).toBe("notLoggedIn");
    expect(error?.data).toMatchObject({ unmet: ["notLoggedIn", "marketClosed", "insufficientFunds"] });
  });

  test("money moved is dated by the seed and keeps the form of its amount", () => {
    const { call } = session(open);
    expect(call("fund_account", { amount: 5 }).text).toBe(
      '{"status": "Account funded successfully", "new_balance": 10005.0}',
    );
    expect(call("withdraw_funds", { amount: 0.5 }).text).toBe(
      '{"status": "Withdrawal successful", "new_balance": 10004.5}',
    );
    expect(call("get_transaction_history").text).toBe(
      '{"transaction_history": [{"type": "deposit", "amount": 5, "timestamp": "2024-09-02 05:40:15"}, {"type": "withdrawal", "amount": 0.5, "timestamp": "2024-09-01 12:26:34"}]}',
    );
  });

  test("a balance of more digits than Python writes reads as its error", () => {
    const account_info = { account_id: 1, balance: 5, binding_card: 1 };
    const { text } = session({ ...open, account_info }).call("fund_account", { amount: { $int: "9".repeat(4300) } });
    expect(text).toMatch(/^Error during execution: Exceeds the limit \(4300 digits\)/);
  });

  test("an unreadable day is raised, a day that is none has a code of its own", () => {
    const { call } = session(open);
    const { text, error } = call("get_transaction_history", { start_date: "2024/01/15" });
    expect(text).toBe("Error during execution: time data '2024/01/15' does not match format '%Y-%m-%d'");
    expect(error).toMatchObject({ code: "unreadableDate", data: { argument: "start_date", format: "YYYY-MM-DD" } });
    expect(call("get_transaction_history", { end_date: "2024-02-30" }).error).toMatchObject({
      code: "noSuchDay",
      message: "day is out of range for month",
    });
  });

  test("values that only mean failure are soft failures", () => {
    const { call } = session(open);
    const company = call("get_symbol_by_name", { name: "apple" });
    expect(company.text).toBe('{"symbol": "Stock not found"}');
    expect(company.error).toMatchObject({ code: "unknownCompany", data: { name: "apple" } });
    const watched = call("add_to_watchlist", { stock: "NVDA" });
    expect(watched.text).toBe('{"watchlist": ["NVDA"]}');
    expect(watched.error?.code).toBe("alreadyWatched");
    expect(call("add_to_watchlist", { stock: "AMZN" }).error?.code).toBe("unknownSymbol");
    expect(call("get_available_stocks", { sector: "Energy" }).text).toBe('{"stock_list": []}');
    expect(call("trading_login", { username: "me", password: "pw" }).text).toBe('{"status": "Already logged in"}');
  });

  test("some failures are lists on the wire", () => {
    const { call } = session({});
    expect(call("get_watchlist").text).toBe("['Error: User not authenticated. Please log in to view the watchlist.']");
    expect(call("get_order_history").text).toBe(
      "[{'error': 'User not authenticated. Please log in to view order history.'}]",
    );
  });

  test("orders of a config are numbered, and a stray text among them is only listed", () => {
    const { call } = session({ ...open, orders });
    expect(call("get_order_history").text).toBe('{"history": [7, "order_type", 12]}');
    expect(call("get_order_details", { order_id: 12 }).text).toBe(
      '{"symbol": "TSLA", "price": 600.0, "num_shares": 1, "status": "Open"}',
    );
    expect(() => trading.init({ orders: { 5: "Buy" } })).toThrow("an order is expected under a number");
  });

  test("long-context mode adds the extension's lists and texts, shared and never copied twice", () => {
    const run = session(open, extension);
    expect(run.call("get_watchlist").text).toBe("['NVDA', 'LMAT', Ellipsis]");
    expect(run.call("get_transaction_history").text).toBe(
      '{"transaction_history": [{"type": "deposit", "amount": 1.5, "timestamp": "2024-05-01 22:14:05.858817"}]}',
    );
    expect(run.call("get_stock_info", { symbol: "ZETA" }).text).toBe(
      '{"price": 22.09, "percent_change": -0.05, "volume": 0.789, "MA(5)": [1.5, 2.0], "MA(20)": [3.5]}',
    );
    expect(run.call("get_order_details", { order_id: 12345 }).text).toContain(
      '"metadata": {"overview": "AAPL is {large}."}',
    );
    const listed = () => {
      const { outcome } = trading.step(run.call("get_watchlist").after, { tool: "get_watchlist", args: {} });
      return outcome.ok && outcome.value;
    };
    expect(listed()).toBe(listed());
    const wrong = { trading: { ...extension.trading, orderDetail: { risks: "{name}" } } };
    expect(() => trading.init({}, wrong)).toThrow("the only placeholder is {symbol}");
  });
});

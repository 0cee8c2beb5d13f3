import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { absolute, compare } from "../../src/python/number.ts";
import { float } from "../../src/python/schema.ts";
import { isSector, sectorNames, sectors, symbolsByCompany } from "./companies.ts";
import { joinedList } from "./long-list.ts";
import { stockOf, symbolsOf } from "./market.ts";
import { type State, tradingState } from "./state.ts";

/** A symbol that the market does not have, and those that it has. */
export const unknownSymbol = (message: (symbol: string) => string) =>
  failure(z.strictObject({ symbol: z.string(), known: z.array(z.string()) }), ({ symbol }) => message(symbol));
const symbolLists = (state: State) => [symbolsOf(state), symbolsOf(state).slice(0, 2), []];
const unknownSymbols = z.strictObject({ unknown: z.array(z.string()), known: z.array(z.string()) });
const averages = z.union([float, z.array(float)]);

export const get_current_time = tradingState
  .read({
    description: "Show the time of day, as in '09:05 AM'.",
    args: z.object({}),
    result: z.strictObject({ current_time: z.string() }),
  })
  .run(() => ({ current_time: "10:30 AM" }));

export const get_symbol_by_name = tradingState
  .read({
    description: "Look up the stock symbol of a company by its name, spelt exactly, as in 'Quasar Ltd.'.",
    args: z.object({ name: z.string() }),
    result: z.strictObject({ symbol: z.string() }),
    failures: {
      unknownCompany: failure(
        z.strictObject({ name: z.string(), known: z.array(z.string()) }),
        () => "Stock not found",
        { wire: (_, message) => ({ symbol: message }), soft: true },
      ),
    },
    candidates: { name: () => [...symbolsByCompany.keys()] },
  })
  .run(({ args: { name }, fail }) => {
    const symbol = symbolsByCompany.get(name);
    return symbol === undefined ? fail.unknownCompany({ name, known: [...symbolsByCompany.keys()] }) : { symbol };
  });

export const get_stock_info = tradingState
  .read({
    description:
      "Show the price of a stock in dollars, its change in percent, its volume, and its averages over 5 and 20 days.",
    args: z.object({ symbol: z.string() }),
    result: z.strictObject({
      price: float,
      percent_change: float,
      volume: float,
      "MA(5)": averages,
      "MA(20)": averages,
    }),
    failures: { unknownSymbol: unknownSymbol((symbol) => `Stock with symbol '${symbol}' not found.`) },
    candidates: { symbol: symbolsOf },
  })
  .run(({ state, args: { symbol }, fail }) => {
    const stock = stockOf(state, symbol);
    if (!stock) return fail.unknownSymbol({ symbol, known: symbolsOf(state) });
    const { extension } = state;
    if (!extension) return stock;
    return { ...stock, "MA(5)": extension.movingAverage5, "MA(20)": extension.movingAverage20 };
  });

export const get_available_stocks = tradingState
  .read({
    description: "List the stock symbols of a sector, 'Technology' or 'Automobile'.",
    args: z.object({ sector: z.string() }),
    result: z.strictObject({ stock_list: z.array(z.string()) }),
    failures: {
      unknownSector: failure(
        z.strictObject({ sector: z.string(), known: z.array(z.string()) }),
        ({ sector }) => `There is no sector '${sector}'.`,
        { wire: () => ({ stock_list: [] }), soft: true },
      ),
    },
    candidates: { sector: () => sectorNames },
  })
  .run(({ state, args: { sector }, fail }) => {
    if (!isSector(sector)) return fail.unknownSector({ sector, known: sectorNames });
    const { symbols, extension } = sectors[sector];
    return { stock_list: state.extension ? joinedList(symbols, state.extension[extension]) : [...symbols] };
  });

export const filter_stocks_by_price = tradingState
  .read({
    description:
      "Keep those of the given stock symbols whose price in dollars lies between two prices, both included. A symbol that is not on the market counts as 0.",
    args: z.object({ stocks: z.array(z.string()), min_price: float, max_price: float }),
    result: z.strictObject({ filtered_stocks: z.array(z.string()) }),
    failures: {
      noneOnTheMarket: failure(
        z.strictObject({ ...unknownSymbols.shape, filtered: z.array(z.string()) }),
        ({ unknown }) => `Not on the market: ${unknown.join(", ")}.`,
        { wire: ({ filtered }) => ({ filtered_stocks: filtered }), soft: true },
      ),
    },
    candidates: { stocks: symbolLists, min_price: () => [0, 100], max_price: () => [500, { $float: "1000.0" }] },
  })
  .run(({ state, args: { stocks, min_price, max_price }, fail }) => {
    const market = new Map(state.stocks);
    const filtered = stocks.filter((symbol) => {
      const price = market.get(symbol)?.price ?? 0;
      return compare(price, min_price) >= 0 && compare(price, max_price) <= 0;
    });
    if (stocks.length > 0 && stocks.every((symbol) => !market.has(symbol)))
      return fail.noneOnTheMarket({ unknown: stocks, known: symbolsOf(state), filtered });
    return { filtered_stocks: filtered };
  });

export const notify_price_change = tradingState
  .read({
    description: "Say which of the given stock symbols moved, up or down, by at least `threshold` percent.",
    args: z.object({ stocks: z.array(z.string()), threshold: float }),
    result: z.strictObject({ notification: z.string() }),
    failures: {
      noneOnTheMarket: failure(unknownSymbols, () => "No significant price changes in the selected stocks.", {
        wire: (_, message) => ({ notification: message }),
        soft: true,
      }),
    },
    candidates: { stocks: symbolLists, threshold: () => [0.1, 5] },
  })
  .run(({ state, args: { stocks, threshold }, fail }) => {
    const market = new Map(state.stocks);
    const changed = stocks.filter((symbol) => {
      const stock = market.get(symbol);
      return stock !== undefined && compare(absolute(stock.percent_change), threshold) >= 0;
    });
    if (changed.length > 0) return { notification: `Stocks ${changed.join(", ")} have significant price changes.` };
    if (stocks.length > 0 && stocks.every((symbol) => !market.has(symbol)))
      return fail.noneOnTheMarket({ unknown: stocks, known: symbolsOf(state) });
    return { notification: "No significant price changes in the selected stocks." };
  });

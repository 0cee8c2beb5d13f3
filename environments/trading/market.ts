import type { Stock } from "./records.ts";
import type { State } from "./state.ts";

/** The stock of a symbol; undefined where the market has none. */
export function stockOf(state: State, symbol: string): Stock | undefined {
  for (const [known, stock] of state.stocks) if (known === symbol) return stock;
  return undefined;
}

export const symbolsOf = (state: State): string[] => state.stocks.map(([symbol]) => symbol);

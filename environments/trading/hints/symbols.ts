import { nearestName, nearestNames } from "../../../src/core/nearest-name.ts";
import type { Advice } from "../../../src/feedback/advice.ts";
import { adviceOnUnmet, type Unmet } from "../../../src/feedback/all-unmet.ts";
import { listed, quoted, shortly } from "../../../src/feedback/words.ts";
import { sectorNames, sectors, symbolsByCompany } from "../companies.ts";
import { symbolsOf } from "../market.ts";
import type { State } from "../state.ts";

const wordsOf = (text: string): string[] =>
  text
    .slice(0, 200)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The company that a text names, in another case, with words too many ("Apple Inc.") or too few ("Quasar"). */
function companyNamed(text: string): string | undefined {
  const given = wordsOf(text);
  if (given.length === 0) return undefined;
  return [...symbolsByCompany.keys()].find((company) => {
    const words = wordsOf(company);
    return words.every((word) => given.includes(word)) || given.every((word) => words.includes(word));
  });
}

/** The names nearest to one: the one that it is a slip of, or those that resemble it. */
export function nearest(name: string, known: readonly string[], most = 3): string[] {
  const slip = nearestName(name.slice(0, 80), known);
  return slip === undefined ? nearestNames(name, known, most) : [slip];
}

const listedAnywhere = new Set<string>([
  ...symbolsByCompany.values(),
  ...Object.values(sectors).flatMap(({ symbols }) => symbols),
]);

const unobtainable = "The stock cannot be had on this market: say so to the user.";

/** An argument that names no stock on the market: what it names instead, and which symbols are near. */
export function symbolUnmet(state: State, argument: string, symbol: string): Unmet {
  const known = symbolsOf(state);
  const market = known.length === 1 ? "its 1 stock" : `its ${known.length} stocks`;
  const condition = `'${argument}' is a symbol on the market`;
  const name = shortly(symbol);
  const company = companyNamed(symbol);
  if (company !== undefined && !listedAnywhere.has(symbol)) {
    const traded = known.includes(symbolsByCompany.get(company)!);
    return {
      condition,
      now: `'${name}' names a company${traded ? "" : `, and its stock is not among ${market}`}`,
      way: traded ? `For '${argument}', look up the company's symbol first.` : unobtainable,
      ...(traded
        ? { call: `'get_symbol_by_name' with the name '${company}'`, tools: ["get_symbol_by_name"], argument }
        : {}),
    };
  }
  if (listedAnywhere.has(symbol))
    return { condition, now: `'${name}' is the symbol of a stock that is not among ${market}`, way: unobtainable };
  const values = nearest(symbol, known);
  return {
    condition,
    now: `'${name}' is not among ${market}`,
    way:
      values.length > 0
        ? `Symbols on the market that are nearest for '${argument}': ${quoted(values)}.`
        : `For '${argument}', take a symbol from earlier results, or look it up by the company's name.`,
    call: "'get_symbol_by_name' with the company's name",
    tools: ["get_symbol_by_name"],
    argument,
    ...(values.length > 0 ? { values } : {}),
  };
}

export const unknownStock = ({ state, args }: { readonly state: State; readonly args: { readonly symbol: string } }) =>
  adviceOnUnmet([symbolUnmet(state, "symbol", args.symbol)]);

interface Unlisted {
  readonly state: State;
  readonly args: { readonly stocks: readonly string[] };
}
/** A list of symbols, none of which is on the market: each with the symbol that it is nearest to. */
export const noneOnTheMarket =
  (meaning: string) =>
  ({ state, args: { stocks } }: Unlisted): Advice => {
    const known = symbolsOf(state);
    const parts = [...new Set(stocks)]
      .slice(0, 3)
      .map((symbol) => ({ symbol, ...symbolUnmet(state, "stocks", symbol) }));
    const replaced = parts.map(({ values = [] }) => values[0]);
    const values =
      replaced.every((symbol) => symbol !== undefined) && stocks.length <= 3 ? [[...new Set(replaced)]] : [];
    const more = stocks.length > 3 ? `; the other ${stocks.length - 3} are not there either` : "";
    return {
      ...adviceOnUnmet(
        [
          {
            condition: "'stocks' holds symbols on the market",
            now: `${listed(parts.map(({ now }) => now))}${more}`,
            way:
              values.length > 0
                ? `The nearest on the market for 'stocks': ${JSON.stringify(values[0])}.`
                : `Give 'stocks' as symbols${known.length > 0 ? " from earlier results" : ", of which this market has none"}; for companies, look up their symbols first.`,
            call: "'get_symbol_by_name' with each company's name",
            tools: ["get_symbol_by_name"],
            ...(values.length > 0 ? { argument: "stocks", values } : {}),
          },
        ],
        meaning,
      ),
    };
  };

/** A company's name that the look-up does not know. */
export function unknownCompany({
  state,
  args: { name },
}: {
  readonly state: State;
  readonly args: { readonly name: string };
}): Advice {
  const rule = "'name' is a company's name, spelt exactly as it is known";
  const symbol = symbolsOf(state).includes(name);
  const company = companyNamed(name);
  const values = symbol ? [] : company === undefined ? nearest(name, [...symbolsByCompany.keys()]) : [company];
  const what = symbol ? "the symbol of a stock on the market already" : "not known";
  const none = symbol
    ? "Use it as it is where a symbol is asked for."
    : "Give the company's name alone; if that is what it is, say to the user that it is not known.";
  return adviceOnUnmet(
    [
      {
        condition: rule,
        now: `'${shortly(name)}' is ${what}`,
        way: values.length > 0 ? `For 'name', the nearest that are known: ${quoted(values)}.` : none,
        argument: "name",
        values,
      },
    ],
    "'Stock not found' stands in place of a symbol.",
  );
}

export function unknownSector({
  state,
  args: { sector },
}: {
  readonly state: State;
  readonly args: { readonly sector: string };
}): Advice {
  const symbol = symbolsOf(state).includes(sector);
  return adviceOnUnmet(
    [
      {
        condition: "'sector' is one that is known",
        now: `'${shortly(sector)}' is ${symbol ? "the symbol of a stock" : "not"}`,
        way: `For 'sector', try ${quoted(sectorNames)}.`,
        argument: "sector",
        values: sectorNames,
      },
    ],
    "The empty list means that there is no such sector.",
  );
}

import { freezeDeep } from "../../src/core/freeze.ts";

/** Company names and their symbols; not all of them are on the market of a given state. */
export const symbolsByCompany: ReadonlyMap<string, string> = new Map([
  ["Apple", "AAPL"],
  ["Google", "GOOG"],
  ["Tesla", "TSLA"],
  ["Microsoft", "MSFT"],
  ["Nvidia", "NVDA"],
  ["Zeta Corp", "ZETA"],
  ["Alpha Tech", "ALPH"],
  ["Omega Industries", "OMEG"],
  ["Quasar Ltd.", "QUAS"],
  ["Neptune Systems", "NEPT"],
  ["Synex Solutions", "SYNX"],
  ["Amazon", "AMZN"],
  ["Gorilla", "GORI"],
]);

/** The symbols of each sector, and the list that long-context mode puts behind them. */
export const sectors = {
  Technology: { symbols: ["AAPL", "GOOG", "MSFT", "NVDA"], extension: "technology" },
  Automobile: { symbols: ["TSLA", "F", "GM"], extension: "automobile" },
} as const;
export type Sector = keyof typeof sectors;

export const sectorNames = freezeDeep(Object.keys(sectors) as Sector[]);
export const isSector = (name: string): name is Sector => Object.hasOwn(sectors, name);

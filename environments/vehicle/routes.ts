import { freezeDeep } from "../../src/core/freeze.ts";
import type { PyFloat } from "../../src/python/value.ts";

/** The zip codes of the cities that have a name. */
export const zipcodes: ReadonlyMap<string, string> = new Map([
  ["Rivermist", "83214"],
  ["Stonebrook", "74532"],
  ["Maplecrest", "56108"],
  ["Silverpine", "62947"],
  ["Shadowridge", "71354"],
  ["Sunset Valley", "83462"],
  ["Oakendale", "47329"],
  ["Willowbend", "52013"],
  ["Crescent Hollow", "69238"],
  ["Autumnville", "51479"],
  ["San Francisco", "94016"],
]);
export const cities: readonly string[] = [...zipcodes.keys()];

/** Kilometres between two zip codes, either way. */
const routes: readonly (readonly [string, string, PyFloat])[] = freezeDeep([
  ["83214", "74532", { $float: "750.0" }],
  ["56108", "62947", { $float: "320.0" }],
  ["71354", "83462", { $float: "450.0" }],
  ["47329", "52013", { $float: "290.0" }],
  ["69238", "51479", { $float: "630.0" }],
  ["94016", "83214", { $float: "980.0" }],
  ["94016", "94704", { $float: "600.0" }],
  ["94704", "08540", { $float: "2550.0" }],
  ["94016", "08540", { $float: "1950.0" }],
  ["62947", "47329", { $float: "1053.0" }],
  ["94016", "62947", { $float: "780.0" }],
  ["74532", "94016", { $float: "880.0" }],
]);

export function distanceBetween(from: string, to: string): PyFloat | undefined {
  return routes.find(([a, b]) => (a === from && b === to) || (a === to && b === from))?.[2];
}

/** The zip codes that a route leads to from this one; none for a zip code that no route knows. */
export function reachableFrom(zipcode: string): string[] {
  return routes.flatMap(([a, b]) => (a === zipcode ? [b] : b === zipcode ? [a] : []));
}

/** The zip codes that some route knows. */
export const routedZipcodes: readonly string[] = [...new Set(routes.map(([a]) => a).concat(routes.map(([, b]) => b)))];

/** A city by its name, whatever its case and the blanks around it. */
export function cityLike(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  return cities.find((city) => city.toLowerCase() === wanted);
}

import { z } from "zod";
import { attempt } from "../../src/python/attempt.ts";
import { digitsValue, strptime } from "../../src/python/date.ts";
import { PythonError } from "../../src/python/error.ts";
import { floatValue } from "../../src/python/number.ts";
import { isDigit } from "../../src/python/string.ts";
import type { PyNumber } from "../../src/python/value.ts";
import { airportCodes, isAirport, placeMeant } from "./airports.ts";
import { changesBetween, destinationsFrom, originsTo, routeBetween, routes } from "./routes.ts";

const factors: Readonly<Record<string, number>> = { economy: 1, business: 2, first: 5 };
export const travelClasses: readonly string[] = Object.freeze(Object.keys(factors));
export const isTravelClass = (name: string): boolean => Object.hasOwn(factors, name);

export interface Flight {
  readonly travel_from: string;
  readonly travel_to: string;
  readonly travel_date: string;
  readonly travel_class: string;
}

/**
 * What a route's base fare is multiplied by: for the class, and twice on days whose digits add up to an even number. Raises at
 * what Python counts as a digit and cannot read as a number: "²", "①".
 */
export function multiplierOf({ travel_class, travel_date }: Flight): number {
  let sum = 0;
  for (const character of travel_date) if (isDigit(character)) sum += digitsValue(character);
  return factors[travel_class]! * (sum % 2 === 0 ? 2 : 1);
}

export function fareOf(flight: Flight): number {
  return routeBetween(flight.travel_from, flight.travel_to)!.fare * multiplierOf(flight);
}

const listings = new Map<number, readonly PyNumber[]>();

/** The fares of all routes; six multipliers make six lists, so they are kept. */
export function faresOfAllRoutes(multiplier: number): readonly PyNumber[] {
  let listing = listings.get(multiplier);
  if (!listing) {
    listing = Object.freeze(routes.map(({ fare }) => Object.freeze(floatValue(fare * multiplier))));
    listings.set(multiplier, listing);
  }
  return listing;
}

export function isDate(text: string): boolean {
  return !(attempt(() => strptime(text, "%Y-%m-%d")) instanceof PythonError);
}

const names = z.array(z.string()).readonly();
const Place = z.strictObject({ airport: z.string(), city: z.string() });

/** All there is to know about a flight that was asked for and cannot be had. */
export const FlightFacts = z.strictObject({
  travel_from: z.string(),
  travel_to: z.string(),
  travel_date: z.string(),
  travel_class: z.string(),
  /** The arguments that are no listed airport, each with the place that it most likely means. */
  unknownAirports: z.array(
    z.strictObject({ argument: z.enum(["travel_from", "travel_to"]), given: z.string(), meant: Place.nullable() }),
  ),
  airports: names,
  /** Whether a flight goes the other way. */
  reverseRoute: z.boolean(),
  /** Where one can fly from the departure, from where one can fly to the destination, and where one change joins the two. */
  destinations: names,
  origins: names,
  changes: names,
  travelClasses: names,
});
export type FlightFacts = z.output<typeof FlightFacts>;

export function flightFacts({ travel_from, travel_to, travel_date, travel_class }: Flight): FlightFacts {
  const unknownAirports = (["travel_from", "travel_to"] as const).flatMap((argument) => {
    const given = argument === "travel_from" ? travel_from : travel_to;
    return isAirport(given) ? [] : [{ argument, given, meant: placeMeant(given) ?? null }];
  });
  return {
    travel_from,
    travel_to,
    travel_date,
    travel_class,
    unknownAirports,
    airports: airportCodes,
    reverseRoute: routeBetween(travel_to, travel_from) !== undefined,
    destinations: destinationsFrom(travel_from),
    origins: originsTo(travel_to),
    changes: changesBetween(travel_from, travel_to),
    travelClasses,
  };
}

export type RouteFault = "unknownAirport" | "sameAirport" | "noRoute";

/** Why no fare is known between two airports. A route may lead to an airport that is not listed. */
export function routeFault({ travel_from, travel_to }: Flight): RouteFault | undefined {
  if (routeBetween(travel_from, travel_to)) return undefined;
  if (!isAirport(travel_from) || !isAirport(travel_to)) return "unknownAirport";
  return travel_from === travel_to ? "sameAirport" : "noRoute";
}

import { nearestName } from "../../../src/core/nearest-name.ts";
import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { airportCodes, airportOf, cities, isAirport, type Place, placeMeant } from "../airports.ts";
import { originsTo } from "../routes.ts";
import { named, oneOf } from "./phrases.ts";

export type End = "travel_from" | "travel_to";

/** An airport that is not listed, with the one that may be meant. */
export interface AirportChoice {
  readonly obstacle: Unmet;
  readonly meant: string | undefined;
}

/** For `booking`, an airport must be listed; fares are told to one that is not. */
export function chooseAirport(end: End, given: string, booking: boolean): AirportChoice {
  const condition = `'${end}' is a listed airport's code`;
  const origins = originsTo(given).slice(0, 3);
  if (origins.length > 0) {
    if (booking && end === "travel_to") {
      const now = `'${given}' is not, though a fare to it is told`;
      const way = `A flight to '${given}' cannot be booked: say so, or ask for another destination.`;
      return { obstacle: { condition, now, way }, meant: undefined };
    }
    const served = end === "travel_to" ? { argument: "travel_from", values: origins } : {};
    const way = `Flights to '${given}' leave from ${oneOf(origins)} alone${end === "travel_from" ? ", and none leaves from there" : ": for 'travel_from', that would do"}.`;
    return { obstacle: { condition, now: `'${given}' is not`, way, ...served }, meant: undefined };
  }
  const meant = placeLike(given);
  if (!meant)
    return {
      obstacle: {
        condition,
        now: `${named(given)} is none`,
        way: `Find out the code for '${end}' from the name of the city.`,
        call: "'get_nearest_airport_by_city' with the city's name, or 'list_all_airports'",
        tools: ["get_nearest_airport_by_city", "list_all_airports"],
      },
      meant: undefined,
    };
  const isCity = cities.includes(given);
  return {
    obstacle: {
      condition,
      now: isCity ? `'${given}' is a city` : `${named(given)} is none`,
      way: `For '${end}', give '${meant.airport}' (${meant.city}).`,
      argument: end,
      values: [meant.airport],
      call: `'get_nearest_airport_by_city' for the code of a city`,
      tools: ["get_nearest_airport_by_city"],
    },
    meant: meant.airport,
  };
}

/** The place that a text means, whatever stands around it, or of which it is a misspelling. */
function placeLike(text: string): Place | undefined {
  const given = text.slice(0, 80);
  const code = (given.match(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g) ?? []).find(isAirport);
  const words = given.split("/").at(-1)!;
  const city = words.length > 4 ? nearestName(words, cities) : nearestName(words, airportCodes);
  return placeMeant(given) ?? (code ? placeMeant(code) : (placeMeant(words) ?? (city ? placeMeant(city) : undefined)));
}

/** A city's name that is not known as it is written. */
export function cityObstacle(given: string): Unmet {
  const condition = "'location' is the name of a city with an airport";
  const code = isAirport(given);
  const place = placeLike(given);
  const sharing = cities.filter((city) =>
    city.split(" ").some((word) => given.slice(0, 80).split(/\W+/).includes(word)),
  );
  const values = place ? [place.city] : sharing.slice(0, 3);
  const now = code ? `'${given}' is the code of an airport` : `no city is known as ${named(given)}`;
  if (values.length === 0)
    return {
      condition,
      now,
      way: "No known city is spelt like it: ask which one is meant, or look at the list of airports.",
      call: "'list_all_airports'",
      tools: ["list_all_airports"],
    };
  const way = code
    ? `Where a code is asked for, '${given}' can be given as it is; for 'location', the city is '${values[0]}'.`
    : `For 'location', give the city's name alone, spelt ${oneOf(values)}.`;
  return { condition, now, way, argument: "location", values: values.filter((city) => airportOf(city) !== undefined) };
}

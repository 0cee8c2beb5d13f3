import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { isAirport } from "../airports.ts";
import { type Flight, fareOf, isDate, isTravelClass, routeFault, travelClasses } from "../fares.ts";
import { changesBetween, destinationsFrom, originsTo, routeBetween } from "../routes.ts";
import { chooseAirport } from "./airports.ts";
import { dateObstacle } from "./dates.ts";
import { named, oneOf } from "./phrases.ts";

/** What is wrong with a flight, and the flight that is meant when each advice is followed. */
export interface FlightChoice {
  readonly obstacles: readonly Unmet[];
  readonly meant: Flight | undefined;
}

/**
 * All obstacles to a flight. A route is judged between the airports that are meant, so that following the advice on one thing
 * does not bring up the next. A fare is told for any text as a date, and to any airport that has one; a booking needs better.
 */
export function chooseFlight(given: Flight, booking: boolean): FlightChoice {
  const obstacles: Unmet[] = [];
  const meant: { -readonly [K in keyof Flight]: Flight[K] } = { ...given };
  const served = !booking && routeBetween(given.travel_from, given.travel_to) !== undefined;
  let known = true;
  for (const end of ["travel_from", "travel_to"] as const) {
    if (served || isAirport(given[end])) continue;
    const choice = chooseAirport(end, given[end], booking);
    obstacles.push(choice.obstacle);
    if (choice.meant === undefined) known = false;
    else meant[end] = choice.meant;
  }
  if (booking && !isDate(given.travel_date)) {
    const date = dateObstacle("travel_date", given.travel_date);
    obstacles.push(date);
    const [day] = date.values ?? [];
    if (day === undefined) known = false;
    else meant.travel_date = String(day);
  }
  const classes = isTravelClass(given.travel_class) ? [] : classesMeant(given.travel_class);
  const ofClass = classes.length > 0 ? [classObstacle(given.travel_class, classes)] : [];
  if (classes.length > 0) meant.travel_class = classes[0]!;
  const fault = routeFault(meant);
  const ofRoute = fault === "sameAirport" || fault === "noRoute" ? [routeObstacle(meant)] : [];
  // The order in which a booking and a fare notice them.
  obstacles.push(...(booking ? [...ofClass, ...ofRoute] : [...ofRoute, ...ofClass]));
  const [route] = ofRoute;
  if (route?.argument && route.values) meant[route.argument as "travel_from" | "travel_to"] = String(route.values[0]);
  return { obstacles, meant: known && routeFault(meant) === undefined ? meant : undefined };
}

/** The classes that a text may mean: "Business Class" is business, "premium" any. */
function classesMeant(text: string): readonly string[] {
  const words = text.slice(0, 60).toLowerCase();
  const found = travelClasses.filter(
    (name) => words.includes(name) || (name.startsWith(words.slice(0, 4)) && words.length > 3),
  );
  return found.length > 0 ? found : travelClasses;
}

const classObstacle = (given: string, values: readonly string[]): Unmet => ({
  condition: "'travel_class' is one of three",
  now: `${named(given)} is none`,
  way: `For 'travel_class', give ${oneOf(values)}.`,
  argument: "travel_class",
  values,
});

/** No direct flight, though both airports are known: what the network offers instead. */
function routeObstacle({ travel_from: from, travel_to: to }: Flight): Unmet {
  const condition = "there is a direct flight";
  if (from === to) {
    const now = `'${from}' is both departure and arrival`;
    return { condition, now, way: "Give two different airports: one of the two is not what was asked for." };
  }
  const back = routeBetween(to, from) !== undefined;
  const now = `none from '${from}' to '${to}', though both exist${back ? "; only the other way" : ""}`;
  const changes = changesBetween(from, to).slice(0, 3);
  if (changes.length > 0) {
    const way = `Two flights lead there: for 'travel_to', give ${oneOf(changes)} first.`;
    return { condition, now, way, argument: "travel_to", values: changes };
  }
  const [origins, destinations] = [originsTo(to), destinationsFrom(from)];
  const stuck = "say that there is none";
  if (origins.length > 0 && (origins.length <= 3 || destinations.length === 0)) {
    const way = `For 'travel_from', give ${some(origins)}, where flights to '${to}' leave, or ${stuck}.`;
    return { condition, now, way, argument: "travel_from", values: origins.slice(0, 3) };
  }
  if (destinations.length > 0) {
    const way = `For 'travel_to', give ${some(destinations)}, where flights from '${from}' go, or ${stuck}.`;
    return { condition, now, way, argument: "travel_to", values: destinations.slice(0, 3) };
  }
  return { condition, now, way: `No flight leaves '${from}', and none goes to '${to}': say so.` };
}

const some = (airports: readonly string[]): string =>
  airports.length > 3 ? `${oneOf(airports.slice(0, 3))} (among others)` : oneOf(airports);

/** The classes in which a flight costs no more than an amount allows. */
export function classesWithin(flight: Flight, pays: (fare: number) => boolean): string[] {
  return travelClasses.filter(
    (name) => name !== flight.travel_class && pays(fareOf({ ...flight, travel_class: name })),
  );
}

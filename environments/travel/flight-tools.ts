import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { floatValue } from "../../src/python/number.ts";
import { float } from "../../src/python/schema.ts";
import { airportCodes, airportOf, cities, placeMeant } from "./airports.ts";
import { currencies, exchanged } from "./currencies.ts";
import {
  FlightFacts,
  fareOf,
  faresOfAllRoutes,
  flightFacts,
  isTravelClass,
  multiplierOf,
  routeFault,
  travelClasses,
} from "./fares.ts";
import { travelState } from "./state.ts";

export const list_all_airports = travelState
  .read({
    description: "List the codes of all airports.",
    args: z.object({}),
    result: z.array(z.string()).readonly(),
  })
  .run(() => airportCodes);

export const get_nearest_airport_by_city = travelState
  .read({
    description:
      "Tell the code of the airport that serves a city, given by its exact name: 'New York', 'Crescent Hollow'.",
    args: z.object({ location: z.string() }),
    result: z.strictObject({ nearest_airport: z.string() }),
    failures: {
      unknownCity: failure(
        z.strictObject({
          location: z.string(),
          meant: z.strictObject({ airport: z.string(), city: z.string() }).nullable(),
          cities: z.array(z.string()).readonly(),
        }),
        () => "Unknown",
        { soft: true, wire: (_, message) => ({ nearest_airport: message }) },
      ),
    },
    candidates: { location: () => cities },
  })
  .run(({ args: { location }, fail }) => {
    const airport = airportOf(location);
    if (airport !== undefined) return { nearest_airport: airport };
    return fail.unknownCity({ location, meant: placeMeant(location) ?? null, cities });
  });

const noRoute = failure(FlightFacts, () => "No available route for the given airports.", { wire: "raised" });

export const get_flight_cost = travelState
  .read({
    description:
      "Tell what a direct flight costs in USD on a day and in a class. Airports are given by their three-letter codes, and routes fly one way.",
    args: z.object({
      travel_from: z.string(),
      travel_to: z.string(),
      travel_date: z.string().meta({ description: "YYYY-MM-DD." }),
      travel_class: z.string().meta({ description: "One of economy, business, first." }),
    }),
    result: z.strictObject({ travel_cost_list: z.array(float).readonly() }),
    failures: {
      unknownAirport: noRoute,
      sameAirport: noRoute,
      noRoute,
      invalidClass: failure(FlightFacts, () => "Invalid travel class. Options are: economy, business, first.", {
        wire: "raised",
      }),
    },
    candidates: {
      travel_from: () => airportCodes,
      travel_to: () => airportCodes,
      travel_date: () => ["2026-10-10", "2026-10-11"],
      travel_class: () => travelClasses,
    },
  })
  .run(({ state, args, fail }) => {
    const fault = routeFault(args);
    if (fault) return fail[fault](flightFacts(args));
    if (!isTravelClass(args.travel_class)) return fail.invalidClass(flightFacts(args));
    if (state.long_context) return { travel_cost_list: faresOfAllRoutes(multiplierOf(args)) };
    return { travel_cost_list: [floatValue(fareOf(args))] };
  });

const ExchangeFacts = z.strictObject({
  base_currency: z.string(),
  target_currency: z.string(),
  unknown: z.array(z.string()),
  currencies: z.array(z.string()).readonly(),
});
const noRate = failure(ExchangeFacts, () => "No available exchange rate for the given currencies.", { wire: "raised" });

export const compute_exchange_rate = travelState
  .read({
    description:
      "Convert an amount of money into another currency. One of the two must be USD; between others, convert into USD first.",
    args: z.object({
      base_currency: z.string().meta({ description: `One of ${currencies.join(", ")}.` }),
      target_currency: z.string().meta({ description: `One of ${currencies.join(", ")}.` }),
      value: float,
    }),
    result: z.strictObject({ exchanged_value: float }),
    failures: {
      unknownCurrency: noRate,
      sameCurrency: noRate,
      noDirectRate: noRate,
    },
    candidates: { base_currency: () => currencies, target_currency: () => currencies },
  })
  .run(({ args: { base_currency, target_currency, value }, fail }) => {
    const result = exchanged(base_currency, target_currency, value);
    if (result !== undefined) return { exchanged_value: result };
    const unknown = [...new Set([base_currency, target_currency])].filter((name) => !currencies.includes(name));
    const facts = { base_currency, target_currency, unknown, currencies };
    if (unknown.length > 0) return fail.unknownCurrency(facts);
    return base_currency === target_currency ? fail.sameCurrency(facts) : fail.noDirectRate(facts);
  });

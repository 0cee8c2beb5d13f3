import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { float } from "../../src/python/schema.ts";
import { cities, cityLike, distanceBetween, reachableFrom, routedZipcodes, zipcodes } from "./routes.ts";
import { vehicleState } from "./state.ts";

const pair = z.strictObject({
  cityA: z.string(),
  cityB: z.string(),
  /** The zip codes that a route leads to from each of the two. */
  reachableFromA: z.array(z.string()),
  reachableFromB: z.array(z.string()),
  /** What no route knows as a zip code, and the zip code where it is the name of a city. */
  unknown: z.array(z.strictObject({ given: z.string(), zipcode: z.string().nullable() })),
  intermediaryCities: z.array(z.string()).nullable(),
});
const noDistance = failure(pair, () => "distance not found in database.", {
  wire: ({ intermediaryCities }, error) => (intermediaryCities === null ? { error } : { error, intermediaryCities }),
});

export const estimate_distance = vehicleState
  .read({
    description: "Look up the distance in km between two cities, given as zip codes.",
    args: z.object({ cityA: z.string(), cityB: z.string() }),
    result: z.strictObject({ distance: float, intermediaryCities: z.array(z.string()).optional() }),
    failures: { unknownZipcode: noDistance, noRoute: noDistance },
    candidates: { cityA: () => routedZipcodes, cityB: () => routedZipcodes },
  })
  .run(({ state: { extension }, args: { cityA, cityB }, fail }) => {
    const distance = distanceBetween(cityA, cityB);
    // zod's types have no read-only arrays; the list is the frozen one of the pack.
    const passed = (extension?.intermediaryCities ?? null) as string[] | null;
    if (distance) return passed ? { distance, intermediaryCities: passed } : { distance };
    const unknown = [cityA, cityB]
      .filter((given) => !routedZipcodes.includes(given))
      .map((given) => ({ given, zipcode: zipcodes.get(cityLike(given) ?? "") ?? null }));
    const facts = {
      cityA,
      cityB,
      reachableFromA: reachableFrom(cityA),
      reachableFromB: reachableFrom(cityB),
      unknown,
      intermediaryCities: passed,
    };
    return unknown.length > 0 ? fail.unknownZipcode(facts) : fail.noRoute(facts);
  });

export const get_zipcode_based_on_city = vehicleState
  .read({
    description: "Look up the zip code of a city by its exact name; '00000' means that the city is not known.",
    args: z.object({ city: z.string() }),
    result: z.strictObject({ zipcode: z.string() }),
    failures: {
      unknownCity: failure(
        z.strictObject({ city: z.string(), cities: z.array(z.string()), closest: z.string().nullable() }),
        ({ city }) => `No zip code is known for '${city}'.`,
        { wire: () => ({ zipcode: "00000" }), soft: true },
      ),
    },
    candidates: { city: () => cities },
  })
  .run(({ args: { city }, fail }) => {
    const zipcode = zipcodes.get(city);
    return zipcode ? { zipcode } : fail.unknownCity({ city, cities: [...cities], closest: cityLike(city) ?? null });
  });

export const set_navigation = vehicleState
  .write({
    description: "Navigate to a destination, written as street, city and state.",
    args: z.object({ destination: z.string() }),
    result: z.strictObject({ status: z.string() }),
  })
  .run(({ state, draft, args: { destination } }) => {
    if (destination !== state.destination) draft().destination = destination;
    return { status: `Navigating to ${destination}` };
  });

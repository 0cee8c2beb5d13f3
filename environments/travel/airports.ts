/** The listed airports in the order of the listing, each with the one city it serves. */
const airports: readonly (readonly [code: string, city: string])[] = [
  ["RMS", "Rivermist"],
  ["SBK", "Stonebrook"],
  ["MPC", "Maplecrest"],
  ["SVP", "Silverpine"],
  ["SHD", "Shadowridge"],
  ["CDG", "Paris"],
  ["LHR", "London"],
  ["SSV", "Sunset Valley"],
  ["OKD", "Oakendale"],
  ["WLB", "Willowbend"],
  ["PEK", "Beijing"],
  ["HND", "Tokyo"],
  ["HKG", "Hong Kong"],
  ["CIA", "Rome"],
  ["CRH", "Crescent Hollow"],
  ["ATV", "Autumnville"],
  ["PHV", "Pinehaven"],
  ["GFD", "Greenfield"],
  ["SFO", "San Francisco"],
  ["LAX", "Los Angeles"],
  ["JFK", "New York"],
  ["ORD", "Chicago"],
  ["BOS", "Boston"],
];

export const airportCodes: readonly string[] = Object.freeze(airports.map(([code]) => code));
export const cities: readonly string[] = Object.freeze(airports.map(([, city]) => city));

const codes = new Set(airportCodes);
const airportByCity = new Map(airports.map(([code, city]) => [city, code]));
const cityByAirport = new Map(airports);

/** Codes that the world has and this system has not, by the city they stand for: models know them and try them. */
const foreignCodes: Readonly<Record<string, string>> = {
  ROM: "Rome",
  FCO: "Rome",
  NYC: "New York",
  LGA: "New York",
  EWR: "New York",
  CHI: "Chicago",
  MDW: "Chicago",
  TYO: "Tokyo",
  NRT: "Tokyo",
  LON: "London",
  LGW: "London",
  STN: "London",
  LTN: "London",
  PAR: "Paris",
  ORY: "Paris",
  BJS: "Beijing",
  PKX: "Beijing",
  OAK: "San Francisco",
  BUR: "Los Angeles",
};

export const isAirport = (code: string): boolean => codes.has(code);
export const airportOf = (city: string): string | undefined => airportByCity.get(city);

export interface Place {
  readonly airport: string;
  readonly city: string;
}

/** The airport that a text most likely means: a code or city in any case, a city with its country, a code from elsewhere. */
export function placeMeant(text: string): Place | undefined {
  const words = text.split(",")[0]!.replace(/\s+/g, " ").trim();
  const code = words.toUpperCase();
  const known = cityByAirport.get(code) ?? (Object.hasOwn(foreignCodes, code) ? foreignCodes[code] : undefined);
  const city = known ?? cities.find((name) => name.toUpperCase() === code.replace(/ CITY$/, ""));
  return city === undefined ? undefined : { airport: airportByCity.get(city)!, city };
}

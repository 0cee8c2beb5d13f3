import { nearestName } from "../../../src/core/nearest-name.ts";
import { conversions, convertibleUnits, metricUnits } from "../units.ts";

export const knownUnits: readonly string[] = [...new Set([...metricUnits, ...convertibleUnits])];

/** What people write for a unit instead of the word that the tools take. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  km: ["kilometer", "kilometre", "kms"],
  m: ["meter", "metre"],
  cm: ["centimeter", "centimetre", "cms"],
  mm: ["millimeter", "millimetre"],
  um: ["micrometer", "micrometre", "micron", "µm", "μm"],
  nm: ["nanometer", "nanometre"],
  in: ["inch", "inches", '"'],
  ft: ["foot", "feet", "'"],
  yd: ["yard"],
  miles: ["mile", "mi"],
  kg: ["kilogram", "kilogramme", "kilo", "kgs"],
  lb: ["pound", "lbs"],
  celsius: ["c", "°c", "degc", "centigrade", "degrees celsius"],
  fahrenheit: ["f", "°f", "degf", "degrees fahrenheit"],
};
/** Speeds, which convert as their distances do. */
const distanceOfSpeed = new Map([
  ["mph", "miles"],
  ["mi/h", "miles"],
  ["km/h", "km"],
  ["kmh", "km"],
  ["kph", "km"],
]);

const unitByName = new Map(
  Object.entries(otherNames).flatMap(([unit, names]) =>
    [unit, ...names].flatMap((name): [string, string][] => [
      [name, unit],
      [`${name}s`, unit],
    ]),
  ),
);
const longNames = [...unitByName.keys()].filter((name) => name.length > 3);

/** The unit that a text most likely means; undefined where no tool here knows it. */
export function unitMeant(text: string): string | undefined {
  if (knownUnits.includes(text)) return text;
  const name = text.slice(0, 40).trim().toLowerCase().replace(/\.$/, "");
  const slip = name.length > 3 ? nearestName(name, longNames) : undefined;
  return unitByName.get(name) ?? (slip === undefined ? undefined : unitByName.get(slip));
}

/** The distance that a speed counts by the hour; undefined for what is no such speed. */
export const distanceMeant = (text: string): string | undefined =>
  distanceOfSpeed.get(text.slice(0, 40).trim().toLowerCase());

export interface ConversionStep {
  readonly from: string;
  readonly to: string;
  readonly tool: "si_unit_conversion" | "imperial_si_conversion";
}

const steps: readonly ConversionStep[] = [
  ...conversions.map(({ from, to }): ConversionStep => ({ from, to, tool: "imperial_si_conversion" })),
  ...metricUnits.flatMap((from) => metricUnits.map((to): ConversionStep => ({ from, to, tool: "si_unit_conversion" }))),
];

/** The fewest conversions that lead from one unit to another; undefined where they measure different things. */
export function wayBetween(from: string, to: string): readonly ConversionStep[] | undefined {
  const ways = new Map<string, readonly ConversionStep[]>([[from, []]]);
  for (const [unit, way] of ways)
    for (const step of steps) if (step.from === unit && !ways.has(step.to)) ways.set(step.to, [...way, step]);
  return ways.get(to);
}

import { add, multiply, subtract } from "../../src/python/number.ts";
import type { PyNumber } from "../../src/python/value.ts";

/** Kilometres and metres count as Python ints, the rest as floats. */
export const metresPerUnit: ReadonlyMap<string, number> = new Map([
  ["km", 1000],
  ["m", 1],
  ["cm", 0.01],
  ["mm", 0.001],
  ["um", 1e-6],
  ["nm", 1e-9],
]);
export const metricUnits: readonly string[] = [...metresPerUnit.keys()];

export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly convert: (value: PyNumber) => PyNumber;
}
const times = (factor: number) => (value: PyNumber) => multiply(value, factor);

export const conversions: readonly Conversion[] = [
  { from: "cm", to: "in", convert: times(0.393701) },
  { from: "in", to: "cm", convert: times(2.54) },
  { from: "m", to: "ft", convert: times(3.28084) },
  { from: "ft", to: "m", convert: times(0.3048) },
  { from: "m", to: "yd", convert: times(1.09361) },
  { from: "yd", to: "m", convert: times(0.9144) },
  { from: "km", to: "miles", convert: times(0.621371) },
  { from: "miles", to: "km", convert: times(1.60934) },
  { from: "kg", to: "lb", convert: times(2.20462) },
  { from: "lb", to: "kg", convert: times(0.453592) },
  { from: "celsius", to: "fahrenheit", convert: (value) => add(multiply(value, 1.8), 32) },
  { from: "fahrenheit", to: "celsius", convert: (value) => multiply(subtract(value, 32), 5 / 9) },
];
export const convertibleUnits: readonly string[] = [...new Set(conversions.flatMap(({ from, to }) => [from, to]))];

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
  /** Subtracted before the factor is applied. */
  readonly before?: PyNumber;
  readonly factor: number;
  /** Added after the factor was applied. */
  readonly after?: PyNumber;
}

export const conversions: readonly Conversion[] = [
  { from: "cm", to: "in", factor: 0.393701 },
  { from: "in", to: "cm", factor: 2.54 },
  { from: "m", to: "ft", factor: 3.28084 },
  { from: "ft", to: "m", factor: 0.3048 },
  { from: "m", to: "yd", factor: 1.09361 },
  { from: "yd", to: "m", factor: 0.9144 },
  { from: "km", to: "miles", factor: 0.621371 },
  { from: "miles", to: "km", factor: 1.60934 },
  { from: "kg", to: "lb", factor: 2.20462 },
  { from: "lb", to: "kg", factor: 0.453592 },
  { from: "celsius", to: "fahrenheit", factor: 1.8, after: 32 },
  { from: "fahrenheit", to: "celsius", before: 32, factor: 5 / 9 },
];
export const convertibleUnits: readonly string[] = [...new Set(conversions.flatMap(({ from, to }) => [from, to]))];

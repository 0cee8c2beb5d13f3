import { divide, floatValue, multiply, toDouble } from "../../src/python/number.ts";
import { round } from "../../src/python/round.ts";
import type { PyNumber } from "../../src/python/value.ts";

/** What one US dollar buys. There are no rates but these. */
const perDollar: Readonly<Record<string, number>> = {
  RMB: 7,
  EUR: 0.8,
  JPY: 110,
  GBP: 0.7,
  CAD: 1.3,
  AUD: 1.4,
  INR: 70,
  RUB: 60,
  BRL: 3.8,
  MXN: 20,
};

export const currencies: readonly string[] = Object.freeze(["USD", ...Object.keys(perDollar)]);

const rateOf = (currency: string): number | undefined =>
  Object.hasOwn(perDollar, currency) ? perDollar[currency] : undefined;

/** The value in the other currency; undefined unless exactly one of the two is the dollar. Only conversions into it are rounded. */
export function exchanged(base: string, target: string, value: PyNumber): PyNumber | undefined {
  const sold = base === "USD" ? rateOf(target) : undefined;
  if (sold !== undefined) return floatValue(toDouble(multiply(value, sold)));
  const bought = target === "USD" ? rateOf(base) : undefined;
  return bought === undefined ? undefined : round(divide(value, bought), 2);
}

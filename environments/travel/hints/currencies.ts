import { nearestName } from "../../../src/core/nearest-name.ts";
import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { ago, type History } from "../../../src/feedback/history.ts";
import { currencies } from "../currencies.ts";
import { named } from "./phrases.ts";

/** Other names of the currencies, as their first letters or words are told apart. */
const otherNames: readonly (readonly [RegExp, string])[] = [
  [/^(cny|cnh|yuan|renminbi|chinese)/, "RMB"],
  [/^(us|dollar|\$)/, "USD"],
  [/^(euro|€)/, "EUR"],
  [/^(yen|japan|¥)/, "JPY"],
  [/^(pound|sterling|british|£)/, "GBP"],
  [/^canad/, "CAD"],
  [/^austral/, "AUD"],
  [/^(rupee|indian|₹)/, "INR"],
  [/^(r(o)?uble|russia|₽)/, "RUB"],
  [/^(real|brazil)/, "BRL"],
  [/^(peso|mexic)/, "MXN"],
];

function currencyMeant(text: string): string | undefined {
  const given = text.slice(0, 60);
  const word = given.toLowerCase().trim();
  const inside = (given.toUpperCase().match(/(?<![A-Z])[A-Z]{3}(?![A-Z])/g) ?? []).find((name) =>
    currencies.includes(name),
  );
  return inside ?? otherNames.find(([name]) => name.test(word))?.[1] ?? nearestName(word, currencies);
}

export interface Exchange {
  readonly base_currency: string;
  readonly target_currency: string;
  readonly value: unknown;
}

/** What keeps an amount from being converted, judged with the currencies that are meant. */
export function exchangeObstacles(given: Exchange, history: History): Unmet[] {
  const obstacles: Unmet[] = [];
  const meant = { base_currency: given.base_currency, target_currency: given.target_currency };
  let known = true;
  for (const end of ["base_currency", "target_currency"] as const) {
    if (currencies.includes(given[end])) continue;
    const currency = currencyMeant(given[end]);
    const way = currency
      ? `For '${end}', give '${currency}'.`
      : `Nothing is known of ${named(given[end])}: rates are between USD and the other currencies that the description lists.`;
    obstacles.push({
      condition: `'${end}' is a currency with a rate`,
      now: `${named(given[end])} is none`,
      way,
      ...(currency ? { argument: end, values: [currency] } : {}),
    });
    if (currency) meant[end] = currency;
    else known = false;
  }
  // Both wrong, one alone put right fails in the same words.
  if (obstacles.length === 2) for (const [at, { values, ...rest }] of obstacles.entries()) obstacles[at] = rest;
  const { base_currency: base, target_currency: target } = meant;
  if (known && base === target)
    obstacles.push({
      condition: "the two currencies differ",
      now: `both are '${base}'`,
      way: "The amount stays as it is: no conversion is needed.",
    });
  if (known && base !== target && base !== "USD" && target !== "USD")
    obstacles.push(overDollars(given, base, target, history));
  return obstacles;
}

function overDollars(given: Exchange, base: string, target: string, history: History): Unmet {
  const done = history.findLast(
    ({ call, failure }) =>
      failure === undefined &&
      call.tool === "compute_exchange_rate" &&
      call.args.base_currency === base &&
      call.args.target_currency === "USD" &&
      JSON.stringify(call.args.value) === JSON.stringify(given.value),
  );
  const obstacle = {
    condition: "one of the two currencies is USD",
    now: `both are known, but only rates with USD are, and none between '${base}' and '${target}'`,
  };
  if (done)
    return {
      ...obstacle,
      way: `The amount in USD was returned ${ago(done)}: convert that one, giving 'USD' for 'base_currency'.`,
      argument: "base_currency",
      values: ["USD"],
    };
  return {
    ...obstacle,
    way: `Convert twice: give 'USD' for 'target_currency' first, then convert the answer from USD into '${target}'.`,
    argument: "target_currency",
    values: ["USD"],
  };
}

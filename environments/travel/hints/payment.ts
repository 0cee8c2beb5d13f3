import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { ago, type History, lastSuccess } from "../../../src/feedback/history.ts";
import { compare, floatValue, subtract } from "../../../src/python/number.ts";
import type { PyNumber } from "../../../src/python/value.ts";
import { withinBudget } from "../cards.ts";
import { type Flight, fareOf } from "../fares.ts";
import type { State } from "../state.ts";
import { balanceObstacle, chooseCard, payingCards } from "./cards.ts";
import { classesWithin } from "./flights.ts";
import { money, named, oneOf } from "./phrases.ts";

/** What stands between a card and a flight, which is not known where its fare cannot be told. */
export function paymentObstacles(
  state: State,
  card_id: string,
  flight: Flight | undefined,
  history: History,
): { readonly card: readonly Unmet[]; readonly funds: readonly Unmet[] } {
  const cost = flight === undefined ? null : floatValue(fareOf(flight));
  const limit = state.budget_limit;
  const least = larger(cost, limit);
  const { obstacles: card, meant } = chooseCard(state, card_id, least, history);
  if (!meant) return { card, funds: [] };
  const { id, balance } = meant;
  if (balance === undefined) return { card: [...card, balanceObstacle(state, id, least)], funds: [] };
  const funds: Unmet[] = [];
  const others = payingCards(state, id, least);
  if (flight && cost !== null && compare(balance, cost) < 0) funds.push(dearFlight(flight, id, cost, balance, others));
  if (limit !== null && compare(balance, limit) < 0)
    funds.push(budgetAboveBalance(id, limit, balance, funds.length > 0, others, history));
  return { card, funds };
}

function larger(a: PyNumber | null, b: PyNumber | null): PyNumber | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) < 0 ? b : a;
}

function dearFlight(flight: Flight, id: string, cost: PyNumber, balance: PyNumber, others: readonly string[]): Unmet {
  const condition = "the balance covers the price";
  const now = "the card holds too little";
  const amounts = `'${flight.travel_from}' to '${flight.travel_to}' in '${flight.travel_class}' costs ${money(cost)} and ${named(id)} holds ${money(balance)}: ${money(subtract(cost, balance))} are lacking.`;
  const call = { call: "'get_all_credit_cards' to compare balances", tools: ["get_all_credit_cards"] };
  if (others.length > 0)
    return {
      condition,
      now,
      way: `${amounts} For 'card_id', give ${oneOf(others)}.`,
      argument: "card_id",
      values: others,
      ...call,
    };
  const classes = classesWithin(flight, (fare) => compare(balance, fare) >= 0);
  if (classes.length > 0)
    return {
      condition,
      now,
      way: `${amounts} No other card holds enough; for 'travel_class', give ${oneOf(classes)}, if the user agrees.`,
      argument: "travel_class",
      values: classes,
      call: "'get_flight_cost' to compare fares",
      tools: ["get_flight_cost"],
    };
  return {
    condition,
    now,
    way: `${amounts} No other card and no class will do: register another card, or say so.`,
    call: "'register_credit_card' for another card",
    tools: ["register_credit_card"],
  };
}

function budgetAboveBalance(
  id: string,
  limit: PyNumber,
  balance: PyNumber,
  dear: boolean,
  others: readonly string[],
  history: History,
): Unmet {
  const holds = dear ? "" : `, and ${named(id)} holds ${money(balance)}`;
  const amounts = `The budget limit is ${money(limit)}${limitSet(history)}${holds}.`;
  const lower = `set the limit to ${money(balance)} or less, if the user agrees`;
  const obstacle = { condition: withinBudget, now: "the card holds less than that" };
  const setting = { call: "'set_budget_limit' for a lower limit", tools: ["set_budget_limit"] };
  // With the tool that sets the limit, two cards make three things to try.
  const cards = others.slice(0, 2);
  if (dear && cards.length > 0) return { ...obstacle, way: `${amounts} That card is enough for it.` };
  if (cards.length > 0)
    return {
      ...obstacle,
      way: `${amounts} For 'card_id', give ${oneOf(cards)}; or ${lower}.`,
      argument: "card_id",
      values: cards,
      ...setting,
    };
  return { ...obstacle, way: `${amounts} With this card, ${lower}.`, ...setting };
}

/** An insurance that costs more than the budget limit. */
export function overBudget(limit: PyNumber, cost: PyNumber, history: History): Unmet {
  return {
    condition: withinBudget,
    now: "the insurance costs more than the budget limit",
    way: `It costs ${money(cost)} and the limit is ${money(limit)}${limitSet(history)}, ${money(subtract(cost, limit))} less: choose a cheaper insurance, or raise the limit, if the user agrees.`,
    call: "'set_budget_limit' for a higher limit",
    tools: ["set_budget_limit"],
  };
}

function limitSet(history: History): string {
  const set = lastSuccess(history, "set_budget_limit");
  return set ? ` (set ${ago(set)})` : "";
}

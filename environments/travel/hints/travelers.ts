import type { Unmet } from "../../../src/feedback/all-unmet.ts";
import { attempt } from "../../../src/python/attempt.ts";
import { strptime } from "../../../src/python/date.ts";
import { PythonError } from "../../../src/python/error.ts";
import { userOf } from "../login.ts";
import type { State } from "../state.ts";
import { ageAt, leastAge, passportPrefix } from "../verify-tool.ts";
import { dateObstacle } from "./dates.ts";
import { noLogin } from "./login.ts";
import { named, plain } from "./phrases.ts";

interface Traveler {
  readonly first_name: string;
  readonly last_name: string;
  readonly date_of_birth: string;
  readonly passport_number: string;
}

/** Everything that keeps a traveler from being verified. */
export function travelerObstacles(state: State, traveler: Traveler): Unmet[] {
  const obstacles = nameObstacles(state, traveler);
  let birth = traveler.date_of_birth;
  if (attempt(() => strptime(birth, "%Y-%m-%d")) instanceof PythonError) {
    const date = dateObstacle("date_of_birth", birth);
    obstacles.push(date);
    birth = String(date.values?.[0] ?? birth);
  }
  const age = ageAt(state.today, birth);
  if (age !== null && age < leastAge)
    obstacles.push({
      condition: `at least ${leastAge} years old`,
      now: age < 0 ? "the day of birth is still to come" : `${age} years old on ${state.today}`,
      way: "If the date of birth is the one that the user told, the traveler cannot be verified: say so, and make up none.",
    });
  if (!traveler.passport_number.startsWith(passportPrefix))
    obstacles.push({
      condition: `the passport is issued by the United States, its number beginning with ${passportPrefix}`,
      now: `${named(traveler.passport_number)} does not`,
      way: "If the passport number is the one that the user told, it will not do: say so or ask for another passport, and make up none.",
    });
  return obstacles;
}

function nameObstacles(state: State, traveler: Traveler): Unmet[] {
  const { user_first_name: first, user_last_name: last } = state;
  if (traveler.first_name === first && traveler.last_name === last) return [];
  if (first === null && last === null) return [noLogin];
  const now = `logged in is ${named(userOf(state) ?? "nobody")}, asked was for ${named(`${traveler.first_name} ${traveler.last_name}`)}`;
  const condition = "the names are those of who is logged in";
  const wrong = [
    ...(traveler.first_name === first ? [] : [{ argument: "first_name", value: first }]),
    ...(traveler.last_name === last ? [] : [{ argument: "last_name", value: last }]),
  ];
  if (wrong.some(({ value }) => value === null || !plain(value)))
    return [
      { condition, now, way: "Another traveler would have to log in first.", call: logIn.call, tools: logIn.tools },
    ];
  const gives = wrong.map(({ argument, value }) => `'${value}' for '${argument}'`).join(" and ");
  const way = `Give ${gives} if this traveler is meant; for another one, that one has to log in.`;
  const [only] = wrong.length === 1 ? wrong : [];
  return [{ condition, now, way, ...(only ? { argument: only.argument, values: [only.value] } : {}), ...logIn }];
}

const logIn = { call: "'authenticate_travel' if another traveler is meant", tools: ["authenticate_travel"] };

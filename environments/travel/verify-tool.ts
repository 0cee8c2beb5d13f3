import { z } from "zod";
import { obstacles } from "../../src/core/obstacles.ts";
import { failure } from "../../src/core/outcome.ts";
import { attempt } from "../../src/python/attempt.ts";
import { compareDates, strptime } from "../../src/python/date.ts";
import { PythonError } from "../../src/python/error.ts";
import { firstNames, lastNames, loggedIn } from "./login.ts";
import { type State, travelState } from "./state.ts";

export const leastAge = 18;
export const passportPrefix = "US";
const Unmet = z.enum(["notLoggedIn", "anotherTraveler", "invalidDateOfBirth", "underage", "foreignPassport"]);
type Unmet = z.output<typeof Unmet>;

const VerificationFacts = z.strictObject({
  first_name: z.string(),
  last_name: z.string(),
  date_of_birth: z.string(),
  passport_number: z.string(),
  /** The traveler that is logged in. */
  expected: z.strictObject({ first_name: z.string().nullable(), last_name: z.string().nullable() }),
  /** Whole years; null where the date of birth cannot be read. */
  age: z.int().nullable(),
  leastAge: z.literal(leastAge),
  passportPrefix: z.literal(passportPrefix),
  /** All that is wrong, though the message names the first alone. */
  unmet: z.array(Unmet),
});
type VerificationFacts = z.output<typeof VerificationFacts>;

const unverified = (message: (facts: VerificationFacts) => string) =>
  failure(VerificationFacts, message, {
    soft: true,
    wire: (_, reason) => ({ verification_status: false, verification_failure: reason }),
  });
const anotherTraveler = unverified(
  ({ expected, first_name, last_name }) =>
    `Cannot book flight information for another user.Expected ${expected.first_name ?? "None"} ${expected.last_name ?? "None"}, got ${first_name} ${last_name}`,
);

export const verify_traveler_information = travelState
  .read({
    description:
      "Check a traveler's data: the names must be those of the logged-in traveler, the age at least 18, and the passport number must start with US.",
    args: z.object({
      first_name: z.string(),
      last_name: z.string(),
      date_of_birth: z.string().meta({ description: "YYYY-MM-DD." }),
      passport_number: z.string(),
    }),
    result: z.strictObject({ verification_status: z.literal(true) }),
    failures: {
      notLoggedIn: anotherTraveler,
      anotherTraveler,
      invalidDateOfBirth: unverified(() => "Invalid date of birth format. Please use YYYY-MM-DD."),
      underage: unverified(() => "Traveler must be at least 18 years old."),
      foreignPassport: unverified(() => "Passport must be issued by the United States."),
    },
    candidates: {
      first_name: firstNames,
      last_name: lastNames,
      date_of_birth: () => ["1990-05-14", "2007-10-24", "2007-10-25", "14/05/1990"],
      passport_number: () => ["US123456789", "P87654321"],
    },
    requires: [loggedIn],
  })
  .run(({ state, args, fail }) => {
    const age = ageAt(state.today, args.date_of_birth);
    const isTraveler = args.first_name === state.user_first_name && args.last_name === state.user_last_name;
    const unmet = obstacles<Unmet>({
      notLoggedIn: !isTraveler && nobodyIsKnown(state),
      anotherTraveler: !isTraveler && !nobodyIsKnown(state),
      invalidDateOfBirth: age === null,
      underage: age !== null && age < leastAge,
      foreignPassport: !args.passport_number.startsWith(passportPrefix),
    });
    const [first] = unmet;
    if (first === undefined) return { verification_status: true };
    const expected = { first_name: state.user_first_name, last_name: state.user_last_name };
    return fail[first]({ ...args, expected, age, leastAge, passportPrefix, unmet });
  });

const nobodyIsKnown = (state: State) => state.user_first_name === null && state.user_last_name === null;

/** Whole years from a date of birth to a day; null where the date cannot be read. */
export function ageAt(day: string, dateOfBirth: string): number | null {
  const birth = attempt(() => strptime(dateOfBirth, "%Y-%m-%d"));
  if (birth instanceof PythonError) return null;
  const today = strptime(day, "%Y-%m-%d");
  return today.year - birth.year - (compareDates(today, { ...birth, year: today.year }) < 0 ? 1 : 0);
}

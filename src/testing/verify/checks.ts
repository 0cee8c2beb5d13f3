import { suggestion } from "../../task/issue.ts";
import { DataError } from "../../task/problem.ts";
import type { Check } from "./check.ts";
import { collateralCheck } from "./collateral-check.ts";
import { floorsCheck } from "./floors-check.ts";
import { groundTruthsCheck } from "./ground-truths-check.ts";
import { groundedCheck } from "./grounded-check.ts";
import { hintLintCheck } from "./hint-lint-check.ts";
import { lawsCheck } from "./laws-check.ts";
import { missingCheck } from "./missing-check.ts";
import { neededCallsCheck } from "./needed-calls-check.ts";
import { neededTurnsCheck } from "./needed-turns-check.ts";
import { nonInterferenceCheck } from "./non-interference-check.ts";
import { ownSolutionsCheck } from "./own-solutions-check.ts";

/** What `verify` looks at, in this order. */
export const checks: readonly Check[] = [
  ...[lawsCheck, groundTruthsCheck, neededCallsCheck, neededTurnsCheck, groundedCheck, missingCheck],
  ...[floorsCheck, hintLintCheck, nonInterferenceCheck, collateralCheck, ownSolutionsCheck],
];

/** Some of the checks, in their own order. `option` is what an error calls the list. */
export function checksNamed(list: readonly string[], option: string): readonly Check[] {
  const wanted = list.map((name) => name.trim());
  const names = checks.map(({ name }) => name);
  for (const name of wanted)
    if (!names.includes(name)) throw new DataError(`${option}: there is no '${name}'; ${suggestion(name, names)}`);
  return checks.filter(({ name }) => wanted.includes(name));
}

import { type Environment, type Hints, joinEnvironments, type Reward, type Task } from "../../../../src/index.ts";
import type { LearnabilitySubject } from "../../../../src/testing/learnability/index.ts";

/** A subject of one environment, by its own name. */
export function subjectOf(
  name: string,
  environment: Environment,
  hints: Hints,
  parts: { readonly tasks: readonly Task[]; readonly heldOut: readonly Task[]; readonly reward?: Reward },
): LearnabilitySubject {
  const joined = joinEnvironments({ [environment.name]: environment }, environment.notation) as Environment;
  return { name, environmentOf: () => joined, hints: { [environment.name]: hints }, ...parts };
}

import type { Hints } from "../../feedback/define-hints.ts";
import type { Requests } from "../../generate/define-requests.ts";
import type { StartingConfigs } from "../../generate/generate-tasks.ts";
import type { Reward } from "../../progress/reward.ts";
import type { Task } from "../../task/task.ts";
import type { LearnabilitySubject } from "./subject.ts";

export interface GeneratedSubject {
  readonly hints: Hints;
  readonly configs: StartingConfigs;
  /** How users speak of the environment; without it they speak as the tools' descriptions do. */
  readonly requests?: readonly Requests[];
  /** Tasks to learn from (48) and to be tested on (24), of different families. */
  readonly count?: number;
  readonly heldOut?: number;
  readonly categories?: readonly Task["category"][];
  readonly seed?: number | string;
  readonly name?: string;
  readonly reward?: Reward;
}

/** Probes an environment on generated tasks. Throws where too few can be composed. */
export function generatedSubject(parts: GeneratedSubject): LearnabilitySubject {
  throw new Error(`${parts.hints.environment.name}: not written yet`);
}

export interface GivenSubject {
  readonly hints: Hints;
  readonly tasks: readonly Task[];
  /** A third of the families of `tasks`, drawn by their names, unless given. */
  readonly heldOut?: readonly Task[];
  readonly name?: string;
  readonly reward?: Reward;
}

/** Probes an environment on tasks of its own. Throws where one family stands on both sides, or a side is empty. */
export function givenSubject(parts: GivenSubject): LearnabilitySubject {
  throw new Error(`${parts.hints.environment.name}: not written yet`);
}

import { seededRandom } from "../core/seeded-random.ts";
import { advanceCurriculum } from "./advance-curriculum.ts";
import { type CurriculumState, startCurriculum } from "./curriculum-state.ts";
import type { Curriculum } from "./define-curriculum.ts";
import type { ValidationFigures } from "./history.ts";
import type { SyntheticCurve } from "./synthetic-curves.ts";

/** A curriculum's own upper bounds end every run before this; a broken one would go on for ever. */
const mostSteps = 10_000;

/**
 * Drives the engine through a curve as a driver would: a validation before training, then one after each step. A roll-back sets the
 * curve back as well, so what made it collapse makes it collapse again. Returns the state at the end, with its log.
 */
export function simulateCurriculum(
  curriculum: Curriculum,
  curve: SyntheticCurve,
  seed: number,
  { advance = advanceCurriculum }: { readonly advance?: typeof advanceCurriculum } = {},
): CurriculumState {
  let state = startCurriculum(curriculum, seed);
  let age = 0;
  const ages = [0];
  const measure = () => {
    const random = seededRandom(`simulation ${seed} ${state.step} ${age}`);
    const { accuracy, gradientNorm } = curve({ stage: state.stage, age, random });
    return { accuracy: Math.min(1, Math.max(0, accuracy)), gradientNorm: Math.max(0, gradientNorm) };
  };
  state = advance(curriculum, state, {
    step: 0,
    validation: validationOf(curriculum, measure().accuracy),
  }).state;
  while (state.status === "running" && state.step < mostSteps) {
    age += 1;
    const { accuracy, gradientNorm } = measure();
    const training = { gradientNorm, entropy: 0.5, formatErrors: 0.02, reward: accuracy };
    const validation = validationOf(curriculum, accuracy);
    const stage = state.stage;
    const next = advance(curriculum, state, { step: state.step + 1, training, validation });
    state = next.state;
    const undone = next.decisions.find(({ kind }) => kind === "rollBack");
    if (undone) age = ages[undone.toStep!]!;
    if (state.stage !== stage) age = 0;
    ages[state.step] = age;
  }
  return state;
}

/** Simulated rewards follow the accuracy. */
function validationOf({ stages }: Curriculum, accuracy: number): ValidationFigures {
  const rewards = Object.fromEntries(stages.map(({ reward }) => [reward, accuracy]));
  return { part: "validation", tasks: 80, accuracy, rewards };
}

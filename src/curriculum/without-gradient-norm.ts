import { type Curriculum, defineCurriculum } from "./define-curriculum.ts";

/**
 * A curriculum for a trainer that does not tell its gradient norm: no rule reads it any more. `changes` says in sentences what was
 * switched off, so that it can be printed; none where no rule read it. Throws where too few signals of collapse are left.
 */
export function withoutGradientNorm(curriculum: Curriculum): {
  readonly curriculum: Curriculum;
  readonly changes: readonly string[];
} {
  const { collapse, stages } = curriculum;
  const reading = stages.filter(({ transition }) => transition.when === "plateau" && transition.stableGradient);
  const names = reading.map(({ name }) => `'${name}'`).join(", ");
  const changes = [
    ...(collapse.gradientNorm === false
      ? []
      : ["The collapse monitor does not watch the gradient norm, which this server does not tell."]),
    ...(reading.length === 0
      ? []
      : [
          `Stages end on a plateau of validation alone, whatever the gradient norm, which this server does not tell: ${names}.`,
        ]),
  ];
  const changed = defineCurriculum({
    ...curriculum,
    stages: stages.map((stage) => {
      if (stage.transition.when !== "plateau") return stage;
      const { stableGradient: _, ...transition } = stage.transition;
      return { ...stage, transition };
    }),
    collapse: { ...collapse, gradientNorm: false },
  });
  return { curriculum: changed, changes };
}

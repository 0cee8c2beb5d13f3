import { stageOf } from "../curriculum/curriculum-state.ts";
import { decisionText } from "../curriculum/decision.ts";
import { paperCurriculum, singleStageCurriculum } from "../curriculum/paper-curriculum.ts";
import { simulateCurriculum } from "../curriculum/simulate.ts";
import type { Stage } from "../curriculum/stage.ts";
import { type CurveName, curveNames, syntheticCurves } from "../curriculum/synthetic-curves.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import { table } from "./table.ts";

const actions = ["flag", "stop", "rollBack"] as const;

export const curriculumCommand = command({
  meta: {
    name: "curriculum",
    description: "Print the stages of Environment Tuning, or the decisions on a simulated run",
  },
  args: {
    simulate: {
      type: "enum",
      options: [...curveNames],
      description: "How the run goes: collapse is that of a single stage, the others go through the four",
    },
    action: { type: "enum", options: [...actions], default: "stop", description: "What is done about a collapse" },
    seed: { type: "string", default: "0", description: "Of the simulated noise" },
  },
  run({ args }) {
    const text = args.simulate === undefined ? stageTable(paperCurriculum().stages) : simulated(args.simulate, args);
    process.stdout.write(`${text}\n`);
  },
});

/** The log of a simulated run, a line for each decision. */
export function simulated(
  name: CurveName,
  { action, seed }: { action: (typeof actions)[number]; seed: string },
): string {
  const number = Number(seed);
  if (!Number.isSafeInteger(number) || seed.trim() === "")
    throw new DataError(`--seed: expected a whole number, got '${seed}'`);
  const collapse = { action };
  const curriculum =
    name === "collapse"
      ? singleStageCurriculum({ collapse })
      : paperCurriculum({ collapse, skipMastered: name === "strong" });
  const state = simulateCurriculum(curriculum, syntheticCurves[name], number);
  return [
    ...state.decisions.map(decisionText),
    `${state.status} after ${state.step} steps, in '${stageOf(curriculum, state).name}'`,
  ].join("\n");
}

/** The stages as columns for a terminal. */
export function stageTable(stages: readonly Stage[]): string {
  const head = ["stage", "data", "reward", "prompt", "hints", "tasks x group", "tokens", "over"];
  return table(
    head,
    stages.map(({ name, data, reward, prompt, hints, limits, batch, transition }) => [
      name,
      [(data.categories ?? ["all"]).join("+"), ...(data.most ? [`easiest ${data.most}`] : [])].join(", "),
      reward,
      prompt,
      typeof hints === "string" ? hints : JSON.stringify(hints),
      `${batch.tasks} x ${batch.groupSize}`,
      String(limits.tokenLimit ?? "any"),
      transition.when === "fixedSteps"
        ? `after ${transition.steps} steps`
        : `plateau, ${transition.minimumSteps} to ${transition.maximumSteps} steps`,
    ]),
  );
}

import {
  type Curriculum,
  type CurriculumDefinition,
  defineCurriculum,
  type StageDefinition,
} from "./define-curriculum.ts";

/**
 * When a stage of the presets is over. The paper says that validation accuracy has plateaued and the gradient norm is stable
 * (Remark 3.1) and gives no numbers: these are ours. Its figures show some 80 steps a stage, with a validation after each.
 */
const transition: StageDefinition["transition"] = {
  when: "plateau",
  plateau: { window: 5, minimumGain: 0.01, patience: 20 },
  stableGradient: { window: 10, mostRatio: 2 },
  minimumSteps: 30,
  maximumSteps: 100,
};

/** Five attempts a turn (`max_step_limit`); prompts of up to 8,192 tokens before what the episode adds. */
const limits = (responseTokens: number) => ({ stepLimit: 5, tokenLimit: 8192 + responseTokens, responseTokens });

/**
 * The four stages of Environment Tuning (arXiv 2510.10197, sections 2 and 6 of the reference). Categories, rewards, hints,
 * prompts and the group size are the paper's; where its code differs, or both are silent, the stage says so.
 */
const stages: readonly StageDefinition[] = [
  {
    // Paper: "easy, small volume"; the code names a file of 75 rows that was not released. Which 75 is ours: the easiest of Base.
    // Fig. 3 has the plain environment here; the name of the released run says that it had the augmented one.
    name: "syntax",
    data: { categories: ["base"], most: 75 },
    reward: "syntax",
    prompt: "standard",
    hints: "off",
    limits: limits(10_000),
    batch: { tasks: 16, groupSize: 16 },
    transition,
  },
  {
    // The code's configuration of this stage names the reward of the first; the paper's text has progress.
    name: "base with hints",
    data: { categories: ["base"] },
    reward: "progress",
    prompt: "standard",
    hints: "guide",
    limits: limits(10_000),
    batch: { tasks: 32, groupSize: 16 },
    transition,
  },
  {
    // The batch of this stage and of the next is not told: as large as the second's.
    name: "all with hints",
    reward: "progress",
    prompt: "resourceful",
    hints: "guide",
    limits: limits(24_576),
    batch: { tasks: 32, groupSize: 16 },
    transition,
  },
  {
    // The released code cannot turn its augmentation off, and has no script for this stage.
    name: "all without hints",
    reward: "progress",
    prompt: "resourceful",
    hints: "off",
    limits: limits(24_576),
    batch: { tasks: 32, groupSize: 16 },
    transition,
  },
];

/** The validation accuracy with which the paper's Qwen2.5-7B left the stage (Table 3, average): who has it has nothing to gain there. */
const leftWith: Readonly<Record<string, number>> = { syntax: 0.155, "base with hints": 0.2583 };

export interface PaperOptions {
  /** Leave out the first two stages for a model that starts where the paper's left them; off, since the paper does not. */
  readonly skipMastered?: boolean;
  /** How collapse is watched for; the paper has nothing of the kind. */
  readonly collapse?: CurriculumDefinition["collapse"];
}

/** The paper's curriculum: syntax, Base with hints, everything with hints, everything without. */
export function paperCurriculum({ skipMastered = false, collapse }: PaperOptions = {}): Curriculum {
  return defineCurriculum({
    name: "environment tuning",
    stages: stages.map((stage) => {
      const least = leftWith[stage.name];
      return skipMastered && least !== undefined ? { ...stage, skip: { least } } : stage;
    }),
    ...(collapse ? { collapse } : {}),
  });
}

/**
 * The paper's baseline without a curriculum (Table 3, "direct GRPO"; Fig. 6 shows its collapse): everything from the start, the plain
 * environment, for as many steps as a stage may take at most. Prompt and limits are not told: as in the last stage.
 */
export function singleStageCurriculum({ collapse }: Pick<PaperOptions, "collapse"> = {}): Curriculum {
  return defineCurriculum({
    name: "single stage",
    stages: [
      {
        ...stages[3]!,
        name: "all at once",
        reward: "0.9*progress+0.1*format",
        transition: { when: "fixedSteps", steps: 100 },
      },
    ],
    ...(collapse ? { collapse } : {}),
  });
}

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { defineState } from "../../../src/core/environment.ts";
import { failure } from "../../../src/core/outcome.ts";
import {
  type CurriculumDefinition,
  defineCurriculum,
  type StageDefinition,
} from "../../../src/curriculum/define-curriculum.ts";
import { hermes } from "../../../src/episode/renderers/hermes.ts";
import { defineHints } from "../../../src/feedback/define-hints.ts";
import { replayGroundTruth } from "../../../src/grading/ground-truth.ts";
import { split } from "../../../src/task/split.ts";
import type { Task } from "../../../src/task/task.ts";
import type { Algorithm } from "../../../src/training/algorithm/algorithm.ts";
import { presets } from "../../../src/training/algorithm/presets.ts";
import type { TrainOptions } from "../../../src/training/loop/train-options.ts";
import { type FakeOptions, FakeServer, fakeBackend } from "../fake-backend.ts";
import { toyFormat } from "../toy-format.ts";

const shelf = defineState({
  name: "Shelf",
  state: z.strictObject({ books: z.array(z.string()) }),
  config: z.strictObject({ books: z.array(z.string()) }),
}).init(({ books }) => ({ books }));

const take = shelf
  .write({
    description: "Take a book from the shelf.",
    args: z.object({ title: z.string() }),
    result: z.null(),
    failures: { noSuchBook: failure(z.strictObject({ title: z.string() }), ({ title }) => `no '${title}'`) },
  })
  .run(({ state, draft, args: { title }, fail }) => {
    if (!state.books.includes(title)) return fail.noSuchBook({ title });
    draft().books.splice(state.books.indexOf(title), 1);
    return null;
  });

export const environment = shelf.environment({ tools: { take } });
const hints = defineHints(environment, {
  take: {
    noSuchBook: ({ state }) => ({ diagnose: "No such book.", guide: `There are ${state.books.length}.`, direct: "" }),
  },
});

/** Messages that the model may say; a token each. The first is what every task asks for, the last but one cannot be read. */
const words = [
  hermes.write([{ tool: "take", args: { title: "Emma" } }]).content!,
  hermes.write([{ tool: "take", args: { title: "Persuasion" } }]).content!,
  "<tool_call>\n{",
  "Done.",
];
export const format = toyFormat(words);

/** Each of a family of its own, so that each part of the split has some. */
export const tasks: readonly Task[] = Array.from({ length: 30 }, (_, index) => ({
  ...{ id: `shelf_${index}`, family: `family_${index}`, category: "base", environments: ["Shelf"], longContext: false },
  config: { books: ["Emma", `Volume ${index}`] } as unknown as Task["config"],
  turns: [{ user: `Take Emma, not volume ${index}.`, groundTruth: [{ tool: "take", args: { title: "Emma" } }] }],
}));

export const stage = (name: string, more: Partial<StageDefinition> = {}): StageDefinition => ({
  name,
  reward: "progress",
  prompt: "standard",
  hints: "off",
  limits: { stepLimit: 3 },
  batch: { tasks: 3, groupSize: 4 },
  transition: { when: "fixedSteps", steps: 20 },
  ...more,
});

/** Only flags, and asks for no signal. */
export const unwatched: NonNullable<CurriculumDefinition["collapse"]> = {
  ...{ gradientNorm: false, accuracy: false, formatErrors: false, entropy: false, rewardFloor: false },
  action: "flag",
};

export const curriculumOf = (
  stages: readonly StageDefinition[],
  collapse: CurriculumDefinition["collapse"] = unwatched,
) => defineCurriculum({ name: "toy", stages: [...stages], collapse });

export const algorithm: Algorithm = {
  ...presets["paper-lora"],
  loss: { name: "importance_sampling" },
  kl: false,
  optimiser: { ...presets["paper-lora"].optimiser, learningRate: 20 },
};

export const newFolder = () => mkdtempSync(join(tmpdir(), "envtune-train-"));
export const newServer = () => new FakeServer(words.length + 1);

/** A run on a toy model. */
export function toyOptions(more: Partial<TrainOptions> = {}, fake: Partial<FakeOptions> = {}): TrainOptions {
  return {
    folder: newFolder(),
    backend: fakeBackend({ server: newServer(), ...fake }),
    curriculum: curriculumOf([stage("only")]),
    split: split(tasks, { by: "family" }),
    truthOf: (task) => replayGroundTruth(task, environment),
    renderer: hermes,
    hints: { Shelf: hints },
    format,
    ...{ messageTokens: 4, contextTokens: 8000, thoughtHistory: "kept", concurrency: 8 },
    algorithm,
    ...{ seed: 1, staleness: 0, validateEvery: 10, logprobTolerance: 1e-9 },
    budget: {},
    about: { dataset: "toy" },
    ...more,
  };
}

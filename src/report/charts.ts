import { categories } from "../task/task.ts";
import type { StepRecord } from "../training/step-record.ts";
import type { ChartData, LineData, NumberFormat } from "./report-data.ts";
import type { Source } from "./source.ts";

type Figure = (record: StepRecord) => number | null | undefined;
interface ChartDefinition {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly format: NumberFormat;
  /** By their labels. */
  readonly figures: Readonly<Record<string, Figure>>;
}

type Training = NonNullable<StepRecord["training"]>;
const secondsShare =
  (part: keyof Training["seconds"]): Figure =>
  ({ training }) =>
    training && training.seconds.total > 0 ? training.seconds[part] / training.seconds.total : undefined;

const definitions: readonly ChartDefinition[] = [
  {
    id: "reward",
    title: "Reward",
    about: "Mean reward of a step's episodes, and the floor: what the best scripted baseline earns in the stage.",
    format: "number",
    figures: { reward: ({ training }) => training?.reward, floor: ({ training }) => training?.floor },
  },
  {
    id: "accuracy",
    title: "Validation accuracy",
    about: "Share of validation tasks solved under evaluation rules, with hints off and with hints on.",
    format: "share",
    figures: {
      "hints off": ({ validation }) => validation?.accuracy,
      "hints on": ({ validation }) => validation?.withHints?.accuracy,
    },
  },
  ...categories.map(
    (category): ChartDefinition => ({
      id: `accuracy-${category}`,
      title: `Validation accuracy: ${category}`,
      about: "Hints off.",
      format: "share",
      figures: { [category]: ({ validation }) => validation?.accuracyByCategory[category] },
    }),
  ),
  {
    id: "progress",
    title: "Validation progress",
    about: "Mean share of turns achieved, hints off.",
    format: "share",
    figures: { progress: ({ validation }) => validation?.progress },
  },
  {
    id: "hint-reliance",
    title: "Hint reliance",
    about: "Validation accuracy with hints minus without: what the model owes to hints.",
    format: "share",
    figures: { reliance: ({ validation }) => validation?.withHints?.hintReliance },
  },
  {
    id: "gradient-norm",
    title: "Gradient norm",
    about: "Before clipping.",
    format: "number",
    figures: { norm: ({ training }) => training?.gradientNorm },
  },
  {
    id: "entropy",
    title: "Entropy",
    about: "Mean of -logprob over sampled tokens, in nats a token.",
    format: "number",
    figures: { entropy: ({ training }) => training?.entropy },
  },
  {
    id: "format-errors",
    title: "Format errors",
    about: "Share of the model's messages that could not be read.",
    format: "share",
    figures: {
      training: ({ training }) => training?.formatErrors,
      validation: ({ validation }) => validation?.formatErrors,
    },
  },
  {
    id: "failed-calls",
    title: "Failed calls a turn",
    about: "In training, and in validation with hints off.",
    format: "number",
    figures: {
      training: ({ training }) => training?.failedCallsPerTurn,
      validation: ({ validation }) => validation?.failedCallsPerTurn,
    },
  },
  {
    id: "group-deviation",
    title: "Deviation in groups",
    about: "Standard deviation of the rewards of a task's episodes, mean over groups.",
    format: "number",
    figures: { deviation: ({ training }) => training?.groupDeviation },
  },
  {
    id: "groups-without-variance",
    title: "Groups without variance",
    about: "Share of groups whose episodes all earned the same: nothing is learnt from them.",
    format: "share",
    figures: {
      "without variance": ({ training }) =>
        training && training.groups.played > 0 ? training.groups.withoutVariance / training.groups.played : undefined,
    },
  },
  {
    id: "kl",
    title: "KL",
    about: "Mean of logprob minus the reference's, in nats a token.",
    format: "number",
    figures: { kl: ({ training }) => training?.kl },
  },
  {
    id: "logprob-gap",
    title: "Log-probability gap",
    about: "Between the sampler's and the trainer's log-probabilities of the sampled tokens, in nats.",
    format: "number",
    figures: {
      largest: ({ training }) => training?.logprobGap.largest,
      mean: ({ training }) => training?.logprobGap.mean,
    },
  },
  {
    id: "tokens",
    title: "Tokens a step",
    about: "Sampled, and read as prompts.",
    format: "count",
    figures: {
      sampled: ({ training }) => training?.tokens.sampled,
      prompt: ({ training }) => training?.tokens.prompt,
    },
  },
  {
    id: "token-rate",
    title: "Sampled tokens a second",
    about: "Of the whole step.",
    format: "count",
    figures: {
      "tokens/s": ({ training }) =>
        training && training.seconds.total > 0 ? training.tokens.sampled / training.seconds.total : undefined,
    },
  },
  {
    id: "longest",
    title: "Longest episode",
    about: "In tokens.",
    format: "count",
    figures: { longest: ({ training }) => training?.tokens.longest },
  },
  {
    id: "left-out",
    title: "Cut or left out",
    about: "Episodes that were truncated, and such as were left out because endpoint, harness or task failed.",
    format: "count",
    figures: {
      truncated: ({ training }) => training?.truncatedEpisodes,
      "left out": ({ training }) =>
        training && training.faults.episode + training.faults.endpoint + training.faults.harness,
    },
  },
  {
    id: "time",
    title: "Time of a step",
    about: "In seconds.",
    format: "number",
    figures: { seconds: ({ training }) => training?.seconds.total },
  },
  {
    id: "time-split",
    title: "Time split",
    about: "Share of the step's time.",
    format: "share",
    figures: {
      sampling: secondsShare("sampling"),
      training: secondsShare("training"),
      environment: secondsShare("environment"),
      driver: secondsShare("driver"),
    },
  },
];

/** The charts that have something to show, each with the lines of all training runs. */
export function chartsOf(sources: readonly Source[]): { readonly steps: number[]; readonly charts: ChartData[] } {
  const steps = [...new Set(sources.flatMap(({ records }) => records.map(({ step }) => step)))].sort((a, b) => a - b);
  const at = new Map(steps.map((step, index) => [step, index]));
  const lineOf = (records: readonly StepRecord[], figure: Figure) => {
    const values: (number | null)[] = steps.map(() => null);
    for (const record of records) values[at.get(record.step)!] = figure(record) ?? null;
    return values;
  };
  const charts = definitions.map(
    ({ figures, ...shown }): ChartData => ({
      ...shown,
      lines: sources.flatMap(({ records }, source) =>
        Object.entries(figures).flatMap(([label, figure], index): LineData[] => {
          const values = lineOf(records, figure);
          return values.some((value) => value !== null) ? [{ source, label, figure: index, values }] : [];
        }),
      ),
    }),
  );
  // A chart of nothing but zeros says so in one word elsewhere: faults mostly do not happen.
  const isEmpty = ({ id, lines }: ChartData) =>
    lines.length === 0 || (id === "left-out" && lines.every(({ values }) => values.every((value) => !value)));
  return { steps, charts: charts.filter((chart) => !isEmpty(chart)) };
}

/** What NeMo Gym's servers answer to `/aggregate_metrics`: figures over the rollouts of an evaluation, as its own base class has them. */
export interface AggregateMetrics {
  /** One a task. */
  readonly group_level_metrics: readonly Readonly<Record<string, unknown>>[];
  /** Over all rollouts, by `statistic/column`. */
  readonly agent_metrics: Readonly<Record<string, number>>;
  /** The means. */
  readonly key_metrics: Readonly<Record<string, number>>;
}

type Rollout = Readonly<Record<string, unknown>>;
type Figures = Readonly<Record<string, number>>;
const taskIndex = "_ng_task_index";
const rolloutIndex = "_ng_rollout_index";

/** Mean, greatest, least, median and deviation of every number that rollouts report, for each task and for all. */
export function aggregateMetrics(rollouts: readonly Rollout[]): AggregateMetrics {
  const tasks = new Map<number, Rollout[]>();
  for (const rollout of rollouts) {
    const index = indexOf(rollout, taskIndex);
    const known = tasks.get(index);
    if (known) known.push(rollout);
    else tasks.set(index, [rollout]);
  }
  const overall = describe(rollouts.map(numbersOf));
  return {
    group_level_metrics: [...tasks].sort(([left], [right]) => left - right).map(([index, own]) => group(index, own)),
    agent_metrics: overall,
    key_metrics: Object.fromEntries(Object.entries(overall).filter(([name]) => name.startsWith("mean/"))),
  };
}

function group(index: number, rollouts: readonly Rollout[]) {
  const infos = rollouts
    .map(rolloutInfo)
    .sort((left, right) => Number(left[rolloutIndex]) - Number(right[rolloutIndex]));
  return {
    [taskIndex]: index,
    ...describe(rollouts.map(numbersOf)),
    sample: { agent_ref: { name: "agent" } },
    ...{ num_rollouts: rollouts.length, expected_num_rollouts: rollouts.length, missing_num_rollouts: 0 },
    ...{ reward_profile_completion_pct: 100, rollout_infos: infos },
  };
}

function rolloutInfo(rollout: Rollout): Rollout {
  const [task, index] = [indexOf(rollout, taskIndex), indexOf(rollout, rolloutIndex)];
  const { reward, ...rest } = numbersOf(rollout);
  return {
    ...{ rollout_id: `${task}:${index}`, [taskIndex]: task, [rolloutIndex]: index },
    ...(reward === undefined ? {} : { reward }),
    ...rest,
  };
}

/** Truth values count as 1 and 0; the tokens that the model's server counted stand beside what the rollout itself reports. */
function numbersOf(rollout: Rollout): Figures {
  const { usage } = (rollout.response ?? {}) as { readonly usage?: object | null };
  return Object.fromEntries(
    Object.entries({ ...rollout, ...usage })
      .filter(([name]) => name !== taskIndex && name !== rolloutIndex)
      .flatMap(([name, value]) =>
        typeof value === "boolean" ? [[name, Number(value)]] : typeof value === "number" ? [[name, value]] : [],
      ),
  );
}

function describe(rows: readonly Figures[]): Figures {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const valuesOf = new Map(
    columns.map((name) => [name, rows.flatMap((row) => (Object.hasOwn(row, name) ? [row[name]!] : []))]),
  );
  const deviations = columns.map((name) => deviation(valuesOf.get(name)!));
  // A single rollout has no deviation; 0 is what a reader expects there.
  const noDeviation = deviations.every((value) => value === undefined);
  const figures = (statistic: string, of: (values: readonly number[], place: number) => number | undefined) =>
    columns.flatMap((name, place) => {
      const figure = of(valuesOf.get(name)!, place);
      return figure === undefined ? [] : [[`${statistic}/${name}`, figure] as const];
    });
  return Object.fromEntries([
    ...figures("mean", mean),
    ...figures("max", (values) => values.reduce((left, right) => Math.max(left, right))),
    ...figures("min", (values) => values.reduce((left, right) => Math.min(left, right))),
    ...figures("median", median),
    ...figures(
      "std",
      (values, place) => deviations[place] ?? (noDeviation && values.length === rows.length ? 0 : undefined),
    ),
  ]);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Of a sample. */
function deviation(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

function indexOf(rollout: Rollout, name: string): number {
  const value = rollout[name];
  return typeof value === "number" ? value : 0;
}

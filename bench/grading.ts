import { type Grade, grade } from "../src/grading/grade.ts";
import { profiles } from "../src/grading/profile.ts";
import type { Entry } from "./entry.ts";
import { callRate, type Figure } from "./figure.ts";
import { medians, now } from "./measure.ts";
import type { CallTexts } from "./perturbation.ts";
import type { Reference } from "./reference.ts";

/** Rounds before those that count, while the compiler is still at work. */
const warmUps = 4;

/** What a side does in one round: nanoseconds an entry; with `verdicts`, the error type of every trajectory. */
interface Round {
  readonly times: readonly number[];
}

/**
 * Grades different trajectories of every entry. Texts are read inside the timing, on either side. Calls are counted alike for
 * both: the model's and the ground truth's, although ours were replayed once beforehand, and the reference stops at the first
 * turn that fails. Its instances are built before the timing, but for the figure that says otherwise: it needs new ones for every
 * trajectory, where ours start from a kept state. An environment's figure counts the entries that involve it.
 */
export async function gradingFigures(
  entries: readonly Entry[],
  trajectories: readonly (readonly CallTexts[])[],
  reference: Reference | undefined,
  rounds: number,
): Promise<Figure[]> {
  const ours: Round[] = [];
  const theirs: Round[] = [];
  const theirsBuilding: Round[] = [];
  const verdicts = entries.flatMap((entry, index) => trajectories[index]!.map((one) => gradeOf(entry, one)));
  for (let warmUp = 0; warmUp < warmUps; warmUp++) gradeAll(entries, trajectories);
  let official: readonly (readonly [boolean, string | null])[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(gradeAll(entries, trajectories));
    if (!reference) continue;
    const answer = await reference.request(gradeCommand({ verdicts: round === 0, prebuilt: true }));
    theirs.push(answer);
    if (round === 0) official = answer.verdicts;
    theirsBuilding.push(await reference.request(gradeCommand({ verdicts: false, prebuilt: false })));
    process.stderr.write(`grading: round ${round + 1} of ${rounds}\n`);
  }
  const calls = entries.map((entry, index) => countCalls(entry, trajectories[index]!));
  const oursEach = medians(ours.map(({ times }) => times));
  const rate = (name: string, others: readonly Round[], counted: (entry: Entry) => boolean = () => true) => {
    const sum = (values: readonly number[]) =>
      values.reduce((total, value, index) => (counted(entries[index]!) ? total + value : total), 0);
    const othersEach = others.length === 0 ? undefined : medians(others.map(({ times }) => times));
    return callRate(name, sum(calls), sum(oursEach), othersEach && sum(othersEach));
  };
  const names = [...new Set(entries.flatMap(({ task }) => task.environments))];
  const figures = [
    rate("grading", theirs),
    ...names.map((name) => rate(`grading ${name}`, theirs, ({ task }) => task.environments.includes(name))),
  ];
  if (!reference) return figures;
  return [
    ...figures,
    rate("grading against a reference that builds its instances", theirsBuilding),
    equalVerdicts(verdicts, official, trajectories),
  ];
}

const gradeCommand = (options: { readonly verdicts: boolean; readonly prebuilt: boolean }): string =>
  JSON.stringify({ command: "grade", ...options });

function gradeOf({ truth }: Entry, trajectory: CallTexts): Grade {
  return grade(truth, trajectory, profiles.bfcl);
}

function gradeAll(entries: readonly Entry[], trajectories: readonly (readonly CallTexts[])[]): Round {
  return {
    times: entries.map((entry, index) => {
      const start = now();
      for (const trajectory of trajectories[index]!) gradeOf(entry, trajectory);
      return now() - start;
    }),
  };
}

function countCalls({ turns }: Entry, trajectories: readonly CallTexts[]): number {
  const truth = turns.reduce((sum, { calls }) => sum + calls.length, 0);
  return trajectories.reduce((sum, trajectory) => sum + truth + trajectory.flat(2).length, 0);
}

/** Differences go to stderr, so that what is wrong is seen at once. */
function equalVerdicts(
  ours: readonly Grade[],
  official: readonly (readonly [boolean, string | null])[],
  trajectories: readonly (readonly CallTexts[])[],
): Figure {
  const texts = trajectories.flat();
  const different = ours.flatMap((verdict, index) => {
    const [valid, type] = official[index]!;
    return verdict.valid === valid && (verdict.failure?.type ?? null) === type ? [] : [index];
  });
  for (const index of different.slice(0, 5)) {
    const shown = `${JSON.stringify(ours[index]!.failure)}, official ${official[index]}`;
    process.stderr.write(`a verdict differs: ${shown}\n  ${JSON.stringify(texts[index])}\n`);
  }
  return {
    name: "grading verdicts equal",
    value: ours.length - different.length,
    unit: `of ${ours.length} trajectories`,
  };
}

import { environmentOf, hints } from "../../environments/index.ts";
import { seededRandom } from "../core/seeded-random.ts";
import type { HintLevel } from "../feedback/level.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import { percent } from "../report/figure-text.ts";
import { DataError } from "../task/problem.ts";
import { failingMoments, type TaskMoment, trajectoryMoments, wanderingMoments } from "../testing/failing-moments.ts";
import { type Narrowing, type NarrowingCounts, narrowing } from "../testing/narrowing.ts";
import { statesOf } from "../testing/state-dependence.ts";
import { command } from "./command.ts";
import { requireTasks, type TaskSet } from "./dataset.ts";
import { playedTrajectories } from "./played-trajectories.ts";
import { table } from "./table.ts";

export const probeNarrowingCommand = command({
  meta: {
    name: "narrowing",
    description:
      "Count, without a model, how often hints lead on: on failures of recorded trajectories, or of walks through tasks",
  },
  args: {
    dataset: {
      type: "string",
      default: "bundled",
      description: "The tasks: bundled, shop, bfcl (the imported one), an imported folder, a package or a JSONL file",
    },
    traces: {
      type: "string",
      description: "What models did with them: a result file, recordings or traces.jsonl, gzipped or not",
    },
    "per-task": { type: "string", default: "10", description: "Failures drawn from the walk through each task" },
    level: {
      type: "enum",
      options: ["diagnose", "guide", "direct"],
      default: "guide",
      description: "Level of the hints",
    },
    seed: { type: "string", default: "0", description: "Seed of the walks and of the shuffled hints" },
    json: { type: "boolean", description: "Print one JSON object" },
  },
  async run({ args }) {
    const taskSet = await requireTasks(args.dataset);
    const perTask = Number(args["per-task"]);
    if (!Number.isInteger(perTask) || perTask < 1)
      throw new DataError(`--per-task ${args["per-task"]}: expected a whole number of 1 or more`);
    const level = args.level as Exclude<HintLevel, "off">;
    const moments =
      args.traces === undefined
        ? [...walkedFailures(taskSet, perTask, args.seed)]
        : [...tracedFailures(taskSet, args.traces)];
    const others = statesOf([...moments, ...wanderings(taskSet, args.seed)]);
    const found = narrowing(hints, moments, others, { level, seed: args.seed });
    const source = args.traces ?? `walks through ${taskSet.name}`;
    process.stdout.write(args.json ? `${JSON.stringify({ source, level, ...found })}\n` : report(source, level, found));
  },
});

/** Some of the failures on the walk through each task; a repair is searched for each, which takes its time. */
function* walkedFailures({ tasks, extension }: TaskSet, perTask: number, seed: string): Generator<TaskMoment> {
  for (const task of tasks) {
    const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
    const moments = [...failingMoments(truth, seed), ...wanderingMoments(truth, seed, 20)];
    const random = seededRandom(JSON.stringify(["narrowing", seed, task.id]));
    for (let drawn = 0; drawn < perTask && moments.length > 0; drawn++)
      yield moments.splice(random.below(moments.length), 1)[0]!;
  }
}

/** Failures off the beaten track, for the states in which they happen. */
function* wanderings({ tasks, extension }: TaskSet, seed: string): Generator<TaskMoment> {
  for (const task of tasks.filter((_, index) => index % Math.ceil(tasks.length / 200) === 0))
    yield* wanderingMoments(replayGroundTruth(task, environmentOf(task.environments), extension), seed, 20);
}

function* tracedFailures({ name, tasks, extension }: TaskSet, path: string) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const truths = new Map<string, GroundTruth>();
  for (const { id, trajectory } of playedTrajectories(path)) {
    const task = byId.get(id);
    if (!task) throw new DataError(`${path}: ${name} has no task '${id}'; name the dataset that it was played on`);
    const truth = truths.get(id) ?? replayGroundTruth(task, environmentOf(task.environments), extension);
    truths.set(id, truth);
    yield* trajectoryMoments(truth, trajectory);
  }
}

/** Every share with its numerator and denominator. */
function report(source: string, level: HintLevel, found: Narrowing): string {
  const { failures, harnessFaults, hinted, silent, dependent, varying, repairable, guided, shuffled, kinds } = found;
  const rows = kinds.map((kind) => [
    `${kind.tool} ${kind.code}`,
    String(kind.failures),
    of(kind, "hinted", "failures"),
    of(kind, "dependent", "failures"),
    of(kind, "repairable", "failures"),
    of(kind, "guided", "repairable"),
    of(kind, "shuffled", "repairable"),
  ]);
  return [
    `${source}: ${failures} failed calls; ${harnessFaults} more are faults of the harness and left out`,
    table(["failure", "calls", "hinted", "by state", "repairable", level, "shuffled"], rows),
    "",
    `with a hint at ${level}: ${share(hinted, failures)}; listed silences: ${share(silent, failures)}`,
    `text depends on the state: ${share(dependent, failures)} at the same failure code, ${share(varying, failures)} at any`,
    `repairable by one argument or one earlier call: ${share(repairable, failures)}`,
    `of these, at most three candidates with a repair among them: ${level} ${share(guided, repairable)}, shuffled hints ${share(shuffled, repairable)}`,
    "",
  ].join("\n");
}

const share = (part: number, whole: number): string =>
  `${part} of ${whole}${whole > 0 ? ` (${percent(part / whole)})` : ""}`;
const of = (counts: NarrowingCounts, part: keyof NarrowingCounts, whole: keyof NarrowingCounts): string =>
  counts[whole] === 0 ? "-" : `${counts[part]}/${counts[whole]}`;

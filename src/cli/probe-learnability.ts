import { showProgress } from "../rollout/progress.ts";
import { DataError } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { type ArmName, armNames } from "../testing/learnability/arms.ts";
import { probeLearnability } from "../testing/learnability/probe-learnability.ts";
import type { LearnabilityReport } from "../testing/learnability/report.ts";
import { command } from "./command.ts";
import { interruptible } from "./interruptible.ts";
import { learnabilityText } from "./learnability-report.ts";
import { learnabilitySubjects, type TaskSource, taskSources } from "./learnability-subjects.ts";
import { integer } from "./run-options.ts";

export const probeLearnabilityCommand = command({
  meta: {
    name: "learnability",
    description:
      "Train a linear policy (not a language model) in an environment, with and without hints, and test it without on held-out families; exit status 1 where a problem is found",
  },
  args: {
    module: {
      type: "positional",
      required: false,
      description:
        "A module of one's own: it exports hints, and tasks or a config; the bundled environments unless given",
    },
    environment: { type: "string", valueHint: "list", description: "Environments by name, by comma; all unless given" },
    dataset: {
      type: "string",
      default: "bundled",
      description:
        "Where configs or tasks of bundled environments come from: bundled, shop, bfcl, a folder or a JSONL file",
    },
    tasks: {
      type: "string",
      valueHint: taskSources.join("|"),
      description: "Generated tasks (unless given), or the dataset's or module's own: a few dozen families at least",
    },
    seeds: { type: "string", default: "20", description: "Trainings in each arm" },
    arms: {
      type: "string",
      valueHint: "list",
      description: `Some of ${armNames.join(", ")}, by comma; all unless given`,
    },
    updates: { type: "string", default: "32", description: "Policy-gradient updates of a training" },
    "group-size": { type: "string", default: "8", description: "Episodes of a task in an update" },
    "tasks-per-update": { type: "string", default: "4", description: "Tasks in an update" },
    seed: { type: "string", default: "0", description: "Of the generated tasks, and the first of the trainings" },
    out: { type: "string", valueHint: "file", description: "Where to write the reports, as JSON" },
    json: { type: "boolean", description: "Print one JSON list of reports" },
  },
  async run({ args }) {
    const [module, ...more] = args._;
    if (more.length > 0) throw new DataError(`'${more[0]}' is one module too many`);
    const options = {
      seeds: integer("seeds", args.seeds, 1),
      updates: integer("updates", args.updates, 1),
      groupSize: integer("group-size", args["group-size"], 2),
      tasksPerUpdate: integer("tasks-per-update", args["tasks-per-update"], 1),
      seed: integer("seed", args.seed, 0),
      arms: armsNamed(args.arms),
    };
    if (args.tasks !== undefined && !taskSources.includes(args.tasks as TaskSource))
      throw new DataError(`--tasks must be ${taskSources.join(" or ")}, not '${args.tasks}'`);
    const subjects = await learnabilitySubjects({
      ...(module === undefined ? {} : { module }),
      ...(args.environment === undefined ? {} : { environments: listed(args.environment) }),
      ...(args.tasks === undefined ? {} : { tasks: args.tasks as TaskSource }),
      ...{ dataset: args.dataset, seed: options.seed },
    });
    const reports: LearnabilityReport[] = [];
    await interruptible(async (signal) => {
      for (const subject of subjects) {
        const progress = showProgress(subject.name);
        const report = await probeLearnability(subject, {
          ...options,
          signal,
          onProgress: (finished, total) => progress.update({ finished, total, aborted: 0 }),
        })
          .catch((error) => {
            if (!signal.aborted) throw error;
          })
          .finally(() => progress.end());
        if (!report) break;
        reports.push(report);
        if (!args.json) process.stdout.write(`${learnabilityText(report)}\n`);
      }
      if (signal.aborted) {
        process.stderr.write(
          `interrupted; ${reports.length} of ${subjects.length} environments are done, nothing is written\n`,
        );
        return;
      }
      if (args.out !== undefined) await writeWhole(args.out, `${JSON.stringify(reports, null, 2)}\n`);
      if (args.json) process.stdout.write(`${JSON.stringify(reports)}\n`);
      if (reports.some(({ problems }) => problems.some(({ information }) => !information))) process.exitCode = 1;
    });
  },
});

const listed = (text: string): readonly string[] => text.split(",").map((name) => name.trim());

function armsNamed(text: string | undefined): readonly ArmName[] {
  if (text === undefined) return armNames;
  const names = listed(text);
  const unknown = names.find((name) => !(armNames as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new DataError(`--arms: no arm is named '${unknown}'; there are ${armNames.join(", ")}`);
  return names as readonly ArmName[];
}

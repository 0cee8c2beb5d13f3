import { runCommand as runAs } from "citty";
import { rewards } from "../progress/reward-spec.ts";
import { command } from "./command.ts";
import { bundledTasks } from "./dataset.ts";
import { floorsOf, floorsTable } from "./floors.ts";
import { engineLesson } from "./lesson.ts";
import { runCommand } from "./run.ts";
import { learnabilityTour } from "./tour-learnability.ts";
import { writeTourReport } from "./tour-report.ts";

const lessonTask = "miss_param_band_van";

export const tourCommand = command({
  meta: {
    name: "tour",
    description:
      "What envtune is about, in a few seconds: the bundled tasks played, one failure with its hints, the floors, a report, a probe",
  },
  args: {},
  async run() {
    await runAs(runCommand, { rawArgs: [] });
    if (process.exitCode) return;
    const taskSet = await bundledTasks();
    const task = taskSet.tasks.find(({ id }) => id === lessonTask)!;
    process.stdout.write(`${engineLesson(task)}\n\n`);
    const chosen = Object.values(rewards);
    process.stdout.write(
      `what policies earn on the bundled tasks under training rules, by reward\n${floorsTable(await floorsOf(taskSet, chosen), chosen)}\n\n`,
    );
    process.stdout.write(`every episode, as a page to open in a browser: ${await writeTourReport(taskSet)}\n\n`);
    process.stdout.write(`${await learnabilityTour(taskSet)}\n`);
  },
});

import type { Environment } from "../core/environment.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import type { Dataset } from "../task/dataset.ts";
import { DataError } from "../task/problem.ts";
import type { Task } from "../task/task.ts";
import { type FuzzRecord, type GoldenRecord, type GroundTruthRecord, readGoldens } from "./golden.ts";
import { showRecorded } from "./recorded-text.ts";
import { type RecordedStep, replaySequence, stateDifference } from "./replay.ts";
import { count, newTally, type Tally } from "./tally.ts";
import { judgeChecker, judgeTrace } from "./verdicts.ts";

/** Replays recordings of the reference against the environments. One instance serves many files of one dataset. */
export class Conformance {
  readonly #tasks: ReadonlyMap<string, Task>;
  readonly #extension: unknown;
  readonly #environmentOf: (names: readonly string[]) => Environment;
  readonly #truths = new Map<string, GroundTruth>();

  constructor(dataset: Dataset, environmentOf: (names: readonly string[]) => Environment) {
    this.#tasks = new Map(dataset.tasks.map((task) => [task.id, task]));
    this.#extension = dataset.extension;
    this.#environmentOf = environmentOf;
  }

  /** Replays one file. Throws where it cannot be read, naming the line, or speaks of a task that the dataset lacks. */
  replayFile(path: string): Tally {
    const tally = newTally();
    for (const record of readGoldens(path)) this.#replay(tally, record);
    return tally;
  }

  #replay(tally: Tally, record: GoldenRecord): void {
    switch (record.format) {
      case "ground truth":
        this.#replayGroundTruth(tally, record);
        break;
      case "fuzz":
        this.#replayFuzz(tally, record);
        break;
      case "checker":
        judgeChecker(tally, record, this.#truthOf(record.id));
        break;
      case "traces":
        judgeTrace(tally, record, this.#truthOf(record.id));
        break;
    }
  }

  #replayGroundTruth(tally: Tally, record: GroundTruthRecord): void {
    const task = this.#taskOf(record.id);
    const environment = this.#environmentOf(record.environments);
    const initial = environment.init(task.config, task.longContext ? this.#extension : undefined);
    const difference = stateDifference(environment, initial, record.initialState);
    if (difference) {
      const { expected, actual } = difference;
      const where = `${record.id} (initial state)`;
      tally.differences.push({ where, call: "", expected: showRecorded(expected), actual });
      count(tally, "initial state", "different");
      return;
    }
    const states = new Map<number, GroundTruthRecord["turns"][number]["state"]>();
    const steps = record.turns.flatMap(({ calls, results }): RecordedStep[] =>
      calls.map((call, index) => ({
        call,
        result: results[index]!,
        kind: ownerOf(environment, call),
        compared: true,
      })),
    );
    let made = 0;
    for (const { calls, state } of record.turns) {
      made += calls.length;
      states.set(made, state);
    }
    replaySequence(tally, record.id, environment, initial, steps, (after) => states.get(after));
  }

  #replayFuzz(tally: Tally, record: FuzzRecord): void {
    const { config } = this.#taskOf(record.entry);
    const environment = this.#environmentOf(record.environments);
    const own = Object.fromEntries(record.environments.map((name) => [name, config[name] ?? {}]));
    const initial = environment.init(own, record.longContext ? this.#extension : undefined);
    replaySequence(tally, record.id, environment, initial, record.steps, (after) => record.states.get(after));
  }

  #taskOf(id: string): Task {
    const task = this.#tasks.get(id);
    if (!task) throw new DataError(`the recordings speak of '${id}', which the dataset does not have`);
    return task;
  }

  /** Ground truths are replayed once per task; many trajectories of one task follow each other. */
  #truthOf(id: string): GroundTruth {
    let truth = this.#truths.get(id);
    if (!truth) {
      const task = this.#taskOf(id);
      truth = replayGroundTruth(task, this.#environmentOf(task.environments), this.#extension);
      this.#truths.set(id, truth);
    }
    return truth;
  }
}

/** The environment whose tool a call text names. */
function ownerOf({ parts }: Environment, call: string): string {
  const [tool = ""] = /^\w+/.exec(call.trim()) ?? [];
  return Object.keys(parts).find((name) => Object.hasOwn(parts[name]!.tools, tool)) ?? "no tool";
}

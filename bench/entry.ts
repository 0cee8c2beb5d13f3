import { environmentOf, environments } from "../environments/index.ts";
import type { Environment } from "../src/core/environment.ts";
import { type GroundTruth, replayGroundTruth } from "../src/grading/ground-truth.ts";
import { callText } from "../src/python/call-text.ts";
import type { PyValue } from "../src/python/value.ts";
import type { Dataset } from "../src/task/dataset.ts";
import type { Task, TaskCall } from "../src/task/task.ts";

/** A task made ready: its first state built, its ground truth replayed, its calls as texts for the reference. */
export interface Entry {
  readonly task: Task;
  readonly environment: Environment;
  readonly truth: GroundTruth;
  readonly turns: readonly EntryTurn[];
}
export interface EntryTurn {
  readonly calls: readonly TaskCall[];
  readonly texts: readonly string[];
  /** The environment whose tools all the calls are; undefined for a turn of several environments, or without calls. */
  readonly owner: string | undefined;
}

/** The entries of a dataset whose environments are all there. */
export function entriesOf(dataset: Dataset): Entry[] {
  return dataset.tasks
    .filter((task) => task.environments.every((name) => Object.hasOwn(environments, name)))
    .map((task) => {
      const environment = environmentOf(task.environments);
      const truth = replayGroundTruth(task, environment, dataset.extension);
      return { task, environment, truth, turns: task.turns.map((turn) => entryTurn(environment, turn.groundTruth)) };
    });
}

function entryTurn(environment: Environment, calls: readonly TaskCall[]): EntryTurn {
  const owners = new Set(calls.map(({ tool }) => ownerOf(environment, tool)));
  return {
    calls,
    texts: calls.map(({ tool, args }) => callText(tool, Object.entries(args) as [string, PyValue][])),
    owner: owners.size === 1 ? [...owners][0] : undefined,
  };
}

function ownerOf(environment: Environment, tool: string): string | undefined {
  return Object.keys(environment.parts).find((name) => Object.hasOwn(environment.parts[name]!.tools, tool));
}

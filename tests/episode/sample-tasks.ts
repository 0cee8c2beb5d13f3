import { environmentOf } from "../../environments/index.ts";
import type { Renderer } from "../../src/episode/renderer.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { type EpisodeSetting, evaluationSetting } from "../../src/episode/setting.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { type Profile, profiles } from "../../src/grading/profile.ts";
import { Task } from "../../src/task/task.ts";

/** Two turns in a file system: copy a file, then read it. */
export const copying = fileTask("copying", [
  { user: "Copy a.txt into d.", groundTruth: [{ tool: "cp", args: { source: "a.txt", destination: "d" } }] },
  { user: "What does it say?", groundTruth: [{ tool: "cat", args: { file_name: "a.txt" } }] },
]);

/** `sort` is offered from the second turn on. */
export const sorting = fileTask(
  "sorting",
  [
    { user: "Sort a.txt.", groundTruth: [], holdOut: ["sort"] },
    { user: "You have it now.", groundTruth: [{ tool: "sort", args: { file_name: "a.txt" } }], release: ["sort"] },
  ],
  "miss_func",
);

export function fileTask(id: string, turns: unknown, category = "base"): Task {
  const contents = {
    "a.txt": { type: "file", content: "pear\napple" },
    "b.txt": { type: "file", content: "plum" },
    d: { type: "directory", contents: {} },
  };
  return Task.parse({
    id,
    family: id,
    category,
    environments: ["GorillaFileSystem", "MathAPI"],
    config: { GorillaFileSystem: { root: { home: { type: "directory", contents } } } },
    turns,
  });
}

export function prepare(task: Task, renderer: Renderer = openai, profile: Profile = profiles.bfcl) {
  const truth = replayGroundTruth(task, environmentOf(task.environments));
  return { truth, setting: evaluationSetting(truth, { profile, renderer }) };
}

export function settingOf(task: Task, renderer?: Renderer, profile?: Profile): EpisodeSetting {
  return prepare(task, renderer, profile).setting;
}

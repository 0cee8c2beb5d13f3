import { abort, act, playedOf, startEpisode } from "../../src/episode/episode.ts";
import type { AssistantMessage } from "../../src/episode/message.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { type EpisodeRules, trainingRules } from "../../src/episode/rules.ts";
import { trainingSetting } from "../../src/episode/setting.ts";
import { type Profile, profiles } from "../../src/grading/profile.ts";
import { type AssessedEpisode, assess } from "../../src/progress/assess.ts";
import type { Task } from "../../src/task/task.ts";
import { fileTask, prepare } from "../episode/sample-tasks.ts";

/** Copy a file; sort it while there is no tool for that; read it. Each turn takes one call, or none. */
export const threeTurns = fileTask(
  "three-turns",
  [
    { user: "Copy a.txt into d.", groundTruth: [{ tool: "cp", args: { source: "a.txt", destination: "d" } }] },
    { user: "Sort it.", groundTruth: [], holdOut: ["sort"] },
    { user: "What does a.txt say?", groundTruth: [{ tool: "cat", args: { file_name: "a.txt" } }] },
  ],
  "miss_func",
);

type Args = Record<string, unknown>;
/** A message that makes calls: `calls(["ls"], ["cat", { file_name: "a.txt" }])`. */
export const calls = (...made: readonly [tool: string, args?: Args][]): AssistantMessage =>
  openai.write(made.map(([tool, args = {}]) => ({ tool, args })));
export const says = (content: string): AssistantMessage => ({ role: "assistant", content });
export const done = says("Done.");
export const copy = calls(["cp", { source: "a.txt", destination: "d" }]);
export const read = calls(["cat", { file_name: "a.txt" }]);
/** A message whose arguments are no JSON object. */
export const garbled: AssistantMessage = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "a", type: "function", function: { name: "ls", arguments: "[1]" } }],
};
/** A message that was not made, because the endpoint failed. */
export const outage = "outage";

export interface Conditions {
  readonly rules?: Partial<EpisodeRules>;
  readonly profile?: Profile;
}

/** Plays messages under the training rules and judges what came of them. */
export function assessed(
  task: Task,
  messages: readonly (AssistantMessage | typeof outage)[],
  { rules: changed = {}, profile = profiles.strict }: Conditions = {},
): AssessedEpisode {
  const { truth } = prepare(task);
  const rules = { ...trainingRules, ...changed };
  const setting = trainingSetting(truth, { profile, renderer: openai, rules });
  let episode = startEpisode(setting);
  for (const message of messages)
    episode = message === outage ? abort(episode, "no answer") : act(setting, episode, message);
  return assess(truth, playedOf(episode), profile, rules);
}

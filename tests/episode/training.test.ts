import { expect, test } from "vitest";
import { branchAt } from "../../src/episode/branch.ts";
import { abort, act, type Episode, isTruncated, observe, startEpisode } from "../../src/episode/episode.ts";
import type { AssistantMessage } from "../../src/episode/message.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { trainingRules } from "../../src/episode/rules.ts";
import {
  type EpisodeSetting,
  evaluationSetting,
  type TrainingOptions,
  trainingSetting,
} from "../../src/episode/setting.ts";
import { profiles } from "../../src/grading/profile.ts";
import { trajectoryOf } from "../../src/grading/trajectory.ts";
import type { Task } from "../../src/task/task.ts";
import { copying, fileTask, prepare } from "./sample-tasks.ts";

const says = (content: string): AssistantMessage => ({ role: "assistant", content });
const calls = (...made: readonly [tool: string, args?: Record<string, unknown>][]): AssistantMessage =>
  openai.write(made.map(([tool, args = {}]) => ({ tool, args })));
const garbled: AssistantMessage = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "a", type: "function", function: { name: "ls", arguments: "[]" } }],
};
const training = (task: Task, options: Partial<TrainingOptions> = {}): EpisodeSetting =>
  trainingSetting(prepare(task).truth, { profile: profiles.strict, renderer: openai, ...options });
const play = (setting: EpisodeSetting, ...messages: readonly AssistantMessage[]): Episode =>
  messages.reduce((episode, message) => act(setting, episode, message), startEpisode(setting));
const lastUser = (setting: EpisodeSetting, episode: Episode) =>
  observe(setting, episode).messages.findLast(({ role }) => role === "user")!.content;

test("five attempts stay in the turn; the sixth is executed, shown and ends it, and the next message of the user says so", () => {
  const setting = training(copying);
  const five = play(setting, ...Array.from({ length: 5 }, () => calls(["ls"])));
  expect(five.turns).toHaveLength(1);
  const sixth = act(setting, five, calls(["cp", { source: "a.txt", destination: "d" }]));
  expect(sixth.turns).toHaveLength(2);
  expect(sixth.ending).toBeUndefined();
  expect(sixth.turns[0]!.at(-1)!.results[0]!.text).toContain("copied");
  expect(JSON.stringify(observe(setting, sixth).messages)).toContain("copied");
  expect(lastUser(setting, sixth)).toMatch(/ended for you, because more than 5 messages[\s\S]*What does it say\?/);
});

test("a message that cannot be read is explained, stays in the turn and counts as an attempt", () => {
  const setting = training(copying);
  const once = play(setting, garbled);
  expect(once.turns).toHaveLength(1);
  expect(JSON.stringify(observe(setting, once).messages)).toContain(
    "the arguments are a list, where an object is expected",
  );
  const six = play(setting, ...Array.from({ length: 6 }, () => garbled));
  expect(six.turns).toHaveLength(2);
  expect(lastUser(setting, six)).toContain("ended for you");
});

test("in a turn without ground truth a call is not executed and ends the turn, an answer goes on without a word", () => {
  const task = fileTask(
    "abstain",
    [
      { user: "Do something for which a tool is missing.", groundTruth: [] },
      { user: "Copy a.txt into d.", groundTruth: copying.turns[0]!.groundTruth },
    ],
    "miss_func",
  );
  const setting = training(task);
  const called = play(setting, calls(["rm", { file_name: "a.txt" }]));
  expect(called.state).toBe(setting.initial);
  expect(trajectoryOf(called)).toEqual([[], []]);
  expect(lastUser(setting, called)).toMatch(/were not executed[\s\S]*Copy a\.txt/);
  const answered = play(setting, says("A tool is missing."));
  expect(lastUser(setting, answered)).toBe("Copy a.txt into d.");
});

test("teacher-forced, a turn starts from where the ground truth stands", () => {
  const { truth } = prepare(copying);
  const setting = training(copying, { rules: { ...trainingRules, startOfTurn: "groundTruthState" } });
  const idle = play(setting, says("I will not."));
  expect(idle.state).toEqual(truth.turns[0]!.state);
  expect(play(training(copying), says("I will not.")).state).toEqual(truth.initial);
});

test("turn feedback says that a turn was left unfinished and of what kind, never what", () => {
  const left = (level: "diagnose" | "guide" | "direct" | "off", ...messages: readonly AssistantMessage[]) => {
    const setting = training(copying, { turnFeedback: level });
    return lastUser(setting, play(setting, ...messages, says("Done.")));
  };
  expect(left("off")).toBe("What does it say?");
  expect(left("diagnose")).toMatch(/^The request before this one was not fulfilled[\s\S]*What does it say\?$/);
  expect(left("guide")).toContain("none was called");
  expect(left("guide", calls(["ls"]))).toContain("left as it was");
  expect(left("guide", calls(["rm", { file_name: "a.txt" }]))).toContain("changed in another way");
  expect(left("direct", calls(["ls"]))).toContain("GorillaFileSystem");
  expect(left("direct", calls(["ls"]))).not.toContain("a.txt");
  expect(left("direct", calls(["cp", { source: "a.txt", destination: "d" }]))).toBe("What does it say?");
});

test("more tokens than granted end the episode as cut off", () => {
  const setting = training(copying, { rules: { ...trainingRules, tokenLimit: 100 } });
  expect(play(setting, { ...calls(["ls"]), tokens: 100 }).ending).toBeUndefined();
  const ended = play(setting, { ...calls(["ls"]), tokens: 101 });
  expect(ended.ending).toEqual({ why: "tokenLimit" });
  expect(isTruncated(ended)).toBe(true);
});

test("what serving stacks break is the harness's fault, a wrong name the model's", () => {
  const setting = training(copying);
  const faults = (message: AssistantMessage) => {
    const [step] = play(setting, message).turns[0]!;
    return [step!.fault, step!.results[0]?.fault];
  };
  const native = (name: string, text: string): AssistantMessage => ({
    role: "assistant",
    content: null,
    tool_calls: [{ id: "a", type: "function", function: { name, arguments: text } }],
  });
  expect(faults(native("echo<|channel|>commentary", "{}"))).toEqual([undefined, "harness"]);
  expect(faults(native("ls", '{"": {}}'))).toEqual([undefined, "harness"]);
  expect(faults(native("cat", '{"file_name": "a.t'))).toEqual(["harness", undefined]);
  expect(faults(native("copy", "{}"))).toEqual([undefined, undefined]);
  expect(faults(native("cat", "file"))).toEqual([undefined, undefined]);
  expect(abort(startEpisode(setting), "no answer").ending).toMatchObject({ fault: "harness" });
});

test("an episode can be branched from any of its steps, and refuses places it never came to", () => {
  const setting = training(copying);
  const messages = [
    calls(["ls"]),
    calls(["cp", { source: "a.txt", destination: "d" }]),
    says(""),
    calls(["cat", { file_name: "a.txt" }]),
  ];
  const whole = play(setting, ...messages);
  expect(branchAt(setting, whole.turns, { turn: 0, step: 1 })).toEqual(play(setting, ...messages.slice(0, 1)));
  expect(branchAt(setting, whole.turns, { turn: 1, step: 0 })).toEqual(play(setting, ...messages.slice(0, 3)));
  expect(branchAt(setting, whole.turns, { turn: 1, step: 1 })).toEqual(whole);
  expect(() => branchAt(setting, whole.turns, { turn: 1, step: 2 })).toThrow("no step 2 of turn 1");
  expect(() => branchAt(setting, whole.turns, { turn: 2, step: 0 })).toThrow("no step 0 of turn 2");
});

test("evaluation knows neither attempts that are explained nor turn feedback", () => {
  const { truth } = prepare(copying);
  const setting = evaluationSetting(truth, { profile: profiles.bfcl, renderer: openai });
  expect(setting.turnFeedback).toBeUndefined();
  expect(play(setting, garbled).turns).toHaveLength(2);
});

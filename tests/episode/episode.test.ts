import { expect, test } from "vitest";
import { abort, act, type Episode, observe, startEpisode } from "../../src/episode/episode.ts";
import type { AssistantMessage } from "../../src/episode/message.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { python } from "../../src/episode/renderers/python.ts";
import { grade } from "../../src/grading/grade.ts";
import { profiles } from "../../src/grading/profile.ts";
import { trajectoryOf } from "../../src/grading/trajectory.ts";
import { copying, fileTask, prepare, settingOf, sorting } from "./sample-tasks.ts";

const says = (content: string): AssistantMessage => ({ role: "assistant", content });
const calls = (...made: readonly [tool: string, args?: Record<string, unknown>][]): AssistantMessage =>
  openai.write(made.map(([tool, args = {}]) => ({ tool, args })));
const play = (setting: ReturnType<typeof settingOf>, ...messages: readonly AssistantMessage[]): Episode =>
  messages.reduce((episode, message) => act(setting, episode, message), startEpisode(setting));

test("an episode shows one user message a turn and ends with the last", () => {
  const { setting, truth } = prepare(copying);
  let episode = startEpisode(setting);
  expect(observe(setting, episode).messages).toEqual([{ role: "user", content: "Copy a.txt into d." }]);
  episode = act(setting, episode, calls(["cp", { source: "a.txt", destination: "d" }]));
  expect(observe(setting, episode).messages.at(-1)).toMatchObject({
    role: "tool",
    content: expect.stringContaining("copied"),
  });
  episode = act(setting, episode, says("Done."));
  expect(observe(setting, episode).messages.at(-1)).toEqual({ role: "user", content: "What does it say?" });
  episode = act(setting, act(setting, episode, calls(["cat", { file_name: "a.txt" }])), says("pear, apple"));
  expect(episode.ending).toEqual({ why: "completed" });
  expect(() => act(setting, episode, says("?"))).toThrow("has ended");
  expect(grade(truth, trajectoryOf(episode), profiles.strict)).toMatchObject({ valid: true, progress: 1 });
});

test("an episode is plain JSON: saved in the middle it goes on just the same", () => {
  const setting = settingOf(copying);
  const rest = [says(""), calls(["cat", { file_name: "a.txt" }]), says("")];
  const middle = play(setting, calls(["cp", { source: "a.txt", destination: "d" }], ["ls"]));
  const saved: Episode = JSON.parse(JSON.stringify(middle));
  const go = (from: Episode) => rest.reduce((episode, message) => act(setting, episode, message), from);
  expect(saved).toEqual(middle);
  expect(JSON.stringify(go(saved))).toBe(JSON.stringify(go(middle)));
});

test("a fork leaves the episode it came from as it was", () => {
  const setting = settingOf(copying);
  const start = startEpisode(setting);
  const text = JSON.stringify(start);
  const one = act(setting, start, calls(["rm", { file_name: "a.txt" }]));
  const other = act(setting, start, calls(["ls"]));
  expect(JSON.stringify(start)).toBe(text);
  expect(one.state).not.toBe(other.state);
  expect(other.state).toBe(start.state);
});

test("the 21st executed step of a turn ends the whole episode, the 20th does not", () => {
  const { setting, truth } = prepare(copying);
  const twenty = play(setting, ...Array.from({ length: 20 }, () => calls(["ls"])));
  expect(twenty.ending).toBeUndefined();
  expect(act(setting, twenty, says("")).ending).toBeUndefined();
  const stopped = act(setting, twenty, calls(["ls"]));
  expect(stopped.ending).toEqual({ why: "stepLimit" });
  expect(grade(truth, trajectoryOf(stopped), profiles.bfcl).failure?.type).toBe("multi_turn:force_terminated");
});

test("what was achieved and refused before an episode was force-terminated counts", () => {
  const { truth } = prepare(copying);
  const trajectory = [[["cp(source='a.txt', destination='d')"], ["cat(file_name=5)"]]];
  expect(grade(truth, trajectory, profiles.bfcl)).toMatchObject({
    valid: false,
    failure: { type: "multi_turn:force_terminated" },
    turns: [{ passed: true }, { passed: false }],
    progress: 0.5,
    refusals: 1,
  });
});

test("a later turn has its own twenty steps; tripping in the last turn is graded on what was done, as in the reference", () => {
  const { setting, truth } = prepare(copying);
  const perfect = [
    calls(["cp", { source: "a.txt", destination: "d" }]),
    says(""),
    calls(["cat", { file_name: "a.txt" }]),
  ];
  const stopped = play(setting, ...perfect, ...Array.from({ length: 20 }, () => calls(["ls"])));
  expect(stopped.ending).toEqual({ why: "stepLimit" });
  expect(grade(truth, trajectoryOf(stopped), profiles.bfcl).valid).toBe(true);
  expect(grade(truth, trajectoryOf(stopped), profiles.strict).failure?.type).toBe("envtune:step_limit");
});

test("an early call of a held-out tool runs in profile bfcl and is unknown in strict, until its release", () => {
  const early = calls(["sort", { file_name: "a.txt" }]);
  const lenient = play(settingOf(sorting), early);
  expect(lenient.turns[0]![0]!.results).toEqual([{ text: expect.stringContaining("sorted_content") }]);
  const strict = play(settingOf(sorting, openai, profiles.strict), early, says(""), early);
  expect(strict.turns[0]![0]!.results).toEqual([
    { text: expect.stringContaining("'sort' is not defined"), failure: "unknownTool" },
  ]);
  expect(strict.turns[1]![0]!.results[0]).toEqual({ text: expect.stringContaining("sorted_content") });
});

test("held-out tools are offered from their release on, and not before", () => {
  const setting = settingOf(sorting);
  const before = startEpisode(setting);
  const after = act(setting, before, says(""));
  const offered = (episode: Episode) => observe(setting, episode).tools.map((tool) => tool.function.name);
  expect(offered(before)).not.toContain("sort");
  expect(offered(after).at(-1)).toBe("sort");
  const text = settingOf(sorting, python);
  const [system] = observe(text, startEpisode(text)).messages;
  expect(system!.content).not.toContain('"name":"sort"');
  const last = observe(text, act(text, startEpisode(text), says(""))).messages.at(-1);
  expect(last!.content).toMatch(/^\{"name":"sort".*\nYou have it now\.$/s);
});

test("a tool that is held out later is withdrawn", () => {
  const task = fileTask("withdrawn", [
    { user: "One.", groundTruth: [] },
    { user: "Two.", groundTruth: [], holdOut: ["rm"] },
    { user: "Three.", groundTruth: [], release: ["rm"] },
  ]);
  const counts = (setting: ReturnType<typeof settingOf>, turns: number) =>
    observe(setting, play(setting, ...Array.from({ length: turns }, () => says("")))).tools.filter(
      (tool) => tool.function.name === "rm",
    ).length;
  const setting = settingOf(task);
  expect([0, 1, 2].map((turns) => counts(setting, turns))).toEqual([1, 0, 1]);
  const text = settingOf(task, python);
  expect(observe(text, play(text, says(""))).messages.at(-1)!.content).toBe("No longer available: rm\nTwo.");
});

test("strict does not offer tools that the task excludes", () => {
  const task = { ...copying, excluded: ["cp"] };
  const offered = (profile: (typeof profiles)["bfcl"]) =>
    settingOf(task, openai, profile).documents.map(({ name }) => name);
  expect(offered(profiles.bfcl)).toContain("cp");
  expect(offered(profiles.strict)).not.toContain("cp");
});

test("an aborted episode keeps what was played and says why", () => {
  const setting = settingOf(copying);
  const aborted = abort(play(setting, calls(["ls"])), "the server went away");
  expect(aborted.ending).toEqual({ why: "aborted", fault: "harness", reason: "the server went away" });
  expect(aborted.turns).toHaveLength(1);
});

test("a later observation starts with all messages of an earlier one", () => {
  for (const renderer of [openai, python]) {
    const setting = settingOf(sorting, renderer);
    const spoken = [
      renderer.write([{ tool: "ls", args: {} }]),
      says("[cat("),
      { role: "assistant" as const, content: null, tool_calls: [toolCall("cat", "{")] },
    ];
    let episode = startEpisode(setting);
    let earlier = observe(setting, episode).messages;
    for (const message of spoken) {
      episode = act(setting, episode, message);
      const { messages } = observe(setting, episode);
      expect(messages.slice(0, earlier.length)).toEqual(earlier);
      expect(messages.length).toBeGreaterThan(earlier.length);
      earlier = messages;
      if (episode.ending) break;
    }
  }
});
const toolCall = (name: string, text: string) => ({
  id: "",
  type: "function" as const,
  function: { name, arguments: text },
});

test("nothing of the ground truth, of later turns or of the plan of releases is in an observation", () => {
  const canary = "CANARY-7f3a";
  const task = fileTask("canary", [
    { user: "One.", groundTruth: [{ tool: "echo", args: { content: canary } }], holdOut: ["sort"] },
    { user: `Two ${canary}.`, groundTruth: [{ tool: "echo", args: { content: canary } }], release: ["sort"] },
  ]);
  for (const renderer of [openai, python])
    for (const profile of Object.values(profiles)) {
      const setting = settingOf(task, renderer, profile);
      const messages = [
        renderer.write([{ tool: "echo", args: {} }]),
        renderer.write([{ tool: "sort", args: { file_name: 1 } }]),
        renderer.write([{ tool: "nothing", args: {} }]),
      ];
      for (let count = 0; count <= messages.length; count++) {
        const seen = JSON.stringify(observe(setting, play(setting, ...messages.slice(0, count))));
        expect(seen).not.toContain(canary);
        expect(seen).not.toContain("release");
      }
    }
});

import { expect, test } from "vitest";
import { act, observe, playedOf, startEpisode } from "../../src/episode/episode.ts";
import type { AssistantMessage } from "../../src/episode/message.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { tagged } from "../../src/episode/renderers/tagged.ts";
import { trainingRules } from "../../src/episode/rules.ts";
import { trainingSetting } from "../../src/episode/setting.ts";
import { profiles } from "../../src/grading/profile.ts";
import { assess } from "../../src/progress/assess.ts";
import { rewardOf, rewards } from "../../src/progress/reward-spec.ts";
import { fileTask, prepare } from "../episode/sample-tasks.ts";
import { assessed, calls, copy, done, garbled, outage, read, says, threeTurns } from "./played.ts";

/** The fifteen defects of the paper's released training code, in the order of its list; each test shows what is right here. */

const progress = (...args: Parameters<typeof assessed>) => rewards.progress.score(assessed(...args)).value;
const setting = (renderer = openai, task = threeTurns) =>
  trainingSetting(prepare(task).truth, { profile: profiles.strict, renderer });

test("1: an episode that is cut off after one good turn is not perfect", () => {
  expect(progress(threeTurns, [copy, { ...done, tokens: 2 }], { rules: { tokenLimit: 1 } })).toBeCloseTo(1 / 3);
});

test("2: the ground truth advances over a turn that the model skipped, and a wrong call does not poison later turns for good", () => {
  expect(assessed(threeTurns, [done, done, read, done]).turns.map(({ score }) => score)).toEqual([0, 1, 0]);
  const mended = [
    calls(["touch", { file_name: "x" }]),
    done,
    done,
    calls(["rm", { file_name: "x" }]),
    copy,
    read,
    done,
  ];
  expect(assessed(threeTurns, mended).turns.map(({ score }) => score)).toEqual([0, 1, 1]);
});

test("3: a turn is judged, and spoken of, by its own number", () => {
  const { turns } = assessed(threeTurns, [copy, done, done, done]);
  expect(turns.map(({ turn }) => turn)).toEqual([0, 1, 2]);
  expect(turns[2]!.reasons()[0]!.code).toBe("calledNothing");
  expect(turns[2]!.expected).toEqual([expect.stringContaining("pear")]);
});

test("4: an episode is a value, so nothing has to be freed and no episode sees another", () => {
  const one = setting();
  const [a, b] = [startEpisode(one), startEpisode(one)];
  const changed = act(one, a, calls(["rm", { file_name: "b.txt" }]));
  expect(act(one, b, calls(["ls"])).turns[0]![0]!.results[0]!.text).toContain("b.txt");
  expect(changed.state).not.toBe(b.state);
  expect(structuredClone(changed)).toEqual(changed);
});

test("5: a ground truth is never taken from an earlier episode, and playing does not advance it", () => {
  const { truth } = prepare(threeTurns);
  const before = JSON.stringify(truth.turns);
  for (let round = 0; round < 20; round++) expect(progress(threeTurns, [copy, done, done, read, done])).toBe(1);
  const played = trainingSetting(truth, { profile: profiles.strict, renderer: openai });
  act(played, startEpisode(played), copy);
  expect(JSON.stringify(truth.turns)).toBe(before);
});

test("6: an answer is an answer, even if its body is the JSON of a call", () => {
  const spoken = says('<think>x</think><answer>[{"name": "rm", "arguments": {"file_name": "b.txt"}}]</answer>');
  const form = setting(tagged);
  const episode = act(form, startEpisode(form), spoken);
  expect(episode.turns).toHaveLength(2);
  expect(episode.turns[0]![0]!.calls).toEqual([]);
  expect(episode.state).toBe(form.initial);
});

test("7: a call that cannot be read does not end the turn in silence", () => {
  const episode = act(setting(), startEpisode(setting()), garbled);
  expect(episode.turns).toHaveLength(1);
  expect(JSON.stringify(observe(setting(), episode))).toContain("could not be read");
});

test("8: an argument that is a dictionary of dictionaries stays one, and texts keep their quotes and brackets", () => {
  const echo = calls(
    ["echo", { content: "['{}']", file_name: "a.txt" }],
    ["cat", { file_name: "a.txt" }],
    ["ls", { a: { b: { c: 1 } } }],
  );
  const [step] = act(setting(), startEpisode(setting()), echo).turns[0]!;
  expect(step!.results[1]!.text).toContain("['{}']");
  expect(step!.calls[2]).toEqual({ tool: "ls", args: { a: { b: { c: 1 } } } });
  expect(step!.results[2]!.failure).toBe("invalidArguments");
});

test("9: a name is a name, never evaluated", () => {
  for (const name of ["ls(), pwd", "inspect.os.getcwd", " exit()", "__import__"]) {
    const [step] = act(setting(), startEpisode(setting()), calls([name])).turns[0]!;
    expect(step!.results.map(({ failure }) => failure)).toEqual(["unknownTool"]);
  }
});

test("10: playing changes nothing of the task, so a second rollout has all of its turns", () => {
  const before = JSON.stringify(threeTurns);
  for (let round = 0; round < 2; round++)
    expect(assessed(threeTurns, [copy, done, done, read, done]).turns.every(({ ended }) => ended)).toBe(true);
  expect(JSON.stringify(threeTurns)).toBe(before);
});

test("11: a call answered by an error is no correct call, so hammering a wrong one does not pay", () => {
  const wrong = calls(["cp", { source: "zz", destination: "d" }]);
  const { parts } = rewards.syntax.score(assessed(threeTurns, [wrong, wrong, wrong, done, done, done]));
  expect(parts).toMatchObject({ tool: 0, called: 1 });
});

test("12: how a step ended is told by names that mean one thing each", () => {
  const { turns } = assessed(threeTurns, [copy, done, read, read, done]);
  expect(turns[1]!.steps[0]).toMatchObject({ notExecuted: true });
  expect(turns[0]!.steps[0]!.notExecuted).toBeUndefined();
  expect(turns[1]!.reasons().map(({ code }) => code)).toEqual(["actedWhenItShouldNot"]);
});

test("13: a text with a blank before a bracket reaches the tool as it was written", () => {
  const echo = calls(["echo", { content: "comment (see)", file_name: "a.txt" }], ["cat", { file_name: "a.txt" }]);
  expect(act(setting(), startEpisode(setting()), echo).turns[0]![0]!.results[1]!.text).toContain("comment (see)");
});

test("14: a result serves once; the same result of an earlier turn does not answer a later one", () => {
  const twice = fileTask("twice", [
    { user: "Read a.txt.", groundTruth: [{ tool: "cat", args: { file_name: "a.txt" } }] },
    { user: "Once more.", groundTruth: [{ tool: "cat", args: { file_name: "a.txt" } }] },
  ]);
  const lazy = assessed(twice, [read, done, calls(["ls"]), done]);
  expect(lazy.turns.map(({ score }) => score)).toEqual([1, 0]);
  // The leaderboard's own verdict stays what it is.
  expect(rewards.bfcl.score(lazy).value).toBe(1);
  expect(progress(twice, [read, done, read, done])).toBe(1);
});

test("15: a mean over turns divides by the turns of the task, and nothing else counts as one", () => {
  const episode = assessed(threeTurns, [garbled, calls(["ls"]), copy, done, done, outage]);
  expect(rewards.progress.score(episode)).toEqual({ value: 2 / 3, turns: [1, 1, 0] });
  expect(rewardOf("progress").score(episode).value).toBe(2 / 3);
});

test("progress is the same whether it is computed from the live episode or from a copy of it that was saved", () => {
  const { truth } = prepare(threeTurns);
  const play = setting();
  let episode = startEpisode(play);
  for (const message of [copy, done, done, read, done] as AssistantMessage[]) episode = act(play, episode, message);
  const saved = JSON.parse(JSON.stringify(episode));
  expect(assess(truth, playedOf(saved), profiles.strict, trainingRules).turns.map(({ score }) => score)).toEqual([
    1, 1, 1,
  ]);
});

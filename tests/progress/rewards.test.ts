import { expect, test } from "vitest";
import type { AssistantMessage } from "../../src/episode/message.ts";
import type { EpisodeRules } from "../../src/episode/rules.ts";
import { type RewardName, rewardOf, rewards } from "../../src/progress/reward-spec.ts";
import { assessed, calls, copy, done, garbled, outage, read, threeTurns } from "./played.ts";

const touch = calls(["touch", { file_name: "new.txt" }]);
const list = calls(["ls"]);
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

/** Worked out by hand for the three turns of `threeTurns`: copy, abstain, read. */
interface Written {
  readonly what: string;
  readonly messages: readonly (AssistantMessage | typeof outage)[];
  readonly rules?: Partial<EpisodeRules>;
  readonly expected: Readonly<Partial<Record<RewardName, number>>>;
}

const written: readonly Written[] = [
  {
    what: "all as it should be",
    messages: [copy, done, done, read, done],
    expected: { syntax: 2, format: 1, progress: 1, binary: 1, bfcl: 1, toolrl: 4, stateProgress: 1 },
  },
  {
    // ToolRL: an empty prediction gets 0 of 4 and 0 of 3, which is -3, and 1 for format; the turn without calls is perfect.
    what: "nothing is ever called",
    messages: [done, done, done],
    expected: {
      syntax: 0,
      format: 1,
      progress: 1 / 3,
      binary: 0,
      bfcl: 0,
      toolrl: (-2 + 4 - 2) / 3,
      stateProgress: 1 / 3,
    },
  },
  {
    what: "a call where there was to be none",
    messages: [copy, done, list, read, done],
    expected: { syntax: 2, progress: 2 / 3, binary: 0, bfcl: 0, toolrl: (4 - 2 + 4) / 3, stateProgress: 2 / 3 },
  },
  {
    what: "one message of six cannot be read",
    messages: [garbled, copy, done, done, read, done],
    expected: {
      syntax: 1 + 5 / 6,
      format: 5 / 6,
      progress: 1,
      binary: 1,
      bfcl: 1,
      toolrl: (3 + 4 + 4) / 3,
      stateProgress: 1,
    },
  },
  {
    what: "one call of three fails, and is made again",
    messages: [calls(["cp", { source: "z.txt", destination: "d" }]), copy, done, done, read, done],
    expected: { syntax: 1 + 2 / 3, progress: 1, binary: 1, bfcl: 1, toolrl: 4, stateProgress: 1 },
  },
  {
    // ToolRL: 1 for the name, 1 for the parameters' names, 1 of 2 values: 3 of 4. State: nothing achieved, one change too many, and
    // that one stands to the end where one was required: 2/3 - 1/2.
    what: "the copy goes under another name",
    messages: [calls(["cp", { source: "a.txt", destination: "b2.txt" }]), done, done, read, done],
    expected: {
      syntax: 2,
      progress: 1 / 3,
      binary: 0,
      bfcl: 0,
      toolrl: (2.5 + 4 + 4) / 3,
      stateProgress: 2 / 3 - 1 / 2,
    },
  },
  {
    // ToolRL: the names {cp} and {cp, touch} are half alike, so 3.5 of 4.
    what: "a file too many is made in the first turn",
    messages: [copy, touch, done, done, read, done],
    expected: {
      syntax: 2,
      progress: 1 / 3,
      binary: 0,
      bfcl: 0,
      toolrl: (3.25 + 4 + 4) / 3,
      stateProgress: 2 / 3 - 1 / 2,
    },
  },
  {
    // ToolRL: half a name, one parameter's name and its value of 3.
    what: "the last call ruins what was right",
    messages: [copy, done, done, read, calls(["rm", { file_name: "b.txt" }]), done],
    expected: { syntax: 2, progress: 2 / 3, binary: 0, bfcl: 0, toolrl: (4 + 4 + 3) / 3, stateProgress: 2 / 3 - 1 / 2 },
  },
  {
    what: "damage that is mended in the same turn is none",
    messages: [copy, touch, calls(["rm", { file_name: "new.txt" }]), done, done, read, done],
    expected: { progress: 1, binary: 1, bfcl: 1, stateProgress: 1 },
  },
  {
    what: "damage of the first turn that is mended in the last costs its turn and no late error",
    messages: [copy, touch, done, done, calls(["rm", { file_name: "new.txt" }]), read, done],
    expected: { progress: 2 / 3, binary: 0, bfcl: 0, stateProgress: 2 / 3 },
  },
  {
    what: "cut off by the token limit after the first turn",
    messages: [copy, { ...done, tokens: 11 }],
    rules: { tokenLimit: 10 },
    expected: { syntax: 2, progress: 1 / 3, binary: 0, bfcl: 0, toolrl: (4 - 3 - 3) / 3, stateProgress: 1 / 3 },
  },
  {
    what: "cut off inside the first turn, whose state is right",
    messages: [{ ...copy, tokens: 11 }],
    rules: { tokenLimit: 10 },
    expected: { syntax: 2, progress: 0, binary: 0, bfcl: 0, toolrl: (4 - 3 - 3) / 3, stateProgress: 0 },
  },
  {
    what: "the sixth attempt ends the turn without the copy",
    messages: [...times(6, list), done, read, done],
    expected: { syntax: 2, progress: 1 / 3, binary: 0, bfcl: 0, toolrl: (-2 + 4 + 4) / 3, stateProgress: 2 / 3 },
  },
  {
    what: "the sixth attempt makes the copy, and counts",
    messages: [...times(5, list), copy, done, read, done],
    expected: { syntax: 2, progress: 1, binary: 1, bfcl: 1, stateProgress: 1 },
  },
  {
    what: "an unknown tool, and nothing after it",
    messages: [calls(["copy_file", { source: "a.txt", destination: "d" }]), done, done, read, done],
    expected: {
      syntax: 1 + 1 / 2,
      progress: 1 / 3,
      binary: 0,
      bfcl: 0,
      toolrl: (-2 + 4 + 4) / 3,
      stateProgress: 2 / 3,
    },
  },
  {
    what: "a name that the serving stack broke is not the model's",
    messages: [calls(["cp<|channel|>commentary", { source: "a.txt", destination: "d" }]), copy, done, done, read, done],
    expected: { syntax: 2, progress: 1, binary: 1, bfcl: 1, stateProgress: 1 },
  },
  {
    what: "the endpoint fails in the second turn",
    messages: [copy, done, outage],
    expected: { progress: 1 / 3, binary: 0, bfcl: 0, stateProgress: 1 / 3 },
  },
  {
    what: "reading ahead serves later",
    messages: [
      calls(["cp", { source: "a.txt", destination: "d" }], ["cat", { file_name: "a.txt" }]),
      done,
      done,
      list,
      done,
    ],
    expected: { syntax: 2, progress: 1, binary: 1, bfcl: 1, toolrl: (3.25 + 4 - 2) / 3, stateProgress: 1 },
  },
  {
    what: "a turn that was skipped is not forgiven in the next",
    messages: [done, done, read, done],
    expected: { syntax: 2, progress: 1 / 3, binary: 0, bfcl: 0, toolrl: (-2 + 4 + 4) / 3, stateProgress: 2 / 3 },
  },
  {
    what: "teacher-forced, it is",
    messages: [done, done, read, done],
    rules: { startOfTurn: "groundTruthState" },
    expected: { progress: 2 / 3, binary: 0, stateProgress: 2 / 3 },
  },
  {
    what: "six unreadable messages are no answer, where an answer would be right",
    messages: [copy, done, ...times(6, garbled), read, done],
    expected: { format: 4 / 10, syntax: 1 + 4 / 10, progress: 2 / 3, binary: 0, stateProgress: 2 / 3 },
  },
  {
    what: "the right calls and a number where a name belongs",
    messages: [calls(["cp", { source: "a.txt", destination: 5 }]), copy, done, done, read, done],
    expected: { syntax: 1 + 2 / 3, progress: 1, binary: 1, bfcl: 1, toolrl: 4 },
  },
];

test.each(written)("$what", ({ messages, rules = {}, expected }) => {
  const episode = assessed(threeTurns, messages, { rules });
  for (const [name, value] of Object.entries(expected))
    expect(rewards[name as RewardName].score(episode).value, name).toBeCloseTo(value, 12);
  for (const { name, range, score } of Object.values(rewards)) {
    const { value } = score(episode);
    expect(value, name).toBeGreaterThanOrEqual(range[0]);
    expect(value, name).toBeLessThanOrEqual(range[1]);
  }
});

test("a mixture adds up its parts and their ranges", () => {
  const mixed = rewardOf("0.9*progress + 0.1*format");
  expect(mixed.range).toEqual([0, 1]);
  const { value, parts } = mixed.score(assessed(threeTurns, [garbled, copy, done, done, read, done]));
  expect(value).toBeCloseTo(0.9 + 0.1 * (5 / 6), 12);
  expect(parts).toEqual({ progress: 1, format: 5 / 6 });
  expect(rewardOf("progress")).toBe(rewards.progress);
  expect(rewardOf("syntax+-1*binary").range).toEqual([-1, 2]);
  expect(() => rewardOf("0.5*progess")).toThrow("'0.5*progess' is no reward; there are syntax, progress");
  expect(() => rewardOf("")).toThrow("is no reward");
});

test("rewards over turns say what each turn was worth", () => {
  const episode = assessed(threeTurns, [copy, done, list, read, done]);
  expect(rewards.progress.score(episode).turns).toEqual([1, 0, 1]);
  expect(rewards.toolrl.score(episode).turns).toEqual([4, -2, 4]);
});

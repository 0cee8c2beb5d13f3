import { expect, test } from "vitest";
import type { AssistantMessage } from "../../src/episode/message.ts";
import { abstentionOf, abstentionRates } from "../../src/progress/abstention.ts";
import type { TurnReasonCode } from "../../src/progress/turn-reason.ts";
import { assessed, type Conditions, calls, copy, done, garbled, outage, read, threeTurns } from "./played.ts";

const remove = calls(["rm", { file_name: "b.txt" }]);
const six = (message: AssistantMessage) => Array.from({ length: 6 }, () => message);
const cases: readonly [
  what: string,
  messages: readonly (AssistantMessage | typeof outage)[],
  codes: readonly (readonly TurnReasonCode[])[],
  conditions?: Conditions,
][] = [
  ["nothing amiss", [copy, done, done, read, done], [[], [], []]],
  [
    "called nothing",
    [done, done, done],
    [["calledNothing", "wrongState", "missingOutput"], [], ["calledNothing", "wrongState", "missingOutput"]],
  ],
  ["acted when it should not", [copy, done, read, read, done], [[], ["actedWhenItShouldNot"], []]],
  [
    "unreadable to the end",
    [...six(garbled), done, read, done],
    [["stepLimit", "format", "wrongState", "missingOutput"], [], ["wrongState"]],
  ],
  [
    "unknown tool",
    [calls(["copy"]), done, done, read, done],
    [["unknownTool", "wrongState", "missingOutput"], [], ["wrongState"]],
  ],
  [
    "invalid arguments",
    [calls(["cp", { source: 1 }]), done, done, read, done],
    [["invalidArguments", "wrongState", "missingOutput"], [], ["wrongState"]],
  ],
  [
    "failed precondition",
    [calls(["cp", { source: "zz", destination: "d" }]), done, done, read, done],
    [["failedPrecondition", "wrongState", "missingOutput"], [], ["wrongState"]],
  ],
  [
    "a failure repaired is no reason",
    [calls(["cp", { source: "zz", destination: "d" }]), copy, remove, done, done, read, done],
    [["collateral"], [], ["wrongState"]],
  ],
  ["collateral", [copy, remove, done, done, read, done], [["collateral"], [], ["wrongState"]]],
  ["missing output", [copy, done, done, calls(["ls"]), done], [[], [], ["missingOutput"]]],
  ["step limit", [copy, done, done, ...six(calls(["ls"]))], [[], [], ["stepLimit", "missingOutput"]]],
  ["cut off", [copy, done, outage], [[], ["notReached"], ["notReached"]]],
  ["cut off in a turn", [copy, done, done, calls(["ls"]), outage], [[], [], ["cutOff", "missingOutput"]]],
];

test.each(cases)("%s", (_, messages, codes, conditions) => {
  const { turns } = assessed(threeTurns, messages, conditions);
  expect(turns.map(({ reasons }) => reasons().map(({ code }) => code))).toEqual(codes);
  for (const { score, reasons } of turns) expect(reasons().length > 0).toBe(score !== 1);
});

test("a wrong state comes with a diff that a person can read", () => {
  const { turns } = assessed(threeTurns, [
    calls(["cp", { source: "b.txt", destination: "d" }]),
    done,
    done,
    read,
    done,
  ]);
  const [missed, extra] = turns[0]!.reasons();
  expect(missed!.message).toBe(
    'Not as it should be: GorillaFileSystem/root/contents/d/contents/a.txt: nothing -> {"type":"file","name":"a.txt","content":"pear\\napple"}',
  );
  expect(extra).toMatchObject({
    code: "collateral",
    changes: [{ path: "GorillaFileSystem/root/contents/d/contents/b.txt", to: undefined }],
  });
});

test("acting and abstaining are counted against what was right", () => {
  const rates = (messages: readonly AssistantMessage[]) =>
    abstentionRates(abstentionOf(assessed(threeTurns, messages).turns));
  expect(rates([copy, done, done, read, done])).toEqual({
    actPrecision: 1,
    actRecall: 1,
    abstainPrecision: 1,
    abstainRecall: 1,
  });
  expect(rates([done, done, done])).toEqual({
    actPrecision: undefined,
    actRecall: 0,
    abstainPrecision: 1 / 3,
    abstainRecall: 1,
  });
  expect(rates([copy, done, read, read, done])).toEqual({
    actPrecision: 2 / 3,
    actRecall: 1,
    abstainPrecision: undefined,
    abstainRecall: 0,
  });
});

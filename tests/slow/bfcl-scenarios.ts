import { callText } from "../../src/python/call-text.ts";
import { dumps } from "../../src/python/text.ts";
import type { PyValue } from "../../src/python/value.ts";
import type { Task, TaskCall } from "../../src/task/task.ts";

/** An entry to play, and the name of the model that is asked for. */
export interface Scenario {
  readonly name: string;
  readonly id: string;
  readonly native: boolean;
}

/** Messages that end a turn, some in a way that nobody should write. */
const nativeEndings: readonly unknown[] = [
  { role: "assistant", content: "Done." },
  { role: "assistant", content: "" },
  { role: "assistant", content: null, refusal: null, tool_calls: null },
  { role: "assistant", content: "[ls()]", reasoning_content: "They want it as text." },
  nativeMessage([["ls", "{not JSON"]]),
  nativeMessage([
    ["ls", "{}"],
    ["cd", '["folder"]'],
  ]),
  nativeMessage([["ls", ""]]),
  { role: "assistant", content: "Nothing to call.", tool_calls: [] },
];
const textEndings: readonly unknown[] = [
  { role: "assistant", content: "Done." },
  { role: "assistant", content: "" },
  { role: "assistant", content: null },
  { role: "assistant", content: "[]", reasoning_content: "Nothing is left." },
  { role: "assistant", content: "[ls(" },
  { role: "assistant", content: "I call [ls()] now" },
  { role: "assistant", content: "```\n[]\n```", refusal: null },
  { role: "assistant", content: "[send_message(receiver_id={}, message='x')]" },
];
/** Calls that fail, are unknown, or are written in an odd way. */
const nativeOddities: readonly unknown[] = [
  nativeMessage([["no_such_tool", '{"a": 1.0, "b": [true, null, "\\u00e9\'\\"\\n"]}']]),
  nativeMessage([
    ["cd", '{"folder": "no such folder"}'],
    ["cd", '{"folder": ".."}'],
    ["mean", '{"numbers": [1, 2.50, 1e3]}'],
  ]),
  { ...nativeMessage([["ls", '{"a": false, "a": true}']]), content: "First I look.", reasoning_content: "Hm." },
];
const textOddities: readonly unknown[] = [
  { role: "assistant", content: "[no_such_tool(a=1.0, b=[True, None, 'é\\'\"\\n'])]" },
  { role: "assistant", content: "cd('x'), cd(folder='no such folder'),\n ls(a = True)" },
  {
    role: "assistant",
    content: "`[mean(numbers=[1, 2.50, 1e3], x={'a': 1, 'b': {'c': 'd'}})]`",
  },
];

/**
 * A model's messages in an entry: in each turn an oddity now and then, the calls of the ground truth, all at once or one a message,
 * and one of the endings. Every seventeenth entry never ends its first turn.
 */
export function answersTo({ turns }: Task, native: boolean, number: number): readonly unknown[] {
  const [endings, oddities] = native ? [nativeEndings, nativeOddities] : [textEndings, textOddities];
  const message = native ? nativeCalls : textCalls;
  if (number % 17 === 16) return Array.from({ length: 30 }, () => message([{ tool: "pwd", args: {} }]));
  return turns.flatMap(({ groundTruth }, turn) => {
    const at = number + turn;
    const calls = at % 2 === 0 ? groundTruth.map((call) => [call]) : groundTruth.length > 0 ? [groundTruth] : [];
    const odd = at % 3 === 0 ? [oddities[(at / 3) % oddities.length]] : [];
    return [...odd, ...calls.map(message), endings[at % endings.length]];
  });
}

function nativeCalls(calls: readonly TaskCall[]): unknown {
  return nativeMessage(calls.map(({ tool, args }) => [tool, dumps(args as PyValue)!]));
}

function textCalls(calls: readonly TaskCall[]): unknown {
  const texts = calls.map(({ tool, args }) => callText(tool, Object.entries(args) as [string, PyValue][]));
  return { role: "assistant", content: `[${texts.join(", ")}]` };
}

function nativeMessage(calls: readonly (readonly [name: string, text: string])[]) {
  const tool_calls = calls.map(([name, text], index) => ({
    ...{ id: `call-${name}-${index}`, type: "function", function: { name, arguments: text } },
    ...(index === 1 ? { index } : {}),
  }));
  return { role: "assistant", content: null, tool_calls };
}

import { expect, test } from "vitest";
import { act, startEpisode } from "../../src/episode/episode.ts";
import type { AssistantMessage } from "../../src/episode/message.ts";
import { hermes } from "../../src/episode/renderers/hermes.ts";
import { openai } from "../../src/episode/renderers/openai.ts";
import { readCompletion } from "../../src/rollout/completion.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import { Trace, traceOf } from "../../src/rollout/trace.ts";
import { copying, settingOf } from "./sample-tasks.ts";

const brokenOff = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "a", type: "function", function: { name: "cat", arguments: '{"file_name": "a.t' } }],
} as const;
const strayToken: AssistantMessage = { role: "assistant", content: '<tool_call>\n{"name": "ca<|im_start|>' };
const strayName: AssistantMessage = {
  role: "assistant",
  content: '<tool_call>\n{"name": "cat<|im_start|>", "arguments": {}}\n</tool_call>',
};

test("the end of a completion tells whether its message was cut", () => {
  const body = (finish_reason: unknown) =>
    JSON.stringify({ choices: [{ finish_reason, message: { role: "assistant", content: "I" } }] });
  expect(readCompletion(body("length"))).toEqual({ role: "assistant", content: "I", cut: true });
  for (const reason of ["stop", "tool_calls", null, 3]) expect(readCompletion(body(reason)).cut).toBeUndefined();
});

test("a native call that breaks off is the server's fault, unless the model ran into its limit", () => {
  expect(openai.read(brokenOff).fault).toBe("harness");
  const reading = openai.read({ ...brokenOff, cut: true });
  expect(reading.unreadable).toMatch(/^call 1 of 1, 'cat'/);
  expect(reading.fault).toBeUndefined();
});

test("a control token in a text is the server's fault, unless the text is what the model sampled", () => {
  expect(hermes.read(strayToken).fault).toBe("harness");
  expect(hermes.read({ ...strayToken, raw: true }).fault).toBeUndefined();
  expect(hermes.read({ ...strayToken, cut: true }).fault).toBeUndefined();
  const setting = settingOf(copying, hermes);
  const faultOf = (message: AssistantMessage) =>
    act(setting, startEpisode(setting), message).turns[0]![0]!.results[0]!.fault;
  expect(faultOf(strayName)).toBe("harness");
  expect(faultOf({ ...strayName, raw: true })).toBeUndefined();
});

test("a trace tells cut messages from malformed ones", async () => {
  const setting = settingOf(copying, hermes);
  const policy = {
    name: "cut",
    respond: async () => ({ role: "assistant", content: "I wo", cut: true, raw: true }) as const,
  };
  const trace = traceOf(setting, await playEpisode(setting, policy), { policy: "cut", sample: 0 });
  expect(Trace.parse(JSON.parse(JSON.stringify(trace))).turns[0]!.steps[0]!.message).toEqual({
    role: "assistant",
    content: "I wo",
    cut: true,
    raw: true,
  });
});

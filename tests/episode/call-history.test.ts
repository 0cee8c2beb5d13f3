import { expect, test } from "vitest";
import { callHistory } from "../../src/episode/call-history.ts";
import type { EpisodeStep } from "../../src/episode/transcript.ts";

const calls = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ tool: "touch", args: { file_name: `${from + index}` } }));
const step = (from: number, to: number, more: Partial<EpisodeStep> = {}): EpisodeStep => ({
  message: { role: "assistant", content: null },
  calls: calls(from, to),
  results: calls(from, to).map(() => ({ text: "None" })),
  ...more,
});

test("calls are looked back on oldest first, with their age; those that were not executed are none", () => {
  const history = callHistory([[step(0, 2)], [step(5, 9, { notExecuted: true }), step(2, 3)]], calls(3, 5), [
    { text: "", failure: "exists" },
  ]);
  expect(history.map(({ call, age }) => [call.args.file_name, age])).toEqual([
    ["0", 4],
    ["1", 3],
    ["2", 2],
    ["3", 1],
  ]);
  expect(history.at(-1)).toMatchObject({ failure: "exists" });
});

test("no hint looks back on more than 256 calls, so that the cost of a failed one has an end", () => {
  const history = callHistory([[step(0, 400)]], calls(400, 500), step(400, 500).results);
  expect(history).toHaveLength(256);
  expect(history[0]).toMatchObject({ call: { args: { file_name: "244" } }, age: 256 });
  expect(history.at(-1)).toMatchObject({ call: { args: { file_name: "499" } }, age: 1 });
});

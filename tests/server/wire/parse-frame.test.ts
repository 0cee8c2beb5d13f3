import { expect, test } from "vitest";
import { parseFrame } from "../../../src/server/wire/parse-frame.ts";

test("arguments become the JSON text that was written, at any depth of an action", () => {
  expect(parseFrame('{"action": {"arguments": {"a": 5.0, "b": [5], "arguments": {}}}, "n": 5.0}')).toEqual({
    action: { arguments: '{"a": 5.0, "b": [5], "arguments": {}}' },
    n: 5,
  });
  expect(parseFrame('{"arguments": "{}"}')).toEqual({ arguments: "{}" });
});

test("a config is left as it is: its keys are an environment's own", () => {
  const frame = { config: { Jobs: { queue: [{ arguments: { a: 1 } }] } }, environments: ["Jobs"] };
  expect(parseFrame(JSON.stringify(frame))).toEqual(frame);
});

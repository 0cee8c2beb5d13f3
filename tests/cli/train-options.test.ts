import { parseArgs } from "citty";
import { expect, test } from "vitest";
import { readTrainOptions, trainArgs } from "../../src/cli/train-options.ts";

const read = (args: readonly string[], variables: Record<string, string> = {}) =>
  readTrainOptions(parseArgs<typeof trainArgs>([...args], trainArgs), variables);

const least = ["--dataset", "bundled", "--tokenizer", "model", "--out", "runs/one"];

test.each([
  [["--base-url", "here"], "--base-url here: expected an address"],
  [["--base-url", "http://a:b@c"], "--base-url: leave out user, password and query; the key belongs into the variable"],
  [["--base-url", "http://c?key=b"], "--base-url: leave out user, password and query"],
] as const)("%j is refused: %s", async (args, message) => {
  await expect(read([...least, ...args])).rejects.toThrow(message);
});

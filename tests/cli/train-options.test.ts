import { type CommandDef, runCommand } from "citty";
import { afterEach, expect, test, vi } from "vitest";
import { trainCommand } from "../../src/cli/train.ts";

const complaints: string[] = [];
vi.spyOn(process.stderr, "write").mockImplementation((text) => complaints.push(String(text)) > 0);
afterEach(() => {
  complaints.length = 0;
  process.exitCode = undefined;
});

const common = ["--dry-run", "--dataset", "bundled", "--tokenizer", "no-folder"];

test.each([
  [["--renderer", "openai"], "--renderer openai: training needs calls as text; there are hermes, tagged and python\n"],
  [["--preset", "papr"], "there is no preset 'papr'; did you mean 'paper'?\n"],
  [["--preset", "sft"], "--preset sft has no end of its own: give --steps, --hours or --tokens\n"],
  [["--preset", "sft", "--steps", "1", "--hints", "off"], "--hints: --preset sft plays no rollouts; leave it out\n"],
  [["--curriculum", "nowhere.json"], "--curriculum nowhere.json: give paper, single, or a JSON file"],
])("%j is refused", async (args, message) => {
  await runCommand(trainCommand as CommandDef<any>, { rawArgs: [...common, ...args] });
  expect(complaints.join("")).toContain(message);
  expect(process.exitCode).toBe(1);
});

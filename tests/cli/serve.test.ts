import { runCommand } from "citty";
import { afterEach, expect, test, vi } from "vitest";
import { serveCommand } from "../../src/cli/serve.ts";

afterEach(() => vi.unstubAllEnvs());
const serve = (...rawArgs: string[]) => runCommand(serveCommand, { rawArgs: ["--port", "0", ...rawArgs] });

/** A command prints what is wrong, and ends with 1. */
async function complaintOf(...args: string[]): Promise<string> {
  const written: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
  try {
    await serve(...args);
  } finally {
    spy.mockRestore();
  }
  expect(process.exitCode).toBe(1);
  process.exitCode = undefined;
  return written.join("");
}

test.each([
  [["--turn-feedback", "loud"], /^.*--turn-feedback: expected one of/],
  [["--mode", "talk"], /--mode: expected one of "dialogue", "tools"/],
  [["--mode", "tools", "--renderer", "hermes"], /--renderer: 'hermes' writes calls as text/],
  [["--step-limit", "0"], /--step-limit/],
  [["--token-env", "ENVTUNE_NO_SUCH_TOKEN"], /--token-env ENVTUNE_NO_SUCH_TOKEN: this variable is not set/],
  [["--dataset", "bundled", "--module", "x.js"], /--dataset and --module: give one/],
])("serve %j says which flag is wrong", async (args, complaint) => {
  expect(await complaintOf(...args)).toMatch(complaint);
});

test("a token that no client could send is refused at the start", async () => {
  for (const token of ["secret\n", "two words", "schlüssel"]) {
    vi.stubEnv("ENVTUNE_TEST_TOKEN", token);
    expect(await complaintOf("--token-env", "ENVTUNE_TEST_TOKEN")).toContain("no header can carry");
  }
});

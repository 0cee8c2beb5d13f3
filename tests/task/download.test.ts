import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bfclRelease, withDownloadedBfcl } from "../../src/task/bfcl/download.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "envtune-test-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A program that stands in for Python; its arguments come as they were given, after its own name. */
async function python(script: string): Promise<string> {
  const path = join(folder, "python");
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
const left = async () => (await readdir(folder)).filter((name) => name.startsWith("envtune-"));
const neverUsed = () => Promise.reject(new Error("used"));

test("pip is asked for the release, and the wheel is gone once it was used", async () => {
  const stand = await python(
    `printf '%s\\n' "$@" > "${folder}/args"; for last; do :; done; echo zip > "$last/bfcl.whl"`,
  );
  let seen = "";
  const result = await withDownloadedBfcl({ python: stand }, async (wheel) => {
    seen = await readFile(wheel, "utf8");
    return "read";
  });
  expect([result, seen]).toEqual(["read", "zip\n"]);
  const args = (await readFile(join(folder, "args"), "utf8")).trim().split("\n");
  expect(args.slice(0, -1)).toEqual(
    `-m pip download --no-deps --only-binary=:all: --disable-pip-version-check --no-input ${bfclRelease} -d`.split(" "),
  );
  expect(await left()).toEqual([]);
});

test("what pip said is shown when it fails", async () => {
  const stand = await python("echo 'no such release' >&2; exit 3");
  await expect(withDownloadedBfcl({ python: stand }, neverUsed)).rejects.toThrow(
    /failed with code 3; give a bfcl_eval package.*It said:\nno such release/s,
  );
  expect(await left()).toEqual([]);
});

test("a Python that is not there, and a pip that brings nothing, are told", async () => {
  await expect(withDownloadedBfcl({ python: join(folder, "none") }, neverUsed)).rejects.toThrow(
    /cannot be started.*--from/,
  );
  await expect(withDownloadedBfcl({ python: await python("exit 0") }, neverUsed)).rejects.toThrow(/brought no wheel/);
  expect(await left()).toEqual([]);
});

test("an interrupt ends pip and leaves nothing behind", async () => {
  const stand = await python(`echo $$ > "${folder}/pid"; exec sleep 600`);
  const interruption = new AbortController();
  const download = withDownloadedBfcl({ python: stand, signal: interruption.signal }, neverUsed).catch(
    (error) => error,
  );
  await vi.waitFor(async () => expect((await readFile(join(folder, "pid"), "utf8")).trim()).not.toBe(""));
  interruption.abort();
  expect(String(await download)).toMatch(/interrupted/);
  const pid = Number(await readFile(join(folder, "pid"), "utf8"));
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  expect(await left()).toEqual([]);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { learn } from "../../../docs/examples/tinker-client.ts";
import { startMockTinker } from "../mock-tinker/index.ts";

test("the example runs as the page shows it", async () => {
  const file = readFileSync(new URL("../../../docs/examples/tinker-client.ts", import.meta.url), "utf8");
  const page = readFileSync(new URL("../../../docs/tinker.md", import.meta.url), "utf8");
  const [, shown] = /```ts\n([\s\S]*?)```/.exec(page)!;
  expect(shown).toBe(
    file.split("\n").slice(1).join("\n").replace("../../src/training/tinker/index.ts", "envtune/training/tinker"),
  );
  await using mock = await startMockTinker({ vocabulary: [1, 2, 3, 4] });
  expect(await learn(mock.url, "toy/base")).toEqual([3]);
});

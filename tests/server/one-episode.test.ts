import { afterAll, expect, test } from "vitest";
import { startServer } from "../../src/server/server.ts";
import { bundledCatalog } from "./catalog.ts";
import { expectSame, playedInProcess, sameOptions } from "./played-in-process.ts";
import { players } from "./protocol-players.ts";
import { casesOf } from "./scripted-episode.ts";

const catalog = await bundledCatalog();
const server = await startServer({ catalog });
afterAll(() => server.close());

const cases = casesOf(catalog.tasks).map((one) => ({ name: `${one.task.id}, ${one.scriptName}`, ...one }));

test.each(cases)("$name: states, rewards and turn scores are the same over every protocol", async (one) => {
  const expected = await playedInProcess(catalog, one);
  expect(expected.turnScores).toHaveLength(one.task.turns.length);
  if (one.scriptName === "solved") expect(expected.reward).toBe(1);
  if (one.scriptName === "wrong") expect(expected.turnScores).not.toContain(1);
  for (const [way, play] of Object.entries(players))
    expectSame(await play(server, { task: one.task.id, ...sameOptions }, one.script), expected, way);
});

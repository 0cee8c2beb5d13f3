import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import type { SessionState } from "../../src/server/session/reply.ts";
import { bundledCatalog } from "../server/catalog.ts";
import { finishedEpisodes } from "../server/finished-episodes.ts";
import { type Expected, expectSame, playedInProcess, sameOptions } from "../server/played-in-process.ts";
import type { Player } from "../server/protocol-players.ts";
import { casesOf, type Result } from "../server/scripted-episode.ts";
import type { Adapter } from "./adapters.ts";
import { frameworkPython } from "./python-venv.ts";
import { replay } from "./replay.ts";

interface Ways {
  readonly protocols?: Readonly<Record<string, Player>>;
  readonly adapters: readonly Adapter[];
}

/** The tests that the same messages come to the same, in process and in each of these ways; prints what they came to. */
export async function testOneEpisode({ protocols = {}, adapters }: Ways): Promise<void> {
  const catalog = await bundledCatalog();
  const cases = casesOf(catalog.tasks);
  const rows = new Map<string, readonly Result[]>();
  let expected: readonly Expected[];
  let server: RunningServer;
  let finished: SessionState[];
  beforeAll(async () => {
    server = await startServer({ catalog, nemoGymPort: 0 });
    finished = finishedEpisodes(server);
    expected = await Promise.all(cases.map((one) => playedInProcess(catalog, one)));
    rows.set("in process", expected);
  });
  afterAll(async () => {
    console.log(tableOf(rows));
    await server.close();
  });

  const expectAllSame = async (results: readonly Result[], way: string) => {
    rows.set(way, results);
    for (const [index, result] of results.entries()) {
      const { task, scriptName } = cases[index]!;
      expectSame(result, expected[index]!, `${way}, ${task.id}, ${scriptName}`);
    }
    // A connection that was closed takes its session with it a moment later.
    await expect.poll(() => server.table.active, { message: "every session was given back" }).toBe(0);
  };
  test("in process, scripts come to all, some and nothing", () => {
    const rewards = (name: string) =>
      expected.map(({ reward }) => reward).filter((_, at) => cases[at]!.scriptName === name);
    expect(rewards("solved")).toEqual([1, 1, 1, 1]);
    expect(rewards("wrong")).toEqual([0, 0, 0, 0]);
    for (const reward of rewards("almost")) expect([0, 1]).not.toContain(reward);
  });
  for (const [way, play] of Object.entries(protocols))
    test(way, async () => {
      const results: Result[] = [];
      for (const { task, script } of cases) results.push(await play(server, { task: task.id, ...sameOptions }, script));
      await expectAllSame(results, way);
    });
  for (const adapter of adapters)
    test(adapter.name, async ({ skip }) => {
      const python = await frameworkPython(adapter.requirements);
      if (python === undefined) skip(`there is no ${adapter.requirements} here`);
      await expectAllSame(await replay(adapter, python!, server, finished, cases), adapter.name);
    });

  /** A block for each task: how it was played, and with each script the reward and the beginning of the state's hash. */
  function tableOf(played: ReadonlyMap<string, readonly Result[]>): string {
    const tasks = [...new Set(cases.map(({ task }) => task.id))];
    return tasks
      .map((id) => {
        const columns = cases.flatMap((one, index) => (one.task.id === id ? [{ ...one, index }] : []));
        const line = (name: string, cells: readonly string[]) =>
          [name.padEnd(28), ...cells.map((cell) => cell.padEnd(16))].join("  ").trimEnd();
        const head = line(
          id,
          columns.map(({ scriptName }) => scriptName),
        );
        const lines = [...played].map(([way, results]) =>
          line(
            way,
            columns.map(({ index }) => cellOf(results[index]!)),
          ),
        );
        return [head, ...lines].join("\n");
      })
      .join("\n\n");
  }
}

const cellOf = ({ reward, stateHash }: Result) => `${reward.toFixed(3)} ${stateHash.slice(0, 8)}`;

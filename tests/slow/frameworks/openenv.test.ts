import { expect, test } from "vitest";
import { renderers } from "../../../src/episode/renderers/index.ts";
import { startServer } from "../../../src/server/server.ts";
import type { Task } from "../../../src/task/task.ts";
import { frameworkPython } from "../../frameworks/python-venv.ts";
import { runPytest } from "../../frameworks/run-pytest.ts";
import { bundledCatalog } from "../../server/catalog.ts";

const catalog = await bundledCatalog();
const python = await frameworkPython("openenv");

/** What the tests in Python play: a task, with its solution. */
function played({ id, turns }: Task): object {
  const calls = (turn: Task["turns"][number]) =>
    (renderers.openai.write(turn.groundTruth).tool_calls ?? []).map(({ function: { name, arguments: text } }) => [
      name,
      JSON.parse(text),
    ]);
  return { id, turns: turns.map((turn) => ({ user: turn.user, calls: calls(turn) })) };
}

test.skipIf(!python)(
  "the stock clients and checks of openenv 0.10.0 find an OpenEnv server in either mode",
  async () => {
    await using simulation = await running({ openEnvMode: "simulation" });
    await using production = await running({ openEnvMode: "production" });
    await using small = await running({ limits: { maxSessions: 2 } });
    // The checks' reports are what is to be seen.
    const printed = await runPytest(python!, "openenv", {
      PYTEST_ADDOPTS: "-s",
      ENVTUNE_SIMULATION_URL: simulation.url,
      ENVTUNE_PRODUCTION_URL: production.url,
      ENVTUNE_SMALL_URL: small.url,
      ENVTUNE_TASK: JSON.stringify(played(catalog.tasks.find(({ category }) => category === "miss_func")!)),
    });
    console.log(printed);
    expect([simulation, production, small].map(({ table }) => table.active)).toEqual([0, 0, 0]);
  },
);

async function running(options: object) {
  const server = await startServer({ catalog, ...options });
  return { ...server, [Symbol.asyncDispose]: server.close };
}

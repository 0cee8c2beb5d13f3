import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { renderers } from "../../../src/episode/renderers/index.ts";
import { startServer } from "../../../src/server/server.ts";
import type { Task } from "../../../src/task/task.ts";
import { frameworkPython } from "../../frameworks/python-venv.ts";
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
    const { code, output } = await pytest({
      ENVTUNE_SIMULATION_URL: simulation.url,
      ENVTUNE_PRODUCTION_URL: production.url,
      ENVTUNE_SMALL_URL: small.url,
      ENVTUNE_TASK: JSON.stringify(played(catalog.tasks.find(({ category }) => category === "miss_func")!)),
    });
    console.log(output);
    expect(code, output).toBe(0);
    expect([simulation, production, small].map(({ table }) => table.active)).toEqual([0, 0, 0]);
  },
);

async function running(options: object) {
  const server = await startServer({ catalog, ...options });
  return { ...server, [Symbol.asyncDispose]: server.close };
}

async function pytest(env: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
  const script = fileURLToPath(new URL("../../frameworks/openenv_test.py", import.meta.url));
  const options = ["-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "--import-mode=importlib", script];
  const child = spawn(python!, options, { env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number | null>((ended) => child.on("close", ended));
  return { code, output };
}

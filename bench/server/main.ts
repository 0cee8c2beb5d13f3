import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineCommand, runMain } from "citty";
import { callScript, echoScript, type LoadScript, randomToolsScript } from "../../src/load/load-script.ts";
import { runLoad } from "../../src/load/run-load.ts";
import { frameworkPython } from "../../tests/frameworks/python-venv.ts";
import { type Measurement, measurementTable } from "./measurement-table.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

/** Where this program and the others that it starts were bundled to. */
const bundle = join(dirname(fileURLToPath(import.meta.url)), "../..");
const stepsPerEpisode = 20;
const warmUp = 1000;

interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  readonly script: LoadScript;
  readonly reset: object;
}

const bench = defineCommand({
  meta: { name: "bench:server", description: "Measure envtune's server beside OpenEnv's own, over OpenEnv's protocol" },
  args: {
    sessions: { type: "string", default: "1,50,500,2048", description: "Numbers of sessions, with commas between" },
    repetitions: { type: "string", default: "3", description: "Of each, of which the median counts" },
    seconds: { type: "string", default: "4", description: "That each is measured" },
    think: { type: "string", default: "60", description: "Seconds of 2,048 sessions that think for 1 s; 0 for none" },
    dataset: {
      type: "string",
      description: "BFCL's, imported or a folder; ../shared/bfcl or the bundled tasks unless given",
    },
  },
  async run({ args }) {
    const contestants = await findContestants(args.dataset);
    const counts = args.sessions.split(",").map(Number);
    const duration = 1000 * Number(args.seconds);
    const servers: (Contestant & { readonly server: ServerProcess })[] = [];
    try {
      for (const one of contestants) {
        servers.push({ ...one, server: await startServerProcess(one.command) });
        say(`${one.name}: ${one.command.slice(1).join(" ").replaceAll(bundle, "…")}`);
      }
      const measured: Measurement[] = [];
      for (const sessions of counts) {
        for (let repetition = 0; repetition < Number(args.repetitions); repetition++) {
          for (const { name, server, script, reset } of servers) {
            const one = await measure(server, { sessions, script, reset, duration });
            measured.push({ name, sessions, ...one });
            say(
              `${name}, ${sessions} sessions: ${Math.round(one.rate)} messages/s, ${one.cpu.toFixed(0)} µs of the server each`,
            );
          }
        }
      }
      process.stdout.write(
        measurementTable(
          measured,
          contestants.map(({ name }) => name),
        ),
      );
      if (Number(args.think) > 0) for (const one of servers) await thinking(one, 1000 * Number(args.think));
    } finally {
      for (const { server } of servers) server.stop();
    }
  },
});

async function findContestants(given: string | undefined): Promise<Contestant[]> {
  const python = await frameworkPython("openenv-server", process.cwd());
  const echoServer = join(process.cwd(), "bench/server/openenv_echo.py");
  const envtune = [process.execPath, join(bundle, "src/cli/main.js"), "serve", "--log-level", "warn", "--drain", "0"];
  const ours = [...envtune, "--mode", "tools", "--step-limit", "1000000", "--max-sessions", "10000", "--port", "0"];
  const echoModule = join(bundle, "bench/server/echo-module.js");
  const dataset = given ?? (existsSync("../shared/bfcl") ? "../shared/bfcl" : "bundled");
  const ourEcho = callScript("echo", { message: "Hello from step 1" });
  const theirs = (name: string, ...options: string[]): Contestant[] =>
    python ? [{ name, command: [python, echoServer, ...options], script: echoScript, reset: {} }] : [];
  if (!python) say("without OpenEnv's server: its Python packages could not be installed");
  return [
    ...theirs("OpenEnv, template", "--template"),
    ...theirs("OpenEnv, fastest"),
    { name: "envtune, echo", command: [...ours, "--module", echoModule], script: ourEcho, reset: {} },
    { name: "envtune, BFCL", command: [...ours, "--dataset", dataset], script: randomToolsScript, reset: {} },
  ];
}

interface Load {
  readonly sessions: number;
  readonly script: LoadScript;
  readonly reset: object;
  readonly duration: number;
  readonly think?: number;
}

async function measure(server: ServerProcess, { sessions, script, reset, duration, think = 0 }: Load) {
  let cpuBefore = 0;
  let cpuAfter = 0;
  const report = await runLoad(
    {
      target: { url: server.url, protocol: "ws", timeout: 60_000 },
      ...{ sessions, script, reset, stepsPerEpisode, seed: "0", warmUp },
      think: { mean: think, spread: "fixed" },
      rampUp: think,
      until: { duration },
    },
    {
      onMeasuring(isOn) {
        if (isOn) cpuBefore = server.cpuSeconds();
        else cpuAfter = server.cpuSeconds();
      },
    },
  );
  for (const { kind, count, example } of report.errors) say(`  ${count} errors, ${kind}: ${example}`);
  const { messagesPerSecond: rate, latency, messages } = report;
  return {
    ...{ rate, p50: latency.all.p50, p99: latency.all.p99, errors: report.errors.length },
    cpu: (1e6 * (cpuAfter - cpuBefore)) / Math.max(1, messages),
  };
}

async function thinking(
  { name, server, script, reset }: Contestant & { readonly server: ServerProcess },
  duration: number,
) {
  const { rate, p50, p99, errors } = await measure(server, { sessions: 2048, script, reset, duration, think: 1000 });
  const figures = `${Math.round(rate)} messages/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${errors === 0 ? "no error" : "errors"}`;
  process.stdout.write(`2,048 sessions that think for 1 s, ${duration / 1000} s, ${name}: ${figures}\n`);
  if (errors > 0 && name.startsWith("envtune")) process.exitCode = 1;
}

const say = (line: string) => process.stderr.write(`${line}\n`);
void runMain(bench);

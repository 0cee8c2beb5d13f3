import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";

export interface ServerProcess {
  readonly url: string;
  /** That it has had the processor so far, in user and system mode. */
  cpuSeconds(): number;
  stop(): void;
}

/** Starts a server, with `--port <n>` in its command, and waits until it is healthy. Throws with what it wrote where it ends before. */
export async function startServerProcess([command, ...args]: readonly string[]): Promise<ServerProcess> {
  const port = await freePort();
  const withoutPort = args.filter((arg, index) => arg !== "--port" && args[index - 1] !== "--port");
  const child = spawn(command!, [...withoutPort, "--port", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  let written = "";
  child.stderr.on("data", (part) => {
    written = `${written}${part}`.slice(-5000);
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null) throw new Error(`${command} ended before it served: ${written}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return { url, cpuSeconds: () => cpuSecondsOf(child), stop: () => child.kill("SIGKILL") };
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Of Linux; NaN elsewhere. */
function cpuSecondsOf({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const ticksPerSecond = 100;
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

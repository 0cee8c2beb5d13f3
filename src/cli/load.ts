import { readFile } from "node:fs/promises";
import { errorCount, loadReportText } from "../load/load-report.ts";
import {
  callScript,
  echoScript,
  type LoadScript,
  listScript,
  randomMessagesScript,
  randomToolsScript,
} from "../load/load-script.ts";
import { type LoadProgress, runLoad } from "../load/run-load.ts";
import { liveLine } from "../rollout/live-line.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import { interruptible } from "./interruptible.ts";

const scripts = {
  echo: "{message: …}, as OpenEnv's echo environments take it",
  tools: "random calls of the tools that reset offers, as call_tool actions",
  messages: "the same as messages of a model",
};

export const loadCommand = command({
  meta: {
    name: "load",
    description: "Put load on a server: sessions in a closed loop, over OpenEnv's WebSocket protocol or envtune's HTTP",
  },
  args: {
    url: { type: "string", default: "http://127.0.0.1:8000", description: "The server, any that speaks OpenEnv" },
    protocol: {
      type: "string",
      default: "ws",
      description: "ws (OpenEnv's, one socket a session), or http (envtune's own /sessions)",
    },
    sessions: { type: "string", default: "64", description: "Sessions at the same time" },
    duration: { type: "string", default: "10", description: "Seconds to measure, after all sessions are open" },
    episodes: { type: "string", description: "Play so many episodes in all, in place of --duration" },
    steps: { type: "string", default: "20", description: "Actions of an episode at most" },
    think: { type: "string", default: "0", description: "Milliseconds between an answer and the next message" },
    "think-spread": {
      type: "string",
      default: "fixed",
      description: "fixed, or exponential with --think as its mean",
    },
    "ramp-up": { type: "string", description: "Seconds over which sessions start; the think time unless given" },
    "warm-up": { type: "string", default: "0", description: "Seconds that do not count, once all sessions are open" },
    script: {
      type: "string",
      default: "echo",
      description: `What sessions do: ${Object.entries(scripts)
        .map(([name, what]) => `${name} (${what})`)
        .join("; ")}`,
    },
    tool: { type: "string", description: "Call this tool over and over, in place of --script" },
    arguments: { type: "string", valueHint: "json", default: "{}", description: "The arguments for --tool" },
    actions: { type: "string", valueHint: "file.jsonl", description: "Actions to play in turn, in place of --script" },
    reset: { type: "string", valueHint: "json", default: "{}", description: "Options of every reset" },
    seed: { type: "string", default: "0", description: "Seed of think times and random calls" },
    timeout: { type: "string", default: "60", description: "Seconds that one answer may take" },
    "token-env": { type: "string", description: "The environment variable that holds the server's bearer token" },
    json: { type: "boolean", description: "Print the figures as JSON" },
  },
  async run({ args }) {
    const url = readUrl(args.url);
    const protocol = readName("protocol", args.protocol, ["ws", "http"]);
    const spread = readName("think-spread", args["think-spread"], ["fixed", "exponential"]);
    const think = readNumber("think", args.think);
    const token = readToken(args["token-env"]);
    const plan = {
      target: {
        ...{ url, protocol, timeout: 1000 * readNumber("timeout", args.timeout) },
        ...(token === undefined ? {} : { token }),
      },
      sessions: readCount("sessions", args.sessions),
      script: await readScript(args),
      reset: readObject("reset", args.reset),
      stepsPerEpisode: readCount("steps", args.steps),
      think: { mean: think, spread },
      rampUp: args["ramp-up"] === undefined ? think : 1000 * readNumber("ramp-up", args["ramp-up"]),
      warmUp: 1000 * readNumber("warm-up", args["warm-up"]),
      until:
        args.episodes === undefined
          ? { duration: 1000 * readNumber("duration", args.duration) }
          : { episodes: readCount("episodes", args.episodes) },
      seed: args.seed,
    };
    await interruptible(async (signal) => {
      const progress = progressLine(plan.sessions);
      const report = await runLoad(plan, { signal, onProgress: progress.show });
      progress.clear();
      process.stdout.write(args.json ? `${JSON.stringify({ url, protocol, ...report })}\n` : loadReportText(report));
      if (errorCount(report) > 0 || report.messages === 0) process.exitCode = 1;
    });
  },
});

interface ScriptOptions {
  readonly script: string;
  readonly tool?: string | undefined;
  readonly arguments: string;
  readonly actions?: string | undefined;
}

async function readScript(options: ScriptOptions): Promise<LoadScript> {
  if (options.tool !== undefined) return callScript(options.tool, readObject("arguments", options.arguments));
  if (options.actions !== undefined) return listScript(await readActions(options.actions));
  if (options.script === "echo") return echoScript;
  if (options.script === "tools") return randomToolsScript;
  if (options.script === "messages") return randomMessagesScript;
  throw new DataError(`--script takes ${Object.keys(scripts).join(", ")}, not '${options.script}'`);
}

async function readActions(path: string): Promise<readonly object[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  const actions = lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const action = parsed(line);
    if (isObject(action)) return [action];
    throw new DataError(`${path}:${index + 1}: an action is a JSON object`);
  });
  if (actions.length === 0) throw new DataError(`${path}: there is no action`);
  return actions;
}

function readUrl(text: string): string {
  try {
    const url = new URL(text);
    if (url.protocol === "http:" || url.protocol === "ws:") return url.href.replace(/^ws/, "http").replace(/\/$/, "");
  } catch {
    // Said below.
  }
  throw new DataError(`--url takes an address such as http://127.0.0.1:8000, not '${text}'`);
}

function readToken(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const token = process.env[variable];
  if (!token) throw new DataError(`--token-env ${variable}: this environment variable is not set`);
  return token;
}

function readName<const T extends string>(option: string, text: string, names: readonly T[]): T {
  const name = names.find((each) => each === text);
  if (name === undefined) throw new DataError(`--${option} takes ${names.join(" or ")}, not '${text}'`);
  return name;
}

function readNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new DataError(`--${option} takes a number from 0, not '${text}'`);
}

function readCount(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new DataError(`--${option} takes a whole number from 1, not '${text}'`);
}

function readObject(option: string, text: string): object {
  const value = parsed(text);
  if (isObject(value)) return value;
  throw new DataError(`--${option} takes a JSON object, not '${text}'`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A line that redraws itself on a terminal; elsewhere one every ten seconds. */
function progressLine(sessions: number, stream: NodeJS.WriteStream = process.stderr) {
  const live = liveLine(stream);
  let calls = 0;
  return {
    show({ phase, open, messages, episodes, errors }: LoadProgress): void {
      const failed = errors > 0 ? `, ${errors} errors` : "";
      const text =
        phase === "opening"
          ? `${open} of ${sessions} sessions open${failed}`
          : `${open} sessions, ${messages} messages, ${episodes} episodes${failed}`;
      if (stream.isTTY) live.show(text, true);
      else if (calls++ % 10 === 9) stream.write(`${text}\n`);
    },
    clear: live.clear,
  };
}

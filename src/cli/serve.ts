import { hintLevels } from "../feedback/level.ts";
import { canBeSent } from "../server/http/authorization.ts";
import { createLog, type LogLevel, logLevels } from "../server/log.ts";
import { startServer } from "../server/server.ts";
import { modes, type ResetDefaults, readResetOptions } from "../server/session/reset-options.ts";
import { SessionError } from "../server/session/session-error.ts";
import { defaultLimits } from "../server/session/session-table.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import { choice, integer, number } from "./run-options.ts";
import { servedCatalog } from "./serve-catalog.ts";

const minute = 60;

export const serveCommand = command({
  meta: {
    name: "serve",
    description: "Serve episodes to RL frameworks: OpenEnv, MCP, NeMo Gym, and plain HTTP, on one port",
  },
  args: {
    dataset: { type: "string", description: "bundled (the default), shop, bfcl, a path or a JSONL file" },
    module: { type: "string", description: "A module of your own that exports hints and tasks, in place of a dataset" },
    split: {
      type: "string",
      description: "A folder with train.txt, validation.txt and test.txt, as envtune split writes",
    },
    host: { type: "string", default: "127.0.0.1", description: "The address to listen on; 0.0.0.0 for all" },
    port: { type: "string", default: "8000", description: "The port, or 0 for any free one" },
    "nemo-gym-port": { type: "string", description: "A second port, with NeMo Gym's protocol at its root" },
    "openenv-mode": {
      type: "string",
      default: "simulation",
      description: "simulation, or production: no /reset, /step and /state",
    },
    mode: { type: "string", default: "dialogue", description: `Of episodes that do not say: ${modes.join(" or ")}` },
    hints: {
      type: "string",
      default: "off",
      description: `Hints on failed calls: ${hintLevels.join(", ")}, or shares as guide=0.8,off=0.2`,
    },
    "turn-feedback": {
      type: "string",
      default: "off",
      description: "How much is said of a turn that was ended unfinished",
    },
    reward: {
      type: "string",
      default: "progress",
      description: "The reward, such as binary or 0.9*progress+0.1*format",
    },
    rules: {
      type: "string",
      default: "training",
      description: "training (5 attempts a turn), or evaluation (20 steps)",
    },
    profile: { type: "string", default: "strict", description: "strict, or bfcl for the reference's verdicts" },
    renderer: { type: "string", default: "openai", description: "openai, or calls as text: hermes, tagged, python" },
    prompt: { type: "string", description: "standard or resourceful; left to the renderer unless given" },
    "step-limit": { type: "string", description: "Attempts that a turn may take; those of the rules unless given" },
    "max-sessions": { type: "string", default: String(defaultLimits.maxSessions), description: "Sessions at a time" },
    "max-steps": { type: "string", default: String(defaultLimits.maxSteps), description: "Steps of an episode" },
    idle: {
      type: "string",
      default: String(defaultLimits.idleSeconds),
      description: "Seconds after which a session without a request or a connection is closed",
    },
    "body-limit": { type: "string", default: "1048576", description: "Bytes of a request or a frame at most" },
    "token-env": {
      type: "string",
      description: "The environment variable that holds the bearer token requests must carry",
    },
    drain: { type: "string", default: "30", description: "Seconds that running episodes have to end after SIGTERM" },
    "log-level": { type: "string", default: "info", description: `off, ${logLevels.join(", ")}; JSON lines on stderr` },
  },
  async run({ args }) {
    const token = args["token-env"] === undefined ? undefined : process.env[args["token-env"]];
    if (args["token-env"] !== undefined && !token)
      throw new DataError(`--token-env ${args["token-env"]}: this variable is not set`);
    if (token && !canBeSent(token))
      throw new DataError(
        `--token-env ${args["token-env"]}: it holds a blank, a line end or a letter that no header can carry`,
      );
    if (args.dataset !== undefined && args.module !== undefined)
      throw new DataError("--dataset and --module: give one");
    const catalog = await servedCatalog({ dataset: args.dataset, module: args.module, split: args.split });
    const nemoGymPort = args["nemo-gym-port"];
    const seconds = number("drain", args.drain, 0, 60 * minute);
    const levels = Object.fromEntries(["off", ...logLevels].map((level) => [level, level]));
    const level = choice("log-level", args["log-level"], levels) as LogLevel | "off";
    const server = await startServer({
      catalog,
      defaults: readDefaults(args),
      limits: {
        maxSessions: integer("max-sessions", args["max-sessions"], 1, 1_000_000),
        maxSteps: integer("max-steps", args["max-steps"], 1),
        idleSeconds: number("idle", args.idle, 0.1, 7 * 24 * 60 * minute),
      },
      host: args.host,
      port: integer("port", args.port, 0, 65_535),
      ...(nemoGymPort === undefined ? {} : { nemoGymPort: integer("nemo-gym-port", nemoGymPort, 0, 65_535) }),
      ...(token ? { token } : {}),
      openEnvMode: choice("openenv-mode", args["openenv-mode"], { simulation: 1, production: 1 }),
      bodyLimit: integer("body-limit", args["body-limit"], 1024, 1024 ** 3),
      log: createLog(level, (line) => process.stderr.write(line)),
    }).catch((error: NodeJS.ErrnoException) => {
      const flag = "port" in error && String(error.port) === nemoGymPort ? "nemo-gym-port" : "port";
      if (error.code === "EADDRINUSE") throw new DataError(`--${flag} ${args[flag]}: it is in use; take another, or 0`);
      if (error.code === "EACCES")
        throw new DataError(`--${flag} ${args[flag]}: this needs more rights; take one above 1023`);
      if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
        throw new DataError(`--host ${args.host}: it is no address of this machine`);
      throw error;
    });
    process.stdout.write(`envtune serves ${catalog.tasks.length} tasks at ${server.url}\n`);
    await terminated();
    // A second signal does not wait.
    await Promise.race([server.drain(seconds), terminated().then(() => server.close())]);
  },
});

function readDefaults(args: Readonly<Record<string, unknown>>): ResetDefaults {
  const stepLimit = args["step-limit"];
  const given = {
    ...{
      mode: args.mode,
      hints: levelOrShares(String(args.hints)),
      reward: args.reward,
      rules: args.rules,
      profile: args.profile,
    },
    ...(args["turn-feedback"] === "off" ? {} : { turn_feedback: args["turn-feedback"] }),
    // Mode "tools" has native calls, whatever the dialogues of this server are written in.
    ...(args.renderer === "openai" ? {} : { renderer: args.renderer }),
    ...(args.prompt === undefined ? {} : { prompt: args.prompt }),
    ...(stepLimit === undefined ? {} : { step_limit: integer("step-limit", String(stepLimit), 1) }),
  };
  try {
    return readResetOptions(given) as ResetDefaults;
  } catch (error) {
    if (error instanceof SessionError) throw new DataError(`--${error.message.replace("_", "-")}`);
    throw error;
  }
}

function levelOrShares(text: string): string | Record<string, number> {
  if (!text.includes("=")) return text;
  return Object.fromEntries(
    text.split(",").map((part) => {
      const [level = "", share = ""] = part.split("=");
      return [level.trim(), share.trim() === "" ? Number.NaN : Number(share)];
    }),
  );
}

function terminated(): Promise<void> {
  return new Promise((stop) => {
    const end = () => {
      process.off("SIGINT", end).off("SIGTERM", end);
      stop();
    };
    process.on("SIGINT", end).on("SIGTERM", end);
  });
}

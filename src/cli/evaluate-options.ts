import type { ArgsDef, ParsedArgs } from "citty";
import { bfclProtocol, type Protocol } from "../evaluation/bfcl-protocol/bfcl-protocol.ts";
import { hintLevels } from "../feedback/level.ts";
import type { EndpointOptions } from "../rollout/endpoint-policy.ts";
import { type Part, parts } from "../task/parts.ts";
import { DataError } from "../task/problem.ts";
import { integer, readLevel, readRunOptions, runArgs } from "./run-options.ts";

const { policy: _, samples: _samples, stage: _stage, reward: _reward, ...shared } = runArgs;

export const evaluateArgs = {
  ...shared,
  profile: { type: "string", description: "bfcl (as the reference) or strict (its defects switched off)" },
  runs: { type: "string", default: "1", description: "Episodes a task; pass@k and pass^k need more than one" },
  seed: { type: "string", description: "Seed of sampling; the n-th episode of a task asks with this plus n" },
  part: { type: "string", description: `Only one part of a split: ${parts.join(", ")}` },
  by: { type: "string", description: "The split of --part: family (whole families; unless given) or paper" },
  "split-seed": { type: "string", description: "The seed of that split, 0 unless given" },
  hints: {
    type: "string",
    description: `Play all tasks again with hints (${hintLevels.join(", ")}): what the model owes to them`,
  },
  protocol: { type: "string", description: "bfcl: send the very requests of bfcl-eval (renderers openai and python)" },
  "token-ids": { type: "boolean", description: "Ask the server for token ids (vLLM) and keep them in tokens.jsonl" },
  out: { type: "string", description: "The folder of the run (one under runs/, named for the settings)" },
  json: { type: "boolean", description: "Print the whole evaluation as JSON" },
} satisfies ArgsDef;

export type EvaluateOptions = ReturnType<typeof readEvaluateOptions>;

/** The options of `envtune evaluate`, checked. Throws a `DataError` that names the option and what it takes. */
export function readEvaluateOptions(args: ParsedArgs<typeof evaluateArgs>, variables: NodeJS.ProcessEnv = process.env) {
  if (args.dataset === undefined && args.tasks === undefined)
    throw new DataError("--dataset or --tasks is missing: name bfcl, bundled, shop, a path, or a file of tasks");
  // Hints are for a second sitting; the first has none.
  const samples = String(integer("runs", args.runs, 1));
  const given = { ...args, policy: "endpoint", samples, seed: "0" };
  const run = readRunOptions({ ...given, hints: undefined, stage: undefined, reward: undefined }, variables);
  const level = args.hints === undefined ? "off" : readLevel(args.hints);
  if (args.protocol !== undefined) requireBfcl(args);
  const protocol: Protocol = args.protocol === undefined ? own(run.renderer) : protocolOf(run.renderer.name);
  const fields = { ...protocol.endpoint.fields, ...(args["token-ids"] ? { return_token_ids: true } : {}) };
  const endpoint: EndpointOptions = {
    ...run.endpoint!,
    ...protocol.endpoint,
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(args.seed === undefined ? {} : { seed: integer("seed", args.seed, 0) }),
  };
  return {
    run: { ...run, endpoint, renderer: protocol.renderer },
    ...splitOf(args),
    ...(args.protocol === undefined ? {} : { protocol: "bfcl" as const }),
    ...(level === "off" ? {} : { hints: level }),
    tokenIds: args["token-ids"] === true,
  };
}

const own = (renderer: Protocol["renderer"]): Protocol => ({ renderer, endpoint: {} });

function protocolOf(renderer: string): Protocol {
  if (renderer === "openai") return bfclProtocol.functionCalling;
  if (renderer === "python") return bfclProtocol.prompting;
  throw new DataError(
    `--renderer ${renderer}: with --protocol bfcl there are openai (tool calls) and python (prompting)`,
  );
}

/** What would change the requests or the verdicts of the reference is refused beside its protocol. */
function requireBfcl({ protocol, profile, hints, prompt }: ParsedArgs<typeof evaluateArgs>): void {
  if (protocol !== "bfcl") throw new DataError(`--protocol ${protocol}: there is bfcl`);
  if (profile !== undefined && profile !== "bfcl")
    throw new DataError(`--profile ${profile}: --protocol bfcl plays by profile bfcl; leave one of them out`);
  const other = hints !== undefined ? "--hints" : prompt !== undefined ? "--prompt" : undefined;
  if (other) throw new DataError(`${other}: --protocol bfcl sends what bfcl-eval sends; leave one of them out`);
}

function splitOf({ part, by, "split-seed": seed }: ParsedArgs<typeof evaluateArgs>) {
  if (part === undefined) {
    const idle = by !== undefined ? "--by" : seed !== undefined ? "--split-seed" : undefined;
    if (idle) throw new DataError(`${idle}: this is about the split of --part; add --part test, or leave it out`);
    return {};
  }
  if (!(parts as readonly string[]).includes(part))
    throw new DataError(`--part ${part}: there are ${parts.join(", ")}`);
  if (by !== undefined && by !== "family" && by !== "paper")
    throw new DataError(`--by ${by}: there are family and paper`);
  return { split: { by: by ?? "family", seed: integer("split-seed", seed ?? "0", 0), part: part as Part } } as const;
}

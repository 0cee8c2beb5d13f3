import type { Environment } from "../core/environment.ts";
import { joinEnvironments } from "../core/join.ts";
import { signatureOf } from "../core/step.ts";
import type { Tool } from "../core/tool.ts";
import { toolDocument } from "../core/tool-document.ts";
import type { Requests, ToolRequest } from "./define-requests.ts";
import type { ArgumentSchema } from "./free-value.ts";

/** One argument of a tool, as the generator looks at it. */
export interface Parameter {
  readonly name: string;
  readonly schema: ArgumentSchema;
  readonly required: boolean;
}

/** One tool, with all that drawing and wording a call of it takes. */
export interface WorldTool {
  readonly name: string;
  readonly tool: Tool;
  readonly part: string;
  readonly parameters: readonly Parameter[];
  readonly requires: readonly string[];
  readonly provides: readonly string[];
  readonly request: ToolRequest;
  readonly nouns: Requests["nouns"];
}

/** An environment as tasks join it, with its tools at hand. */
export interface World {
  readonly environment: Environment;
  /** The names that tasks list. */
  readonly parts: readonly string[];
  readonly tools: readonly WorldTool[];
  readonly toolNamed: ReadonlyMap<string, WorldTool>;
  /** The tools that bring about a condition. */
  readonly providers: ReadonlyMap<string, readonly WorldTool[]>;
  readonly requests: readonly Requests[];
}

/** `environment` may be one alone or several joined; tasks always join theirs. */
export function worldOf(environment: Environment, requests: readonly Requests[]): World {
  const parts = Object.keys(environment.parts);
  const alone = parts.length === 1 && environment.parts[parts[0]!] === environment;
  const joined = alone
    ? (joinEnvironments({ [parts[0]!]: environment }, environment.notation) as Environment)
    : environment;
  const tools = parts.flatMap((part) =>
    Object.entries(joined.parts[part]!.tools).map(([name, tool]) =>
      worldTool(name, tool as Tool, part, joined, requests),
    ),
  );
  if (tools.every(({ request }) => request.unused))
    throw new Error(`${parts.join("+")}: no tool is left to compose tasks of; let the requests leave one in`);
  const providers = new Map<string, WorldTool[]>();
  for (const tool of tools)
    for (const condition of tool.provides) providers.set(condition, [...(providers.get(condition) ?? []), tool]);
  const toolNamed = new Map(tools.map((tool) => [tool.name, tool]));
  return { environment: joined, parts, tools, toolNamed, providers, requests };
}

function worldTool(
  name: string,
  tool: Tool,
  part: string,
  joined: Environment,
  requests: readonly Requests[],
): WorldTool {
  const own = requests.find(({ environment }) => environment === joined.parts[part]);
  const { properties = {} } = toolDocument(name, tool).parameters as ArgumentSchema;
  const { required } = signatureOf(name, tool);
  return {
    ...{ name, tool, part },
    parameters: Object.entries(properties).map(([argument, schema]) => ({
      name: argument,
      schema,
      required: required.includes(argument),
    })),
    requires: tool.spec.requires ?? [],
    provides: tool.spec.provides ?? [],
    request: own?.tools[name] ?? {},
    nouns: own?.nouns ?? {},
  };
}

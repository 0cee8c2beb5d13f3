import type { Environment } from "../core/environment.ts";
import type { SeededRandom } from "../core/seeded-random.ts";
import type { InputOf, Tools } from "../core/tool.ts";

/** The arguments of a call as a message says them: quoted, or "the user id you get from that". Left out as in the call. */
export type Said<A> = { readonly [K in keyof A]: string };
/** What a user asks for one call, as an order without its full stop: `delete the file ${said.file_name}`. */
export type Ask<A = any> = (said: Said<A>, args: A) => string;

/** What an argument is called in a message. */
export interface Noun {
  /** As in "the file is ...". */
  readonly noun: string;
  /** What stands in its place while it is open, as in "a certain number of"; "the file I have in mind" unless given. */
  readonly open?: string;
}

/** How tasks that are generated use one tool. */
export interface ToolRequest<S = any, A = any> {
  readonly ask?: Ask<A>;
  /** Values for arguments in a state, in place of the tool's own candidates, which are there for tests and may be wrong on purpose. */
  readonly values?: { readonly [K in keyof A]?: (state: S, random: SeededRandom) => readonly A[K][] };
  /** Whether a call makes sense; the tool may well take others. */
  readonly fits?: (args: A) => boolean;
  /** As the nouns of the table, for this tool alone. */
  readonly nouns?: Readonly<Record<string, string | Noun>>;
  /** What could do the tool's work, and goes with it where it is held out; `false` where it must never be the missing one. */
  readonly standIns?: readonly string[] | false;
  /** Whether no task should use it. */
  readonly unused?: true;
}

/** How users speak of one environment. */
export interface Requests {
  readonly environment: Environment;
  readonly tools: Readonly<Record<string, ToolRequest>>;
  /** What an argument is called in a message, by its name, as in "the file I have in mind". */
  readonly nouns: Readonly<Record<string, string | Noun>>;
  /** A config with much more in it, for long-context tasks, where the environment takes no extension. */
  readonly enlarge?: (config: any, random: SeededRandom) => unknown;
}

export interface RequestTable<S, T extends Tools, C> {
  /** By tool: its wording, or more than that. A tool left out is worded from its description. */
  readonly tools: {
    readonly [K in keyof T & string]?: Ask<InputOf<T[K]>> | ToolRequest<S, InputOf<T[K]>>;
  };
  readonly nouns?: Readonly<Record<string, string | Noun>>;
  readonly enlarge?: (config: C, random: SeededRandom) => C;
}

/** Declares how users speak of an environment. Throws where the table names a tool or an argument that there is not. */
export function defineRequests<S, T extends Tools, C>(
  environment: Environment<S, T, C>,
  table: NoInfer<RequestTable<S, T, C>>,
): Requests {
  const tools: Record<string, ToolRequest> = {};
  for (const [name, given] of Object.entries(table.tools) as [string, Ask | ToolRequest][]) {
    const tool = Object.hasOwn(environment.tools, name) ? environment.tools[name] : undefined;
    if (!tool) throw new Error(`${environment.name}: there are requests for '${name}', which is no tool`);
    const request = typeof given === "function" ? { ask: given } : given;
    for (const argument of Object.keys(request.values ?? {}))
      if (!Object.hasOwn(tool.spec.args.shape, argument))
        throw new Error(`${environment.name}.${name}: values are given for '${argument}', which is no argument`);
    for (const other of request.standIns || [])
      if (!Object.hasOwn(environment.tools, other))
        throw new Error(`${environment.name}.${name}: '${other}' is named as a stand-in, but is no tool`);
    tools[name] = request;
  }
  return {
    environment: environment as Environment,
    tools,
    nouns: table.nouns ?? {},
    ...(table.enlarge ? { enlarge: table.enlarge } : {}),
  };
}

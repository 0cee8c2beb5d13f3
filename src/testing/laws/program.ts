import fc from "fast-check";
import type { Environment } from "../../core/environment.ts";
import { seededRandom } from "../../core/seeded-random.ts";
import type { Tool } from "../../core/tool.ts";
import { arbitraryOf } from "../arbitrary.ts";

/** A call before it meets a state: arguments drawn from the schema, and for each what else to take in the running state. */
export interface DrawnCall {
  readonly tool: string;
  /** Whether all its arguments are candidates, as far as there are any; else each is as its pick says. */
  readonly earnest: boolean;
  readonly args: Readonly<Record<string, unknown>>;
  readonly picks: Readonly<Record<string, number>>;
}

/** A program before it runs. */
export interface DrawnProgram {
  /** Which config it starts from. */
  readonly start: number;
  /** Where two branches part, in calls from the start; taken modulo the program's length and one. */
  readonly fork: number;
  readonly calls: readonly DrawnCall[];
}

/** Half of the programs call any tool, the other half a few tools again and again, which leads to places of their own. */
const groups = 24;

/** Random programs of an environment; shrinking takes out calls and makes their arguments plain. */
export function programsOf(environment: Environment, starts: number, maxCalls: number): fc.Arbitrary<DrawnProgram> {
  const calls = new Map(
    Object.entries(environment.tools as Record<string, Tool>).map(([tool, definition]) => [
      tool,
      callsOf(tool, definition),
    ]),
  );
  const names = [...calls.keys()];
  const bounds = { minLength: 1, maxLength: maxCalls, size: "max" } as const;
  const programsOfTools = (tools: readonly string[]) =>
    fc.array(fc.oneof(...tools.map((tool) => calls.get(tool)!)), bounds);
  return fc.record({
    start: fc.nat(starts - 1),
    fork: fc.nat(maxCalls),
    calls: fc.oneof(
      { arbitrary: programsOfTools(names), weight: groups },
      ...toolGroups(names).map((group) => ({ arbitrary: programsOfTools(group), weight: 1 })),
    ),
  });
}

/** Groups of two to six tools, each tool in about as many of them. */
function toolGroups(names: readonly string[]): string[][] {
  const random = seededRandom(JSON.stringify(["groups of tools", names]));
  let left: string[] = [];
  return Array.from({ length: groups }, () => {
    const group = new Set<string>();
    const size = Math.min(names.length, 2 + random.below(5));
    while (group.size < size) {
      if (left.length === 0) left = [...names];
      group.add(left.splice(random.below(left.length), 1)[0]!);
    }
    return [...group];
  });
}

function callsOf(tool: string, { spec }: Tool): fc.Arbitrary<DrawnCall> {
  const picks = Object.keys(spec.args.shape).map((key) => [key, fc.nat()] as const);
  return fc.record({
    tool: fc.constant(tool),
    earnest: fc.boolean().map((value) => !value),
    args: arbitraryOf(spec.args),
    picks: fc.record(Object.fromEntries(picks)),
  });
}

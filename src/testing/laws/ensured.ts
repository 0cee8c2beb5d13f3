import type { Call } from "../../core/call.ts";
import type { Environment } from "../../core/environment.ts";
import type { Outcome } from "../../core/outcome.ts";
import { ownerOf } from "../../core/owner.ts";
import type { Tool } from "../../core/tool.ts";
import type { Finding } from "./law.ts";
import { told } from "./subject.ts";

/** What a tool says of its calls that succeed, and what is not so of this one. */
export function ensuredFinding(
  environment: Environment,
  { tool, args }: Call,
  before: object,
  after: object,
  outcome: Outcome,
): Finding | undefined {
  const { spec }: Tool = environment.tools[tool]!;
  if (!outcome.ok || !spec.ensures) return undefined;
  const stateIn = (state: object) => ownerOf(environment, tool, state)!.state;
  const { value } = outcome;
  const done = { before: stateIn(before), after: stateIn(after), args: spec.args.parse(args), value };
  for (const [statement, holds] of Object.entries(spec.ensures)) {
    let held: unknown;
    try {
      held = holds(done);
    } catch (error) {
      return {
        law: "ensured",
        message: `what it ensures, '${statement}', throws (${told(error)}); it must answer true or false for every call that succeeds`,
      };
    }
    if (held !== true)
      return {
        law: "ensured",
        message: `'${statement}' is not so of this call, which returned ${JSON.stringify(value)?.slice(0, 120)}`,
      };
  }
  return undefined;
}

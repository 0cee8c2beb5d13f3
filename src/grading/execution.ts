import type { Call } from "../core/call.ts";
import { failedCall } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import { callText } from "../python/call-text.ts";
import { type Executed, execute, isRefusal } from "../python/execute.ts";
import type { PyValue } from "../python/value.ts";
import type { Profile } from "./profile.ts";
import type { ModelCall } from "./trajectory.ts";

/** One call of a model, executed. */
export interface Execution extends Executed<object> {
  readonly call: ModelCall;
  /** Whether envtune turned the call down where the reference might have run it. */
  readonly refused: boolean;
}

/** Executes a model's call under a profile. `hidden` are the tools that answer as if they did not exist. */
export function executeModelCall(
  environment: Environment,
  state: object,
  call: ModelCall,
  profile: Profile,
  hidden: ReadonlySet<string>,
): Execution {
  const { tool, state: next, outcome, text } = run(environment, state, call, profile);
  if (tool !== undefined && hidden.has(tool))
    return { call, ...unavailable(environment, state, tool, hidden), refused: false };
  return { call, tool, state: next, outcome, text, refused: isRefusal(outcome) };
}

/** The reference reads every call as a text, one that came as JSON too; profile `bfcl` therefore takes that way. */
function run(environment: Environment, state: object, call: ModelCall, profile: Profile): Executed<object> {
  if (typeof call === "string")
    return execute(environment, state, call, profile.collapsesBlanks ? "collapsed" : "verbatim");
  if (profile.collapsesBlanks && !call.positional) return execute(environment, state, textOf(call));
  const step = environment.step(state, call);
  return { tool: call.tool, ...step, text: environment.text(call.tool, step.outcome) };
}

const textOf = (call: Call) => callText(call.tool, Object.entries(call.args) as [string, PyValue][]);

function unavailable(
  environment: Environment,
  state: object,
  tool: string,
  hidden: ReadonlySet<string>,
): Executed<object> {
  const available = Object.keys(environment.tools).filter((name) => !hidden.has(name));
  const fault = { code: "unknownTool" as const, data: { tool, available } };
  const message = environment.notation.refusal(fault, environment.name);
  return { tool, state, outcome: failedCall(fault, message), text: environment.notation.raised(message) };
}

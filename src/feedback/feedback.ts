import { bindArguments, type Call } from "../core/call.ts";
import { ownerOf } from "../core/owner.ts";
import { signatureOf } from "../core/step.ts";
import type { Tools } from "../core/tool.ts";
import { type Advice, isSilence, type Silence } from "./advice.ts";
import { callFailureAdvice } from "./call-failure-advice.ts";
import type { HintContext, Hints } from "./define-hints.ts";
import type { FailedMoment } from "./failed-moment.ts";
import { type Hint, hintAt } from "./hint.ts";
import { ago } from "./history.ts";
import type { HintLevel } from "./level.ts";

/** The hints of several environments, by the names that tasks use. */
export type HintLibrary = Readonly<Record<string, Hints>>;

/** Whatever answers a failed call at a level: `hintOn` with a library, or a stand-in that a measurement compares it with. */
export type HintSource = (moment: FailedMoment, level: Exclude<HintLevel, "off">) => Hint | undefined;

/** The hint on a failed call at a level; undefined at `off`, and where the author chose silence. */
export function hintOn(library: HintLibrary, moment: FailedMoment, level: HintLevel): Hint | undefined {
  if (level === "off") return undefined;
  const advice = adviceOn(library, moment);
  if (!advice || isSilence(advice)) return undefined;
  return hintAt(level, advice, { ...moment, ...repetition(moment) });
}

/** What there is to say about a failed call; undefined where no hints were declared for its environment. */
export function adviceOn(library: HintLibrary, moment: FailedMoment): Advice | Silence | undefined {
  const { environment, call, error, history, offered } = moment;
  const general = callFailureAdvice(moment);
  if (general || !call) return general;
  const owner = ownerOf(environment, call.tool, moment.state);
  if (!owner) return undefined;
  const { name, part, state } = owner;
  const rule = library[name]?.rules[call.tool]?.[error.code];
  if (!rule || isSilence(rule)) return rule;
  const context: HintContext = { state, args: boundArguments(part.tools, call), error, history, offered };
  return rule(context);
}

/** The arguments by name, as the tool got them: it was reached, so they bind and fit. */
function boundArguments(tools: Tools, call: Call): unknown {
  const tool = tools[call.tool]!;
  const binding = bindArguments(signatureOf(call.tool, tool), call.args, call.positional ?? []);
  return tool.spec.args.parse("bound" in binding ? binding.bound : call.args);
}

function repetition({ call, error, history }: FailedMoment): { readonly repeated?: string } {
  if (!call) return {};
  const key = JSON.stringify([call.args, call.positional ?? []]);
  const before = history.findLast(
    (past) =>
      past.failure === error.code &&
      past.call.tool === call.tool &&
      past.text.includes(error.message) &&
      JSON.stringify([past.call.args, past.call.positional ?? []]) === key,
  );
  return before ? { repeated: `The same call failed in the same way ${ago(before)}; change something first.` } : {};
}

import type { Call } from "../../core/call.ts";
import { sameValue } from "../../core/equality.ts";
import { freezeDeep } from "../../core/freeze.ts";
import { placeOf, unserialisablePart } from "../../core/json-part.ts";
import type { Failure, Outcome } from "../../core/outcome.ts";
import { hintOn } from "../../feedback/feedback.ts";
import type { PastCall } from "../../feedback/history.ts";
import { hintLevels } from "../../feedback/level.ts";
import type { Finding } from "./law.ts";
import { type Subject, told } from "./subject.ts";
import type { Walk } from "./walk.ts";
import { watchClock } from "./watch-clock.ts";

/** What a state is copied to when it goes through JSON. */
export const unshared = <T>(value: T): T => freezeDeep(JSON.parse(JSON.stringify(value)));

/**
 * Makes the calls of a walk again, from a new `init` of the same config, under another clock, every state that a call made sent
 * through JSON, and asking for every hint on the way where there are hints. All must come out as it did.
 */
export function replayFinding(subject: Subject, walk: Walk, start: number): Finding | undefined {
  const finding = replay(subject, walk, start, subject.hints !== undefined);
  if (finding === undefined || finding.law !== "deterministic" || !subject.hints) return finding;
  // With hints something came out differently: theirs is the fault if nothing does without them.
  const without = replay(subject, walk, start, false);
  return (
    without ?? {
      ...finding,
      law: "hintsChangeNothing",
      message: `after hints were asked for, ${finding.message}; a hint reads, and changes nothing`,
    }
  );
}

function replay(subject: Subject, walk: Walk, start: number, asking: boolean): Finding | undefined {
  const { environment, equal, starts } = subject;
  const { config, extension } = starts[start]!;
  let tool: string | undefined;
  let place = "init";
  let clock: Finding | undefined;
  const read = (name: string) => {
    clock ??= {
      law: "deterministic",
      ...(tool === undefined ? {} : { tool }),
      message: `${tool === undefined ? place : "it"} reads ${name}; time and chance are fields of the state`,
    };
  };
  const found = watchClock(read, () => {
    let state = environment.init(config, extension) as object;
    if (!equal.same(walk.states[0], state))
      return { law: "deterministic", message: "init makes another state of the same config" } as const;
    const history: Omit<PastCall, "age">[] = [];
    for (const [index, call] of walk.calls.entries()) {
      tool = call.tool;
      const before = state;
      const step = environment.step(state, unshared(call)) as { readonly state: object; readonly outcome: Outcome };
      state = step.state === before ? before : unshared(step.state);
      const { outcome } = step;
      if (asking && !outcome.ok) {
        const fault = askForHints(subject, state, call, outcome.error, history);
        if (fault) return fault;
      }
      const other = differs(subject, walk, index, step.outcome, state);
      if (other) return { law: "deterministic", tool, message: other } as const;
      if (asking) history.push(pastCall(environment.text(tool, outcome), call, outcome));
    }
    tool = undefined;
    place = "a public attribute or its comparison";
    return endFinding(subject, walk, state);
  });
  return clock ?? found;
}

function differs({ equal }: Subject, walk: Walk, index: number, outcome: Outcome, state: object) {
  if (!sameValue(walk.outcomes[index], outcome))
    return `the same call, after the same calls, came out as ${shown(outcome)} where it had been ${shown(walk.outcomes[index]!)}; it must depend on state and arguments alone, not on a variable of the module, and not on which object is which`;
  if (!equal.same(walk.states[index + 1], state))
    return "the same call, after the same calls, led to another state; it must depend on state and arguments alone, not on a variable of the module, and not on which object is which";
  return undefined;
}

function endFinding({ environment }: Subject, { states }: Walk, state: object): Finding | undefined {
  const last = states.at(-1)!;
  const unreadable = attributesFinding(environment, last);
  if (unreadable) return unreadable;
  if (environment.hash(last) !== environment.hash(state))
    return { law: "replayable", message: "the same calls from a new init lead to a state of another hash" };
  if (environment.same(last, state)) return undefined;
  // Python's NaN differs even from itself, so a state that holds one equals only that very state.
  if (JSON.stringify(state).includes('{"$float":"nan"}')) return undefined;
  const names = environment.differences(last, state).join(", ");
  return { law: "comparable", message: `equal states differ in the public attribute ${names}` };
}

/** What is compared and hashed must be JSON as the state is: NaN, say, would be hashed as null and equal nothing. */
function attributesFinding(environment: Subject["environment"], state: object): Finding | undefined {
  let attributes: unknown;
  try {
    attributes = environment.attributes(state);
  } catch (error) {
    return {
      law: "comparable",
      message: `a public attribute cannot be read in a state that was reached (${told(error)})`,
    };
  }
  const fault = unserialisablePart(attributes);
  return (
    fault && { law: "serialisable", message: `the public attribute ${placeOf(fault)} is no JSON: ${fault.reason}` }
  );
}

function askForHints(
  { environment, hints }: Subject,
  state: object,
  call: Call,
  error: Failure,
  past: readonly Omit<PastCall, "age">[],
): Finding | undefined {
  const history = past.map((one, index) => ({ ...one, age: past.length - index }));
  const offered = new Set(Object.keys(environment.tools));
  for (const level of hintLevels)
    try {
      hintOn(hints!, { environment, state, call, error, history, offered }, level);
    } catch (thrown) {
      return {
        law: "hintsChangeNothing",
        tool: call.tool,
        message: `its hint on '${error.code}' throws at level '${level}' (${told(thrown)})`,
      };
    }
  return undefined;
}

const pastCall = (text: string, call: Call, outcome: Outcome): Omit<PastCall, "age"> => ({
  ...{ call, text },
  ...(outcome.ok ? {} : { failure: outcome.error.code }),
});

/** An outcome on one line. */
export function shown(outcome: Outcome): string {
  const text = outcome.ok
    ? JSON.stringify(outcome.value)
    : `${outcome.error.code} ${JSON.stringify(outcome.error.data)}`;
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

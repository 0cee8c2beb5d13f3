import { sameValue } from "../../core/equality.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { Finding } from "./law.ts";
import { shown } from "./replay.ts";
import type { Subject } from "./subject.ts";
import type { Walk } from "./walk.ts";

interface Made {
  readonly state: object;
  readonly outcome: Outcome;
}

/**
 * Parts two branches from one state of a walk and takes their steps in turns: one makes the calls that the walk made from there,
 * the other makes them backwards. Neither may come out differently for the other's presence. Then every call before the fork is
 * made once more in its own state, last one first, so that whatever a tool remembers meets a past that does not fit it.
 */
export function forkFinding({ environment }: Subject, { calls, states, outcomes }: Walk, fork: number) {
  const rest = calls.slice(fork);
  const backwards = rest.toReversed();
  const make = (state: object, index: number) => environment.step(state, calls[index]! as never) as Made;
  const inTurns: Made[] = [];
  let other = states[fork]!;
  for (const [place, call] of backwards.entries()) {
    const step = environment.step(other, call as never) as Made;
    inTurns.push(step);
    other = step.state;
    const index = fork + place;
    const again = make(states[index]!, index);
    const wrong = unlike(calls[index]!.tool, again, { state: states[index + 1]!, outcome: outcomes[index]! });
    if (wrong) return wrong;
  }
  let alone = states[fork]!;
  for (const [place, call] of backwards.entries()) {
    const step = environment.step(alone, call as never) as Made;
    const wrong = unlike(call.tool, step, inTurns[place]!);
    if (wrong) return wrong;
    alone = step.state;
  }
  for (let index = fork - 1; index >= 0; index--) {
    const wrong = unlike(calls[index]!.tool, make(states[index]!, index), {
      state: states[index + 1]!,
      outcome: outcomes[index]!,
    });
    if (wrong) return wrong;
  }
  return undefined;
}

function unlike(tool: string, one: Made, other: Made): Finding | undefined {
  const hidden =
    "something outside the state is remembered: a variable of the module, a cache, an object that two states share";
  if (!sameValue(one.outcome, other.outcome))
    return {
      law: "forkIsolated",
      tool,
      message: `the same call on the same state came out as ${shown(one.outcome)} beside another branch, and as ${shown(other.outcome)} without; ${hidden}`,
    };
  if (sameValue(one.state, other.state)) return undefined;
  return {
    law: "forkIsolated",
    tool,
    message: `the same call on the same state led to another state beside another branch; ${hidden}`,
  };
}

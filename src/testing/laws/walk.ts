import type { Call } from "../../core/call.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { Tool } from "../../core/tool.ts";
import { argumentsIn, refusedCandidate } from "./arguments-in.ts";
import { ensuredFinding } from "./ensured.ts";
import { changeTheDraft, isOfFrozen } from "./frozen.ts";
import type { Finding } from "./law.ts";
import { MetValues } from "./met-values.ts";
import { type LooseParts, outcomeFinding } from "./outcome-laws.ts";
import type { DrawnProgram } from "./program.ts";
import { stateFinding } from "./state-laws.ts";
import { type Subject, told } from "./subject.ts";

/** A program as it ran: `states[0]` is the first, `states[i + 1]` the one after `calls[i]`. */
export interface Walk {
  readonly calls: readonly Call[];
  readonly outcomes: readonly Outcome[];
  readonly states: readonly object[];
  readonly findings: readonly Finding[];
}

/** Runs a program and looks at every step by itself. Ends early where a step shows that something is wrong. */
export function walk(subject: Subject, program: DrawnProgram): Walk {
  const { environment, starts } = subject;
  let state = starts[program.start]!.state;
  const [calls, outcomes, states]: [Call[], Outcome[], object[]] = [[], [], [state]];
  const first = looked(() => stateFinding(subject, state));
  if (first)
    return {
      ...{ calls, outcomes, states },
      findings: [{ ...first, message: `in the first state, which init made: ${first.message}` }],
    };
  const met = new MetValues();
  const loose: LooseParts = new Map();
  for (const drawn of program.calls) {
    const { tool } = drawn;
    const failed = (finding: Finding): Walk => ({
      ...{ calls, outcomes, states },
      findings: [{ ...finding, tool }],
    });
    let args: Record<string, unknown>;
    try {
      args = argumentsIn(subject, state, drawn, met);
    } catch (error) {
      calls.push({ tool, args: drawn.args });
      return failed({ law: "total", message: `its candidates cannot be listed in this state (${told(error)})` });
    }
    calls.push({ tool, args });
    let next: { readonly state: object; readonly outcome: Outcome };
    try {
      next = environment.step(state, { tool, args }) as typeof next;
    } catch (error) {
      return failed({ law: "total", message: thrown(error) });
    }
    const before = state;
    const { outcome } = next;
    outcomes.push(outcome);
    states.push(next.state);
    state = next.state;
    const finding = looked(
      () =>
        untouched(environment.tools[tool]!, before, state, outcome) ??
        outcomeFinding(subject, tool, outcome, loose, calls.length) ??
        (state === before ? undefined : stateFinding(subject, state)) ??
        ensuredFinding(environment, { tool, args }, before, state, outcome) ??
        (!outcome.ok && outcome.error.code === "invalidArguments"
          ? refusedCandidate(environment, before, tool, args)
          : undefined),
    );
    if (finding) return failed(finding);
    met.add(args);
    if (outcome.ok) met.add(outcome.value);
  }
  return { calls, outcomes, states, findings: [] };
}

/** A schema may hold code of its author's, which may throw. */
function looked(look: () => Finding | undefined): Finding | undefined {
  try {
    return look();
  } catch (error) {
    return {
      law: "total",
      message: `a check in a schema throws on what came out (${told(error)}); let it answer true or false`,
    };
  }
}

function thrown(error: unknown): string {
  return `it throws ${told(error)}; ${isOfFrozen(error) ? changeTheDraft : "what a model does wrong is a failure: declare it in `failures` and return `fail.code(data)`"}`;
}

function untouched({ effect, spec }: Tool, before: object, after: object, outcome: Outcome): Finding | undefined {
  if (before === after) return undefined;
  if (effect === "read") return { law: "pure", message: "it is a read, and another state came out of it" };
  if (!outcome.ok && spec.onFailure !== "commit")
    return {
      law: "pure",
      message: `it fails with '${outcome.error.code}', and another state came out of it; say onFailure: "commit" if that is meant`,
    };
  return undefined;
}

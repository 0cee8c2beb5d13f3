import { sameValue } from "../../core/equality.ts";
import { type Fault, placeOf, unserialisablePart } from "../../core/json-part.ts";
import type { Finding } from "./law.ts";
import { type Subject, told } from "./subject.ts";

/** What a state by itself must be: frozen plain JSON, all of it in the schema, and as the invariants say. */
export function stateFinding(subject: Subject, state: object): Finding | undefined {
  return asIs(subject, state) ?? closed(subject, state) ?? invariantFinding(subject, state);
}

const loosePart = "it is not frozen";

/** Frozen plain JSON cannot be changed by anyone, so that no old state ever changes. */
function asIs({ known }: Subject, state: object): Finding | undefined {
  const visited: object[] = [];
  const fault = unserialisablePart(state, (part, path): Fault | "known" | undefined => {
    if (known.has(part)) return "known";
    if (!Object.isFrozen(part)) return { path, reason: loosePart };
    visited.push(part);
    return undefined;
  });
  if (!fault) {
    for (const part of visited) known.add(part);
    return undefined;
  }
  if (fault.reason === loosePart)
    return {
      law: "persistent",
      message: `${placeOf(fault)} of the state is not frozen, so that whoever holds it can change an old state; it was put behind a list or record that was frozen without its items: freeze those too, or leave freezing to the step`,
    };
  return {
    law: "serialisable",
    message: `${placeOf(fault)} of the state is no JSON: ${fault.reason}; keep only plain objects, lists, texts, numbers, truth values and null in a state`,
  };
}

function closed({ stateSchema }: Subject, state: object): Finding | undefined {
  const parsed = stateSchema.safeParse(state);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      law: "closed",
      message: `the state does not fit its schema at '${issue!.path.join("/")}': ${issue!.message}`,
    };
  }
  if (sameValue(parsed.data, state)) return undefined;
  return {
    law: "closed",
    message: `the state holds what its schema does not name: ${differing(parsed.data, state)}; use z.strictObject and name every field`,
  };
}

/** Where a parsed value and what it was parsed from differ first. */
export function differing(parsed: unknown, value: unknown, path = ""): string {
  if (typeof parsed === "object" && typeof value === "object" && parsed && value)
    for (const key of Object.keys(value)) {
      const [one, other] = [parsed, value].map((part) => (part as Record<string, unknown>)[key]);
      if (!sameValue(one, other)) return differing(one, other, `${path}/${key}`);
    }
  return path === "" ? "its top level" : `'${path.slice(1)}'`;
}

function invariantFinding({ environment }: Subject, state: object): Finding | undefined {
  for (const [statement, holds] of Object.entries(environment.invariants)) {
    let held: unknown;
    try {
      held = holds(state);
    } catch (error) {
      return {
        law: "invariant",
        message: `the invariant '${statement}' throws on this state (${told(error)}); it must answer true or false for every state that fits the schema`,
      };
    }
    if (typeof held !== "boolean")
      return {
        law: "invariant",
        message: `the invariant '${statement}' answers neither true nor false, but ${held instanceof Promise ? "a promise" : `a value of type ${typeof held}`}`,
      };
    if (!held) return { law: "invariant", message: `'${statement}' does not hold` };
  }
  return undefined;
}

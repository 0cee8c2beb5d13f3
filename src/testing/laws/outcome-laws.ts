import { callFailureCodes } from "../../core/call.ts";
import { sameValue } from "../../core/equality.ts";
import { type Fault, placeOf, unserialisablePart } from "../../core/json-part.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { Tool } from "../../core/tool.ts";
import type { Finding } from "./law.ts";
import { differing } from "./state-laws.ts";
import { type Subject, told } from "./subject.ts";

/** Parts of a program's outcomes that are not frozen, and the call that they came from. */
export type LooseParts = Map<object, number>;

/** What the outcome of a program's call must be. What two calls share must be frozen. */
export function outcomeFinding(
  subject: Subject,
  tool: string,
  outcome: Outcome,
  loose: LooseParts,
  call: number,
): Finding | undefined {
  return plain(subject, outcome, loose, call) ?? typed(subject, tool, outcome) ?? readable(subject, tool, outcome);
}

const sharedPart = "it is shared";

function plain({ known }: Subject, outcome: Outcome, loose: LooseParts, call: number): Finding | undefined {
  const what = outcome.ok ? "the result" : `the data of failure '${outcome.error.code}'`;
  const fault = unserialisablePart(
    outcome.ok ? outcome.value : outcome.error.data,
    (part, path): Fault | "known" | undefined => {
      if (known.has(part)) return "known";
      if (Object.isFrozen(part)) return undefined;
      const before = loose.get(part);
      if (before !== undefined && before !== call) return { path, reason: sharedPart };
      loose.set(part, call);
      return undefined;
    },
  );
  if (!fault) return undefined;
  if (fault.reason === sharedPart)
    return {
      law: "persistent",
      message: `${placeOf(fault)} of ${what} is the very object that an earlier call returned, and is not frozen: whoever changes one changes the other; return a new one, or a part of the state`,
    };
  return { law: "serialisable", message: `${placeOf(fault)} of ${what} is no JSON: ${fault.reason}` };
}

function typed({ environment, results }: Subject, tool: string, outcome: Outcome): Finding | undefined {
  if (outcome.ok) return unfitting(results.get(tool)!, outcome.value, "the result", "`result`");
  const { code, data } = outcome.error;
  const { spec }: Tool = environment.tools[tool]!;
  const declared = Object.hasOwn(spec.failures ?? {}, code) ? spec.failures[code] : undefined;
  if (declared) return unfitting(declared.data, data, `the data of failure '${code}'`, `the schema of '${code}'`);
  if ((callFailureCodes as readonly string[]).includes(code)) return undefined;
  return { law: "typed", message: `it fails with '${code}', which it does not declare; add it to \`failures\`` };
}

function unfitting(schema: Subject["stateSchema"], value: unknown, what: string, where: string): Finding | undefined {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue!.path.length > 0 ? ` at '${issue!.path.join("/")}'` : "";
    return { law: "typed", message: `${what} does not fit ${where}${path}: ${issue!.message}` };
  }
  if (sameValue(parsed.data, value)) return undefined;
  return { law: "typed", message: `${what} is not what ${where} says, at ${differing(parsed.data, value)}` };
}

function readable({ environment }: Subject, tool: string, outcome: Outcome): Finding | undefined {
  try {
    if (typeof environment.text(tool, outcome) === "string") return undefined;
  } catch (error) {
    return { law: "comparable", message: `the text of its outcome cannot be made (${told(error)})` };
  }
  return { law: "comparable", message: "its outcome has no text" };
}

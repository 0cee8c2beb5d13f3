import { current, enableArrayMethods, Immer, isDraft } from "immer";
import { z } from "zod";
import { bindArguments, type Call, type CallFault, failedCall, type Signature } from "./call.ts";
import { freezeDeep } from "./freeze.ts";
import type { Notation } from "./notation.ts";
import type { Failed, Failure, FailureSpecs, Outcome } from "./outcome.ts";
import type { Tool } from "./tool.ts";

enableArrayMethods();
/** States are frozen here and not by immer, whose own way looks at every new value several times. */
const immer = new Immer({ autoFreeze: false });

export interface Step<S, O = Outcome> {
  readonly state: S;
  readonly outcome: O;
}
/** Runs one tool on a state: arguments bound and checked, handler called, draft finished or dropped. */
export type ToolRunner = (state: object, call: Call) => Step<object>;

/** What `fail.code(data)` returns; its class tells it from a value that only looks like a failure. */
class DeclaredFailure implements Failed {
  readonly ok = false;
  readonly error: Failure;
  constructor(error: Failure) {
    this.error = error;
  }
}

const signatures = new WeakMap<Tool, Signature>();

/** The parameters of a tool, found out once. */
export function signatureOf(name: string, tool: Tool): Signature {
  let signature = signatures.get(tool);
  if (signature?.tool !== name) {
    signature = readSignature(name, tool);
    signatures.set(tool, signature);
  }
  return signature;
}

function readSignature(name: string, tool: Tool): Signature {
  const shape = tool.spec.args.shape as Record<string, z.ZodType>;
  const parameters = Object.keys(shape);
  return { tool: name, parameters, required: parameters.filter((key) => !shape[key]!.safeParse(undefined).success) };
}

export function toolRunner(name: string, tool: Tool, environment: string, notation: Notation): ToolRunner {
  const { effect, spec, run } = tool;
  const args = z.compile(spec.args.strict()) as z.ZodType;
  const signature = signatureOf(name, tool);
  const fail = failMaker(spec.failures ?? {});
  const keepsFailures = spec.onFailure === "commit";
  const refuse = (state: object, fault: CallFault): Step<object> => ({
    state,
    outcome: failedCall(fault, notation.refusal(fault, environment)),
  });

  const attempt = (context: object): Outcome => {
    try {
      return outcomeOf(run(context));
    } catch (error) {
      const caught = notation.caught?.(error);
      if (!caught) throw error;
      const fault: CallFault = { code: "raised", data: { tool: name, ...caught } };
      return failedCall(fault, notation.refusal(fault, environment));
    }
  };

  return (state, call) => {
    let parsed: z.ZodSafeParseResult<unknown>;
    try {
      if (call.positional === undefined || call.positional.length === 0 || !isObject(call.args)) {
        parsed = args.safeParse(call.args);
      } else {
        const binding = bindArguments(signature, call.args, call.positional);
        if (!("bound" in binding)) return refuse(state, binding);
        parsed = args.safeParse(binding.bound);
      }
    } catch (error) {
      // Schemas recurse into what they check: the stack overflows.
      if (!(error instanceof RangeError)) throw error;
      return refuse(state, unusable(name, "arguments are nested too deeply"));
    }
    if (!parsed.success) return refuse(state, argumentFault(signature, call, parsed));
    if (effect === "read") return { state, outcome: attempt({ state, args: parsed.data, fail }) };

    let drafted: object | undefined;
    const draft = () => {
      drafted ??= immer.createDraft(state);
      return drafted;
    };
    const outcome = attempt({ state, draft, args: parsed.data, fail });
    if (drafted === undefined) return { state, outcome };
    const detached = detachOutcome(outcome);
    const changed = outcome.ok || keepsFailures;
    return { state: changed ? freezeDeep(immer.finishDraft(drafted) as object) : state, outcome: detached };
  };
}

/** Why a call was refused: the shape of its arguments first, as in Python, then their types. */
function argumentFault(signature: Signature, call: Call, refused: z.ZodSafeParseError<unknown>): CallFault {
  const { tool } = signature;
  if (!isObject(call.args)) return unusable(tool, "arguments must be an object");
  const binding = bindArguments(signature, call.args, call.positional ?? []);
  if (!("bound" in binding)) return binding;
  // Zod makes the error when it is first read, which costs more than the rest of the call.
  const issues = refused.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  return { code: "invalidArguments", data: { tool, issues } };
}

const unusable = (tool: string, message: string): CallFault => ({
  code: "invalidArguments",
  data: { tool, issues: [{ path: "", message }] },
});

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

function failMaker(specs: FailureSpecs): Record<string, (data: unknown) => Failed> {
  return Object.fromEntries(
    Object.entries(specs).map(([code, spec]) => [
      code,
      (data: unknown) => new DeclaredFailure({ code, message: spec.message(data), data }),
    ]),
  );
}

function outcomeOf(returned: unknown): Outcome {
  return returned instanceof DeclaredFailure ? { ok: false, error: returned.error } : { ok: true, value: returned };
}

/** Copies what an outcome points at out of the draft, which is revoked once the step ends. */
function detachOutcome(outcome: Outcome): Outcome {
  if (outcome.ok) {
    const value = detach(outcome.value);
    return value === outcome.value ? outcome : { ok: true, value };
  }
  const data = detach(outcome.error.data);
  return data === outcome.error.data ? outcome : { ok: false, error: { ...outcome.error, data } };
}

/** The value itself where it holds no draft, which is the rule. */
function detach(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (isDraft(value)) return current(value);
  let copy: Record<string, unknown> | unknown[] | undefined;
  for (const key in value) {
    const part = (value as Record<string, unknown>)[key];
    const detached = detach(part);
    if (detached === part) continue;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    (copy as Record<string, unknown>)[key] = detached;
  }
  return copy ?? value;
}

import { canonicalText } from "../python/canonical.ts";
import { parseJson } from "../python/json.ts";
import { pythonNames } from "./python-names.ts";
import type { RecordedText } from "./recorded-text.ts";

/** Something in a replay that does not equal its recording. */
export interface Mismatch {
  /** The call whose result differs, or after which the state differs. */
  readonly call: string;
  readonly expected: RecordedText;
  readonly actual: string;
  readonly of: "result" | "state";
  /** All calls of the sequence so far, `call` included. */
  readonly made: readonly string[];
  /** Whether a call was refused, where the reference raised, since the state was last seen to be the recorded one. */
  readonly refusedRaising: boolean;
  /**
   * Whether a text was refused, where the reference raised, that is an expression around the call of a tool that changes the
   * state. Draws of random numbers and other private changes stay, though the state looks like the recorded one.
   */
  readonly refusedWriting: boolean;
  /** The tools of the environment. */
  readonly tools: ReadonlySet<string>;
}

/** Every cause that docs/fidelity.md lists, and the rule that recognises it. */
const causes: Readonly<Record<string, (mismatch: Mismatch) => boolean>> = {
  /** The reference's executor writes the name of a Python variable into string literals that look like calls. */
  splicedInstanceName: ({ of, made, tools, expected, actual }) =>
    made.some((text) => namesToolInside(text, tools)) &&
    (typeof expected !== "string" || withoutInstances(expected, of) === actual),
  /** The reference evaluates Python, so a builtin or a name of its module is callable there; here only declared tools are. */
  pythonName: ({ of, call, actual }) => {
    const name = /^\s*([A-Za-z_]\w*)/.exec(call)?.[1];
    return (
      of === "result" && name !== undefined && pythonNames.has(name) && actual.endsWith(`name '${name}' is not defined`)
    );
  },
  /** The C library's `pow` is not always the nearest float; envtune's is. */
  libraryPower: ({ of, call, expected, actual }) =>
    of === "result" &&
    typeof expected === "string" &&
    /^\s*(power|standard_deviation)\s*\(/.test(call) &&
    differInLastPlace(expected, actual),
  /** The reference changed its state before it raised on an argument, or in an expression, that envtune refuses beforehand. */
  changedBeforeRaising: ({ of, refusedRaising, refusedWriting }) =>
    refusedWriting || (of === "state" && refusedRaising),
  /** More digits than envtune computes. */
  boundedWork: ({ of, call, actual }) =>
    of === "result" && /^\s*(logarithm|square_root)\s*\(/.test(call) && actual.includes("digits is not computed"),
};

const causeNames: readonly string[] = Object.keys(causes);

/** The by-design cause of a mismatch; undefined makes it a difference. */
export function causeOf(mismatch: Mismatch): string | undefined {
  return causeNames.find((name) => causes[name]!(mismatch));
}

/** A recorded text without the spliced names; a state is sorted by its keys again. */
function withoutInstances(recorded: string, of: Mismatch["of"]): string {
  const text = recorded.replace(/<<INSTANCE:\w+>>\./g, "");
  return of === "state" && text !== recorded ? canonicalText(parseJson(text)) : text;
}

/** Whether a call text holds `tool(` anywhere behind its own name. */
function namesToolInside(text: string, tools: ReadonlySet<string>): boolean {
  return [...text.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].slice(1).some(([, name]) => tools.has(name!));
}

/** Whether two texts are alike but for numbers that lie within two units in the last place. */
function differInLastPlace(expected: string, actual: string): boolean {
  const number = /-?\d+(\.\d+)?(e[+-]?\d+)?/g;
  if (expected.replace(number, "#") !== actual.replace(number, "#")) return false;
  const others = actual.match(number) ?? [];
  return (expected.match(number) ?? []).every((text, index) => {
    const [a, b] = [Number(text), Number(others[index])];
    return Math.abs(a - b) <= 2 * Number.EPSILON * Math.abs(a);
  });
}

import type { RecordedText } from "./golden.ts";

/** One step of a replay that does not equal its recording. */
export interface Mismatch {
  readonly call: string;
  readonly expected: RecordedText;
  readonly actual: string;
  /** Whether this or an earlier refused call of the sequence had raised in the reference. */
  readonly refusedRaising: boolean;
  /** What differs: the result of the call, or the state some calls later. */
  readonly of: "result" | "state";
}

const pythonNames: ReadonlySet<string> = new Set(
  (
    "abs all any ascii bin bool bytearray bytes callable chr classmethod compile complex copy delattr dict dir divmod " +
    "enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id importlib input inspect int " +
    "isinstance issubclass iter json len list locals map max memoryview min next object oct open ord pow print property range " +
    "re repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip"
  ).split(" "),
);

/** Every cause that docs/fidelity.md lists, and the rule that recognises it. */
const causes: Readonly<Record<string, (mismatch: Mismatch) => boolean>> = {
  /** The reference's executor writes the name of a Python variable into string literals that look like calls. */
  splicedInstanceName: ({ expected }) => textOf(expected).includes("<<INSTANCE:"),
  /** The reference evaluates Python, so a builtin or a name of its module is callable there; here only declared tools are. */
  pythonName: ({ of, call, actual }) => {
    const name = /^\s*([A-Za-z_]\w*)/.exec(call)?.[1];
    return (
      of === "result" && name !== undefined && pythonNames.has(name) && actual.endsWith(`name '${name}' is not defined`)
    );
  },
  /** The C library's `pow` is not always the nearest float; envtune's is. */
  libraryPower: ({ of, call, expected, actual }) =>
    of === "result" && /^\s*(power|standard_deviation)\(/.test(call) && differInLastPlace(textOf(expected), actual),
  /** The reference changed its state before it raised on an argument that envtune refuses beforehand. */
  changedBeforeRaising: ({ of, refusedRaising }) => of === "state" && refusedRaising,
};

export const causeNames: readonly string[] = Object.keys(causes);

/** The by-design cause of a mismatch; undefined makes it a difference. */
export function causeOf(mismatch: Mismatch): string | undefined {
  return causeNames.find((name) => causes[name]!(mismatch));
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

const textOf = (recorded: RecordedText) =>
  typeof recorded === "string" ? recorded : `${recorded.head ?? ""}${(recorded as { tail?: string }).tail ?? ""}`;

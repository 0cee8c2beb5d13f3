import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { canonicalText } from "../python/canonical.ts";
import { parseJson } from "../python/json.ts";
import type { PyValue } from "../python/value.ts";
import { DataError } from "../task/problem.ts";
import { isDigest, type RecordedState, type RecordedText } from "./recorded-text.ts";

export interface Verdict {
  readonly valid: boolean;
  readonly error_type: string | null;
  readonly error_message: string | null;
  readonly differences?: readonly string[];
}
export interface GroundTruthRecord {
  readonly format: "ground truth";
  readonly id: string;
  readonly environments: readonly string[];
  readonly initialState: RecordedState;
  readonly turns: readonly {
    readonly calls: readonly string[];
    readonly results: readonly RecordedText[];
    readonly state: RecordedState;
  }[];
}
export interface FuzzRecord {
  readonly format: "fuzz";
  readonly id: string;
  readonly entry: string;
  readonly environments: readonly string[];
  readonly longContext: boolean;
  readonly steps: readonly {
    readonly call: string;
    readonly result: RecordedText;
    readonly kind: string;
    readonly compared: boolean;
  }[];
  /** By the number of calls made. */
  readonly states: ReadonlyMap<number, RecordedState>;
}
export interface CheckerRecord {
  readonly format: "checker";
  readonly id: string;
  readonly variant: string;
  readonly trajectory: readonly (readonly (readonly string[])[])[];
  readonly checker: Verdict;
  readonly irrelevance: Verdict;
}
export interface TraceRecord {
  readonly format: "traces";
  readonly id: string;
  readonly source: string;
  /** The model's output as the reference's generator writes it. */
  readonly result: unknown;
  readonly calls: readonly (readonly (readonly string[])[])[];
  readonly outcomes: readonly (readonly (readonly RecordedText[])[])[];
  readonly verdict: Verdict;
}
export type GoldenRecord = GroundTruthRecord | FuzzRecord | CheckerRecord | TraceRecord;

/** Reads a file of recordings, gzipped or not; what it holds is seen from its content. Throws a `DataError` that names the line. */
export function readGoldens(path: string): GoldenRecord[] {
  return textOf(path)
    .split("\n")
    .flatMap((line, index) => {
      if (line.trim() === "") return [];
      try {
        return [readRecord(line)];
      } catch (error) {
        const { message } = error as Error;
        throw new DataError(`${path} cannot be replayed`, [{ file: path, line: index + 1, message }]);
      }
    });
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (error) {
    throw new DataError(`${path} cannot be unpacked (${(error as Error).message}); fetch the file again`);
  }
}

function readRecord(line: string): GoldenRecord {
  // JSON.parse cannot tell 5 from 5.0 and knows no NaN, and both occur in states.
  const value = parseJson(line);
  const exact = entriesByName(value);
  const raw = plain(value) as any;
  if (Array.isArray(raw.turns)) {
    const turns = exact.get("turns") as readonly PyValue[];
    for (const [index, { calls, results }] of raw.turns.entries())
      if (calls?.length !== results?.length) throw new Error(`turns[${index}] must have as many results as calls`);
    return {
      format: "ground truth",
      id: raw.id,
      environments: raw.involved_classes,
      initialState: recordedState(field(exact, "initial_state")),
      turns: raw.turns.map((turn: any, index: number) => ({
        calls: turn.calls,
        results: turn.results,
        state: recordedState(field(entriesByName(turns[index]!), "state")),
      })),
    };
  }
  if (Array.isArray(raw.steps)) {
    const states = entriesByName(field(exact, "states"));
    return {
      format: "fuzz",
      id: raw.id,
      entry: raw.entry,
      environments: raw.classes,
      longContext: raw.long_context,
      steps: raw.steps.map((step: any) => ({ ...step, compared: step.cmp !== false })),
      states: new Map([...states].map(([made, state]) => [Number(made), recordedState(state)])),
    };
  }
  if (raw.checker && raw.trajectory) return { format: "checker", ...raw };
  if (raw.verdict && "result" in raw) {
    const record: TraceRecord = { format: "traces", calls: [], outcomes: [], ...raw };
    if (record.calls.flat(2).length !== record.outcomes.flat(2).length)
      throw new Error("there must be as many outcomes as calls");
    return record;
  }
  throw new Error(`no known kind of recording: it has the fields ${Object.keys(raw).join(", ")}`);
}

function field(entries: ReadonlyMap<string, PyValue>, name: string): PyValue {
  const value = entries.get(name);
  if (value === undefined) throw new Error(`the field '${name}' is missing`);
  return value;
}

function entriesByName(value: PyValue): Map<string, PyValue> {
  const dict = value as { $dict?: readonly (readonly [PyValue, PyValue])[] };
  return new Map((dict.$dict as readonly [string, PyValue][] | undefined) ?? Object.entries(value as object));
}

/** The same without tags: what JSON.parse would have made of it. */
function plain(value: PyValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("$float" in value) return Number(value.$float);
  if ("$int" in value) return Number(value.$int);
  return Object.fromEntries([...entriesByName(value)].map(([key, item]) => [key, plain(item)]));
}

function recordedState(state: PyValue): RecordedState {
  return Object.fromEntries(
    [...entriesByName(state)].map(([name, value]) => [name, isDigest(value) ? value : canonicalText(value)]),
  );
}

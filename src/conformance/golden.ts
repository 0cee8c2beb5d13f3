import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { sha256 } from "../core/canonical.ts";
import { canonicalText } from "../python/canonical.ts";
import { parseJson } from "../python/json.ts";
import type { PyValue } from "../python/value.ts";

/** A recorded text: itself, or where it was long its digest. */
export type RecordedText = string | Digest;
interface Digest {
  readonly sha256: string;
  readonly len: number;
  readonly head?: string;
}
/** A recorded state: for each environment its canonical text, or the digest of it. */
export type RecordedState = Readonly<Record<string, RecordedText>>;

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

/** Reads a file of recordings, gzipped or not; what it holds is seen from its content. Errors name the line. */
export function readGoldens(path: string): GoldenRecord[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [readRecord(line)];
    } catch (error) {
      throw new Error(`${path}:${index + 1}: ${(error as Error).message}`);
    }
  });
}

function readRecord(line: string): GoldenRecord {
  const raw = JSON.parse(line);
  if (Array.isArray(raw.turns)) {
    // States are read a second time, because JSON.parse cannot tell 5 from 5.0.
    const exact = entriesByName(parseJson(line));
    const turns = exact.get("turns") as readonly PyValue[];
    return {
      format: "ground truth",
      id: raw.id,
      environments: raw.involved_classes,
      initialState: recordedState(exact.get("initial_state")!),
      turns: raw.turns.map((turn: any, index: number) => ({
        calls: turn.calls,
        results: turn.results,
        state: recordedState(entriesByName(turns[index]!).get("state")!),
      })),
    };
  }
  if (Array.isArray(raw.steps)) {
    const states = entriesByName(entriesByName(parseJson(line)).get("states")!);
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
  if (raw.verdict && "result" in raw) return { format: "traces", calls: [], outcomes: [], ...raw };
  throw new Error(`no known kind of recording: it has the fields ${Object.keys(raw).join(", ")}`);
}

function entriesByName(value: PyValue): Map<string, PyValue> {
  const dict = value as { $dict?: readonly (readonly [PyValue, PyValue])[] };
  return new Map((dict.$dict as readonly [string, PyValue][] | undefined) ?? Object.entries(value as object));
}

function recordedState(state: PyValue): RecordedState {
  return Object.fromEntries(
    [...entriesByName(state)].map(([name, value]) => [name, isDigest(value) ? value : canonicalText(value)]),
  );
}

const isDigest = (value: unknown): value is Digest =>
  typeof value === "object" && value !== null && "sha256" in value && "len" in value;

/** Whether a text is the recorded one. */
export function isRecorded(recorded: RecordedText, text: string): boolean {
  return typeof recorded === "string" ? recorded === text : sha256(text) === recorded.sha256;
}

/** A recorded text for a person to read. */
export function showRecorded(recorded: RecordedText): string {
  return typeof recorded === "string" ? recorded : `${recorded.head ?? ""}… (${recorded.len} characters)`;
}

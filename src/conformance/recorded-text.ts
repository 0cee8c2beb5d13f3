import { sha256 } from "../core/canonical.ts";

/** A recorded text: itself, or where it was long its digest. */
export type RecordedText = string | Digest;
export interface Digest {
  readonly sha256: string;
  /** In code points. */
  readonly len: number;
  readonly head?: string;
}
/** A recorded state: for each environment its canonical text, or the digest of it. */
export type RecordedState = Readonly<Record<string, RecordedText>>;

export const isDigest = (value: unknown): value is Digest =>
  typeof value === "object" && value !== null && "sha256" in value && "len" in value;

/** Whether a text is the recorded one. */
export function isRecorded(recorded: RecordedText, text: string): boolean {
  return typeof recorded === "string" ? recorded === text : sha256(text) === recorded.sha256;
}

/** Whether the reference raised. */
export function isRaised(recorded: RecordedText): boolean {
  const start = typeof recorded === "string" ? recorded : (recorded.head ?? "");
  return start.startsWith("Error during execution:");
}

/** A recorded text for a person to read. */
export function showRecorded(recorded: RecordedText): string {
  return typeof recorded === "string" ? recorded : `${recorded.head ?? ""}… (${recorded.len} characters)`;
}

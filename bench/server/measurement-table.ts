import { table } from "../../src/cli/table.ts";
import { median } from "../measure.ts";

export interface Measurement {
  readonly name: string;
  readonly sessions: number;
  /** Messages a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of the server's processor a message. */
  readonly cpu: number;
}

/** Medians over repetitions, and the ratio of each rate and of each cost to those of the first two servers. */
export function measurementTable(measured: readonly Measurement[], names: readonly string[]): string {
  const counts = [...new Set(measured.map(({ sessions }) => sessions))];
  const middle = (name: string, sessions: number, of: (one: Measurement) => number) =>
    median(measured.filter((one) => one.name === name && one.sessions === sessions).map(of));
  const references = names.filter((name) => name.startsWith("OpenEnv"));
  const rows = counts.flatMap((sessions) =>
    names.map((name) => {
      const value = (of: (one: Measurement) => number, whose = name) => middle(whose, sessions, of);
      const ratios = references.map(
        (reference) => `${(value((one) => one.rate) / value((one) => one.rate, reference)).toFixed(1)}x`,
      );
      return [
        name,
        sessions.toLocaleString("en-US"),
        Math.round(value((one) => one.rate)).toLocaleString("en-US"),
        ...ratios,
        value((one) => one.p50).toFixed(1),
        value((one) => one.p99).toFixed(1),
        value((one) => one.cpu).toFixed(0),
      ];
    }),
  );
  const against = references.map((reference) => `x ${reference.replace("OpenEnv, ", "")}`);
  return `${table(["server", "sessions", "messages/s", ...against, "p50 ms", "p99 ms", "CPU µs"], rows)}\n`;
}

import type { LatencyHistogram } from "./latency-histogram.ts";

/** What load came to. Rates and latencies are of the measured time; errors are of the whole run. */
export interface LoadReport {
  readonly sessions: number;
  /** Measured. */
  readonly seconds: number;
  /** A message is a request and its answer. */
  readonly messages: number;
  readonly messagesPerSecond: number;
  /** Episodes that were begun and then done, or left for the next. */
  readonly episodes: number;
  readonly episodesPerSecond: number;
  readonly latency: { readonly all: LatencyFigures; readonly reset: LatencyFigures; readonly step: LatencyFigures };
  readonly errors: readonly LoadErrorCount[];
  /** Whether it was stopped before its end. */
  readonly interrupted: boolean;
}

export interface LoadErrorCount {
  readonly kind: string;
  readonly count: number;
  /** The first one's message. */
  readonly example: string;
}

/** Milliseconds. */
export interface LatencyFigures {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function latencyFigures(histogram: LatencyHistogram): LatencyFigures {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => rounded(histogram.quantile(share)));
  return { count: histogram.count, p50: p50!, p95: p95!, p99: p99!, max: rounded(histogram.max) };
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

export const errorCount = ({ errors }: LoadReport): number => errors.reduce((sum, { count }) => sum + count, 0);

/** As `envtune load` prints it. */
export function loadReportText(report: LoadReport): string {
  const { sessions, seconds, messages, messagesPerSecond, episodes, episodesPerSecond, latency } = report;
  const row = (name: string, { count, p50, p95, p99, max }: LatencyFigures) => {
    const cells = [String(count), ...[p50, p95, p99, max].map((milliseconds) => milliseconds.toFixed(2))];
    return `  ${name.padEnd(7)}${cells.map((cell) => cell.padStart(11)).join("")}\n`;
  };
  const heads = ["count", "p50 ms", "p95 ms", "p99 ms", "max ms"].map((head) => head.padStart(11)).join("");
  const errors = report.errors.map(({ kind, count, example }) => `  ${kind}: ${count}, the first: ${example}\n`);
  return [
    `${sessions} sessions, measured for ${seconds.toFixed(1)} s${report.interrupted ? ", interrupted" : ""}\n`,
    `  messages ${messages}, ${messagesPerSecond.toFixed(1)}/s; episodes ${episodes}, ${episodesPerSecond.toFixed(1)}/s\n`,
    `  ${"latency".padEnd(7)}${heads}\n`,
    ...[row("all", latency.all), row("reset", latency.reset), row("step", latency.step)],
    errors.length === 0 ? "no errors\n" : `${errorCount(report)} errors\n${errors.join("")}`,
  ].join("");
}

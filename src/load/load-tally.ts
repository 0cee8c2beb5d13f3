import { type LatencyHistogram, latencyHistogram } from "./latency-histogram.ts";
import { LoadError } from "./load-error.ts";
import { type LoadReport, latencyFigures } from "./load-report.ts";

export type MessageKind = "reset" | "step";

/** Counts what happens: errors always, messages and episodes only while measuring. */
export class LoadTally {
  readonly #histograms: Readonly<Record<MessageKind | "all", LatencyHistogram>>;
  readonly #errors = new Map<string, { count: number; example: string }>();
  #errorCount = 0;
  #episodes = 0;
  /** As `performance.now()` has it. */
  #from = Number.POSITIVE_INFINITY;
  #to = Number.POSITIVE_INFINITY;

  constructor() {
    this.#histograms = { reset: latencyHistogram(), step: latencyHistogram(), all: latencyHistogram() };
  }

  begin(): void {
    this.#from = performance.now();
  }

  end(): void {
    this.#to = Math.min(this.#to, performance.now());
  }

  /** A message whose answer came now. Answers count by when they come, as throughput does. */
  answered(kind: MessageKind, sent: number): void {
    const now = performance.now();
    if (now < this.#from || now > this.#to) return;
    this.#histograms[kind].add(now - sent);
    this.#histograms.all.add(now - sent);
  }

  episodeEnded(): void {
    const now = performance.now();
    if (now >= this.#from && now <= this.#to) this.#episodes += 1;
  }

  /** Any other error than a `LoadError` is ours, and comes through. */
  failed(error: unknown): void {
    if (!(error instanceof LoadError)) throw error;
    this.#errorCount += 1;
    const known = this.#errors.get(error.kind);
    if (known) known.count += 1;
    else this.#errors.set(error.kind, { count: 1, example: error.message });
  }

  get measuring(): boolean {
    return performance.now() >= this.#from;
  }

  get soFar() {
    return { messages: this.#histograms.all.count, episodes: this.#episodes, errors: this.#errorCount };
  }

  report(sessions: number, interrupted: boolean): LoadReport {
    const seconds = Math.max(0, this.#to - this.#from) / 1000 || 0;
    const { all, reset, step } = this.#histograms;
    const rate = (many: number) => (seconds > 0 ? many / seconds : 0);
    return {
      ...{ sessions, seconds, messages: all.count, messagesPerSecond: rate(all.count) },
      ...{ episodes: this.#episodes, episodesPerSecond: rate(this.#episodes) },
      latency: { all: latencyFigures(all), reset: latencyFigures(reset), step: latencyFigures(step) },
      errors: [...this.#errors].map(([kind, each]) => ({ kind, ...each })),
      interrupted,
    };
  }
}

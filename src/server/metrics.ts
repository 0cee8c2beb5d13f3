import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { SessionEvent } from "./session/session-event.ts";
import type { SessionTable } from "./session/session-table.ts";

/** What a Prometheus server scrapes: sessions, episodes, steps, requests, and the process itself. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  observe(event: SessionEvent): void;
  /** A request of a protocol was answered; `outcome` is its status or error code. */
  request(protocol: string, outcome: string): void;
  stop(): void;
}

export function createMetrics(table: () => SessionTable): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read());
      },
    });
  gauge("envtune_sessions_active", "Sessions that are open", () => table().active);
  gauge("envtune_sessions_attached", "Sessions that a connection is attached to", () => table().attached);
  gauge("envtune_sessions_limit", "Sessions that may be open", () => table().limits.maxSessions);
  const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const created = counter("envtune_sessions_created_total", "Sessions created");
  const closed = counter("envtune_sessions_closed_total", "Sessions closed, by why", ["why"]);
  const episodes = counter("envtune_episodes_started_total", "Episodes started");
  const ended = counter("envtune_episodes_ended_total", "Episodes ended, by how", ["ending"]);
  const requests = counter("envtune_requests_total", "Requests answered, by protocol and outcome", [
    "protocol",
    "outcome",
  ]);
  /** Finding the counter of a pair of labels costs more than counting. */
  const requestsOf = new Map<string, { inc(): void }>();
  const seconds = new Histogram({
    name: "envtune_step_seconds",
    help: "Time that a step took in the environment",
    buckets: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observe(event) {
      if (event.kind === "created") created.inc();
      else if (event.kind === "closed") closed.inc({ why: event.why });
      else if (event.kind === "reset") episodes.inc();
      else {
        seconds.observe(event.seconds);
        if (event.reply.done) ended.inc({ ending: event.reply.metadata.ending?.why ?? "unknown" });
      }
    },
    request(protocol, outcome) {
      const key = `${protocol} ${outcome}`;
      let one = requestsOf.get(key);
      if (!one) {
        one = requests.labels(protocol, outcome);
        requestsOf.set(key, one);
      }
      one.inc();
    },
    stop: () => registry.clear(),
  };
}

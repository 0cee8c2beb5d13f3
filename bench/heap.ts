import type { Entry } from "./entry.ts";
import type { Figure } from "./figure.ts";
import { collectGarbage } from "./measure.ts";

const episodes = 10_000;

/** How much the heap grows by holding many episodes, each at the end of its own replay from a kept first state. */
export function heapFigure(entries: readonly Entry[]): Figure {
  for (const entry of entries) finalState(entry);
  const before = heapUsed();
  const held = Array.from({ length: episodes }, (_, index) => finalState(entries[index % entries.length]!));
  const grown = heapUsed() - before;
  return { name: `heap of ${held.length.toLocaleString("en-US")} live episodes`, value: grown / 1e6, unit: "MB" };
}

function finalState({ environment, truth, turns }: Entry): object {
  let state = truth.initial;
  for (const { calls } of turns) for (const call of calls) state = environment.step(state, call).state;
  return state;
}

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

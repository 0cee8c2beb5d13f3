import { sha256 } from "../src/core/canonical.ts";
import type { Environment } from "../src/core/environment.ts";
import type { TaskCall } from "../src/task/task.ts";
import type { Entry } from "./entry.ts";
import { callRate, type Figure } from "./figure.ts";
import { keptResult, median, now } from "./measure.ts";
import type { Reference } from "./reference.ts";

/** The compiler takes its time, so this many passes go before those that count. */
const warmUps = 50;
/** Passes over all entries in a round, for either side: one takes milliseconds, and would measure cold caches after the wait. */
const passes = 10;

interface Round {
  readonly total: number;
  /** Nanoseconds in turns all of whose calls are tools of one environment, by that environment. */
  readonly owned: Readonly<Record<string, number>>;
}

/**
 * Replays every ground truth: calls read beforehand, first states kept, result texts included. Rounds of all sides take turns.
 * An environment's figure counts the turns whose calls are all its own, because the reference takes a whole turn at a time.
 */
export async function replayFigures(
  entries: readonly Entry[],
  reference: Reference | undefined,
  rounds: number,
): Promise<Figure[]> {
  for (let warmUp = 0; warmUp < warmUps; warmUp++) replay(entries);
  const ours: Round[] = [];
  const theirs: Round[] = [];
  const bare: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await sumOfPasses(() => replay(entries)));
    if (!reference) continue;
    theirs.push(await sumOfPasses(() => reference.request('{"command": "replay"}')));
    bare.push(await sumOfPasses(() => reference.request('{"command": "replay bare"}')));
  }
  const calls = callsByOwner(entries);
  const names = [...calls.keys()].filter((name) => name !== "");
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const compared = (title: string, others: readonly Round[]) => [
    callRate(title, passes * total, totalOf(ours)!, totalOf(others)),
    ...names.map((name) =>
      callRate(`${title} ${name}`, passes * calls.get(name)!, ownedBy(ours, name)!, ownedBy(others, name)),
    ),
  ];
  if (!reference) return compared("replay", []);
  const { executor, methods } = await reference.request('{"command": "digests"}');
  return [
    ...compared("replay", theirs),
    ...compared("replay against reference bare methods", bare),
    equalEntries("replay results equal", entries, executor),
    equalEntries("replay results equal to reference bare methods", entries, methods),
  ];
}

async function sumOfPasses(pass: () => Round | Promise<Round>): Promise<Round> {
  const owned: Record<string, number> = {};
  let total = 0;
  for (let count = 0; count < passes; count++) {
    const one = await pass();
    total += one.total;
    for (const [name, spent] of Object.entries(one.owned)) owned[name] = (owned[name] ?? 0) + spent;
  }
  return { total, owned };
}

/** One pass timed as a whole, for a clock read twice a turn is a cost of its own, and one timed by turn. */
function replay(entries: readonly Entry[]): Round {
  const start = now();
  for (const { environment, truth, turns } of entries) {
    let state = truth.initial;
    for (const { calls } of turns) state = replayTurn(environment, state, calls);
  }
  const total = now() - start;
  const owned: Record<string, number> = {};
  for (const { environment, truth, turns } of entries) {
    let state = truth.initial;
    for (const { calls, owner } of turns) {
      const before = now();
      state = replayTurn(environment, state, calls);
      if (owner !== undefined) owned[owner] = (owned[owner] ?? 0) + now() - before;
    }
  }
  return { total, owned };
}

function replayTurn(environment: Environment, first: object, calls: readonly TaskCall[]): object {
  let state = first;
  for (const call of calls) {
    const step = environment.step(state, call);
    state = step.state;
    keptResult.value = environment.text(call.tool, step.outcome);
  }
  return state;
}

/** Calls by the owner of their turn; under the empty name those of turns that several environments share. */
function callsByOwner(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { turns } of entries)
    for (const { owner = "", calls } of turns) counts.set(owner, (counts.get(owner) ?? 0) + calls.length);
  return counts;
}

function totalOf(rounds: readonly Round[]): number | undefined {
  return rounds.length === 0 ? undefined : median(rounds.map(({ total }) => total));
}

function ownedBy(rounds: readonly Round[], owner: string): number | undefined {
  return rounds.length === 0 ? undefined : median(rounds.map(({ owned }) => owned[owner]!));
}

/** In how many entries all result texts are those of the reference, by the SHA-256 of an entry's texts, a line each. */
function equalEntries(name: string, entries: readonly Entry[], digests: readonly string[]): Figure {
  const equal = entries.filter(({ truth }, index) => {
    const texts = truth.turns.flatMap((turn) => turn.texts);
    return sha256(texts.join("\n")) === digests[index];
  });
  return { name, value: equal.length, unit: `of ${entries.length} entries` };
}

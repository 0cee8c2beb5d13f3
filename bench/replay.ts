import { sha256 } from "../src/core/canonical.ts";
import type { Entry } from "./entry.ts";
import { callRate, type Figure } from "./figure.ts";
import { median, now } from "./measure.ts";
import type { Reference } from "./reference.ts";

interface Round {
  readonly total: number;
  /** Nanoseconds in turns all of whose calls are tools of one environment, by that environment. */
  readonly owned: Readonly<Record<string, number>>;
  /** By entry: the SHA-256 of its result texts, a line each. */
  readonly digests: readonly string[];
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
  for (let warmUp = 0; warmUp < 5; warmUp++) replay(entries);
  const ours: Round[] = [];
  const theirs: Round[] = [];
  const bare: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(replay(entries));
    if (!reference) continue;
    theirs.push(await reference.request('{"command": "replay"}'));
    bare.push(await reference.request('{"command": "replay bare"}'));
  }
  const calls = callsByOwner(entries);
  const names = [...calls.keys()].filter((name) => name !== "");
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const compared = (title: string, others: readonly Round[]) => [
    callRate(title, total, totalOf(ours)!, totalOf(others)),
    ...names.map((name) => callRate(`${title} ${name}`, calls.get(name)!, ownedBy(ours, name)!, ownedBy(others, name))),
  ];
  if (!reference) return compared("replay", []);
  return [
    ...compared("replay", theirs),
    ...compared("replay against reference bare methods", bare),
    equalEntries("replay results equal", ours[0]!, theirs[0]!),
    equalEntries("replay results equal to reference bare methods", ours[0]!, bare[0]!),
  ];
}

function replay(entries: readonly Entry[]): Round {
  const owned: Record<string, number> = {};
  const texts = entries.map((): string[] => []);
  const start = now();
  for (const [index, { environment, truth, turns }] of entries.entries()) {
    const written = texts[index]!;
    let state = truth.initial;
    for (const { calls, owner } of turns) {
      const before = now();
      for (const call of calls) {
        const step = environment.step(state, call);
        state = step.state;
        written.push(environment.text(call.tool, step.outcome));
      }
      if (owner !== undefined) owned[owner] = (owned[owner] ?? 0) + now() - before;
    }
  }
  const total = now() - start;
  return { total, owned, digests: texts.map((lines) => sha256(lines.join("\n"))) };
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

function equalEntries(name: string, ours: Round, theirs: Round): Figure {
  const equal = ours.digests.filter((digest, index) => digest === theirs.digests[index]).length;
  return { name, value: equal, unit: `of ${ours.digests.length} entries` };
}

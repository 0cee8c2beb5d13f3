import { type SeededRandom, seededRandom } from "../../core/seeded-random.ts";
import type { Tool } from "../../core/tool.ts";
import { shuffled } from "../../generate/dice.ts";
import type { TaskCall } from "../../task/task.ts";
import { type Candidate, callKey, candidateOf, endOfTurn } from "./candidate.ts";
import type { CandidatePlace } from "./candidate-place.ts";
import { drawCall } from "./draw-call.ts";
import { rivalCall } from "./rival-call.ts";
import { toldCall } from "./told-call.ts";

/** The most that stand beside the end of the turn, and how many of them are of each kind. */
const most = 13;
const ofThisTurn = 3;
const ofLaterTurns = 1;
const nearMisses = 2;
const repairs = 2;
const rivals = 3;

/**
 * The messages to choose from: the calls of the ground truth that are still to come in this turn and the first ones of later
 * turns, as far as they have been told; the first of them with one argument wrong, and other tools with its values; calls that could
 * repair the latest failure, calls of the other tools, and the end of the turn. That the right call is among them makes a task
 * solvable for a policy that cannot write: the harness's oracle, the same in every arm, and no feature tells which it is.
 */
export function drawCandidates(place: CandidatePlace): readonly Candidate[] {
  const { task, turn, step, seed, offered } = place;
  const random = seededRandom(JSON.stringify(["candidates", task.id, turn, step, seed]));
  const isOffered = new Set(offered);
  const found = new Map<string, Candidate>();
  const add = (call: TaskCall | undefined) => {
    if (!call || !isOffered.has(call.tool) || found.size >= most) return;
    const candidate = candidateOf(call);
    if (!found.has(candidate.key)) found.set(candidate.key, candidate);
  };
  const coming = stillToCome(place).flatMap((call) => toldCall(call, place, random) ?? []);
  for (const call of coming.slice(0, ofThisTurn)) add(call);
  for (const call of task.turns
    .slice(turn + 1)
    .flatMap(({ groundTruth }) => groundTruth)
    .slice(0, ofLaterTurns))
    add(toldCall(call, place, random));
  for (let miss = 0; miss < nearMisses && coming.length > 0; miss++)
    add(nearMiss(coming[miss % Math.min(2, coming.length)]!, place, random));
  if (coming[0]) for (const rival of rivalsOf(coming[0], place, random)) add(rival);
  for (const call of repairCalls(place, random)) add(call);
  for (const tool of shuffled(random, offered)) add(drawCall(tool, place, random));
  return [...shuffled(random, [...found.values()]), endOfTurn];
}

/** The calls of the turn's ground truth that were not made yet. */
function stillToCome({ task, turn, made }: CandidatePlace): readonly TaskCall[] {
  const done = made.filter(({ succeeded }) => succeeded).map(({ call }) => callKey(call));
  return task.turns[turn]!.groundTruth.filter((call) => {
    const at = done.indexOf(callKey(call));
    if (at >= 0) done.splice(at, 1);
    return at < 0;
  });
}

/** At most so many; one after the other, since each costs as much as all else that is drawn. */
function* rivalsOf(call: TaskCall, place: CandidatePlace, random: SeededRandom): Generator<TaskCall> {
  let left = Object.keys(call.args).length > 0 ? rivals : 0;
  for (const tool of shuffled(random, place.offered)) {
    if (left === 0) return;
    const rival = tool === call.tool ? undefined : rivalCall(call, tool, place, random);
    if (!rival) continue;
    left--;
    yield rival;
  }
}

function nearMiss(call: TaskCall, place: CandidatePlace, random: SeededRandom): TaskCall | undefined {
  const names = Object.keys(call.args);
  if (names.length === 0) return undefined;
  const argument = random.pick(names);
  const { [argument]: value } = drawCall(call.tool, place, random)?.args ?? {};
  return value === undefined ? undefined : { tool: call.tool, args: { ...call.args, [argument]: value } };
}

/** The failed call with other arguments, and calls of tools that declare to provide what it requires. */
function repairCalls(place: CandidatePlace, random: SeededRandom): readonly TaskCall[] {
  const { environment, made, offered } = place;
  const failed = made.findLast(({ succeeded }) => !succeeded);
  const tool = failed && (environment.tools[failed.call.tool] as Tool | undefined);
  if (!failed || !tool) return [];
  const { requires = [] } = tool.spec;
  const providers = offered.filter((name) =>
    (environment.tools[name] as Tool).spec.provides?.some((condition) => requires.includes(condition)),
  );
  return [
    nearMiss(failed.call, place, random),
    ...shuffled(random, providers).map((name) => drawCall(name, place, random)),
  ]
    .filter((call) => call !== undefined)
    .slice(0, repairs);
}

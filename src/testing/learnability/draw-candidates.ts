import type { Environment } from "../../core/environment.ts";
import { ownerOf } from "../../core/owner.ts";
import { type SeededRandom, seededRandom } from "../../core/seeded-random.ts";
import type { Tool } from "../../core/tool.ts";
import { toolDocument } from "../../core/tool-document.ts";
import { randomFields, randomValue, type ValueSchema } from "../../rollout/random-value.ts";
import type { Task, TaskCall } from "../../task/task.ts";
import { type Candidate, callKey, candidateOf, endOfTurn } from "./candidate.ts";

/** The most that stand beside the end of the turn, and how many of them are of each kind. */
const most = 13;
const ofThisTurn = 3;
const ofLaterTurns = 1;
const nearMisses = 2;
const repairs = 2;

/** What candidates are drawn from. No hint and no feedback is in it. */
export interface CandidatePlace {
  readonly task: Task;
  readonly environment: Environment;
  readonly state: object;
  readonly turn: number;
  readonly step: number;
  /** Of the episode: its rollouts in one group, and in every arm, meet the same candidates in the same place. */
  readonly seed: string;
  /** The tools that may be called now. */
  readonly offered: readonly string[];
  /** Calls made in this turn, the latest last, and whether each succeeded. */
  readonly made: readonly { readonly call: TaskCall; readonly succeeded: boolean }[];
  /** Values that the user said or a call returned. */
  readonly visible: readonly unknown[];
}

/**
 * The messages to choose from: the calls of the ground truth that are still to come in this turn and the first ones of later
 * turns, the first of them with one argument wrong, calls that could repair the latest failure, calls of the other tools, and the
 * end of the turn. That the right call is among them makes a task solvable for a policy that cannot write: the harness's oracle,
 * the same in every arm, and no feature tells which it is.
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
  const coming = stillToCome(place);
  for (const call of coming.slice(0, ofThisTurn)) add(call);
  for (const call of task.turns
    .slice(turn + 1)
    .flatMap(({ groundTruth }) => groundTruth)
    .slice(0, ofLaterTurns))
    add(call);
  for (let miss = 0; miss < nearMisses && coming.length > 0; miss++)
    add(nearMiss(coming[miss % Math.min(2, coming.length)]!, place, random));
  for (const call of repairCalls(place, random)) add(call);
  for (const tool of shuffled(offered, random)) add(drawCall(tool, place, random));
  return [...shuffled([...found.values()], random), endOfTurn];
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
    ...shuffled(providers, random).map((name) => drawCall(name, place, random)),
  ]
    .filter((call) => call !== undefined)
    .slice(0, repairs);
}

/** How often an argument is drawn from the tool's own candidates, and from what is visible; else it is anything that fits. */
const candidateShare = 0.6;
const visibleShare = 0.3;
const draws = 3;

/** A call with arguments that the tool takes; undefined where a few draws find none. */
function drawCall(name: string, place: CandidatePlace, random: SeededRandom): TaskCall | undefined {
  const { environment, state, visible } = place;
  const tool = environment.tools[name] as Tool;
  const { candidates = {}, args: schema } = tool.spec;
  if (Object.keys(schema.shape).length === 0) return { tool: name, args: {} };
  const own = ownerOf(environment, name, state)!.state;
  for (let draw = 0; draw < draws; draw++) {
    const args = randomFields(toolDocument(name, tool).parameters as ValueSchema, random, (argument, wire) => {
      const at = random.number();
      const listed: readonly unknown[] = at < candidateShare ? (candidates[argument]?.(own) ?? []) : [];
      if (listed.length > 0) return random.pick(listed);
      const seen = at < candidateShare + visibleShare && visible.length > 0 ? random.pick(visible) : undefined;
      if (seen !== undefined && schema.shape[argument]!.safeParse(seen).success) return seen;
      return randomValue(wire, random);
    });
    if (schema.safeParse(args).success) return { tool: name, args };
  }
  return undefined;
}

function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  const left = [...items];
  for (let at = left.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [left[at], left[other]] = [left[other]!, left[at]!];
  }
  return left;
}

import { ownerOf } from "../core/owner.ts";
import type { SeededRandom } from "../core/seeded-random.ts";
import type { Conversation, MadeCall } from "./conversation.ts";
import { inRange, type Range, shuffled, weighted } from "./dice.ts";
import { drawArguments } from "./draw-arguments.ts";
import { type Leaf, leavesOf } from "./leaves.ts";
import { Readable } from "./readable.ts";
import { referencesOf } from "./references.ts";
import type { World, WorldTool } from "./world.ts";

export interface Shape {
  readonly calls: Range;
  readonly turns: Range;
}

/** How often each tool was used or tried in vain, so that the rare ones come up. */
export type Usage = Map<string, number>;

const drawsPerTool = 6;
const plansPerTurn = 12;
const callsPerTurn = 4;
const prerequisiteDepth = 3;

/** A conversation of calls that succeed one after the other, or why none came about. */
export function compose(
  world: World,
  config: Conversation["config"],
  start: object,
  { calls, turns }: Shape,
  usage: Usage,
  random: SeededRandom,
): Conversation | "tooShort" {
  const turnsWanted = Math.min(inRange(random, turns), calls[1]);
  const most = Math.max(turnsWanted, inRange(random, calls));
  const composition = new Composition(world, start, usage, random);
  for (let turn = 0; turn < turnsWanted; turn++) {
    const left = most - composition.made;
    const reserved = turnsWanted - turn - 1;
    const share = Math.round(left / (reserved + 1)) + inRange(random, [-1, 1]);
    const wanted = reserved === 0 ? left : Math.max(1, Math.min(share, left - reserved));
    if (!composition.addTurn(Math.min(wanted, callsPerTurn), Math.min(left - reserved, callsPerTurn + 1)))
      return "tooShort";
  }
  return composition.made < calls[0] ? "tooShort" : { config, turns: composition.turns };
}

/** Where a composition stands; a plan that leads nowhere is dropped by going back to an earlier one. */
interface Standing {
  readonly state: object;
  readonly turn: readonly MadeCall[];
}

class Composition {
  readonly turns: MadeCall[][] = [];
  made = 0;
  readonly #world: World;
  readonly #usage: Usage;
  readonly #random: SeededRandom;
  readonly #earlier = new Set<string | number>();
  readonly #texts = new Set<string>();
  readonly #calls = new Set<string>();
  readonly #provided = new Set<string>();
  readonly #used = new Set<string>();
  /** Results of earlier turns, and arguments, which users said. */
  readonly #read = new Readable();
  #latest: readonly Leaf[] = [];
  #state: object;

  constructor(world: World, start: object, usage: Usage, random: SeededRandom) {
    this.#world = world;
    this.#usage = usage;
    this.#random = random;
    this.#state = start;
  }

  /** Adds a turn of about so many calls, `most` at the outside; false where none was found. */
  addTurn(wanted: number, most: number): boolean {
    const before = this.#state;
    let standing: Standing = { state: before, turn: [] };
    for (let plans = 0; plans < plansPerTurn && standing.turn.length < wanted; plans++) {
      const next = this.#reach(this.#pickTool(standing.turn), standing, before, prerequisiteDepth);
      if (!next || next.turn.length > most) continue;
      for (const made of next.turn.slice(standing.turn.length)) this.#note(made);
      standing = next;
    }
    if (standing.turn.length === 0) return false;
    for (const { text, value } of standing.turn) this.#read.result(text, value);
    this.turns.push([...standing.turn]);
    this.made += standing.turn.length;
    this.#state = standing.state;
    return true;
  }

  /** Rare tools first, those that go on from what was done before others, those used already last. */
  #pickTool(turn: readonly MadeCall[]): WorldTool {
    const fields = new Set(this.#latest.map(({ path }) => path.at(-1)));
    const usable = this.#world.tools.filter(({ request }) => !request.unused);
    return weighted(this.#random, usable, ({ name, requires, parameters }) => {
      let weight = 1 / (1 + (this.#usage.get(name) ?? 0)) + 0.002;
      if (requires.some((condition) => this.#provided.has(condition))) weight *= 4;
      if (turn.length > 0 && parameters.some((parameter) => fields.has(parameter.name))) weight *= 3;
      return this.#used.has(name) ? weight / 6 : weight;
    });
  }

  /**
   * A call of the tool that succeeds. Where it does not, what provides the conditions it requires is tried first, and the tool
   * again: the state says what holds, the conditions only where to look.
   */
  #reach(tool: WorldTool, standing: Standing, before: object, depth: number): Standing | undefined {
    const direct = this.#attempt(tool, standing, before);
    if (direct || depth === 0) return direct;
    for (const condition of shuffled(this.#random, tool.requires))
      for (const provider of shuffled(this.#random, this.#world.providers.get(condition) ?? [])) {
        if (provider === tool || provider.request.unused) continue;
        const prepared = this.#reach(provider, standing, before, depth - 1);
        const reached = prepared && this.#reach(tool, prepared, before, depth - 1);
        if (reached) return reached;
      }
    this.#count(tool.name, 0.5);
    return undefined;
  }

  #attempt(tool: WorldTool, { state, turn }: Standing, before: object): Standing | undefined {
    const { environment } = this.#world;
    const own = ownerOf(environment, tool.name, state)!.state;
    if (turn.some(({ call }) => call.tool === tool.name)) return undefined;
    const last = turn.at(-1);
    const known = { latest: last ? leavesOf(last.value) : this.#latest, earlier: this.#earlier };
    for (let draws = 0; draws < drawsPerTool; draws++) {
      const args = drawArguments(tool, own, known, this.#random);
      const key = callKey(tool.name, args);
      if (this.#calls.has(key) || tool.request.fits?.(args) === false) continue;
      const call = { tool: tool.name, args };
      const step = environment.step(state, call);
      if (!step.outcome.ok) {
        if (tool.parameters.length === 0) return undefined;
        continue;
      }
      const { value } = step.outcome;
      const text = environment.text(tool.name, step.outcome);
      if (!this.#tells(tool, value, text, state, step.state, turn)) continue;
      const ownBefore = ownerOf(environment, tool.name, before)!.state;
      const references = referencesOf(tool, args, turn, this.#read, ownBefore, this.#random);
      if (!references) continue;
      const changed = step.state !== state && !environment.same(state, step.state);
      // What a turn did, it should not undo.
      if (changed && [before, ...turn.map(({ after }) => after)].some((past) => environment.same(past, step.state)))
        continue;
      return { state: step.state, turn: [...turn, { call, text, value, references, after: step.state }] };
    }
    return undefined;
  }

  /** Whether a call does or says something: a write changes the state, a read answers something that was not answered yet. */
  #tells(
    { tool }: WorldTool,
    value: unknown,
    text: string,
    before: object,
    after: object,
    turn: readonly MadeCall[],
  ): boolean {
    if (tool.effect === "write") return after !== before;
    return hasContent(value) && !this.#texts.has(text) && turn.every((made) => made.text !== text);
  }

  #note({ call, text, value }: MadeCall): void {
    this.#calls.add(callKey(call.tool, call.args));
    this.#texts.add(text);
    this.#used.add(call.tool);
    this.#count(call.tool, 1);
    for (const condition of this.#world.toolNamed.get(call.tool)!.provides) this.#provided.add(condition);
    this.#latest = leavesOf(value);
    for (const leaf of [...leavesOf(call.args), ...this.#latest]) this.#earlier.add(leaf.value);
  }

  #count(tool: string, times: number): void {
    this.#usage.set(tool, (this.#usage.get(tool) ?? 0) + times);
  }
}

const callKey = (tool: string, args: unknown): string => `${tool} ${JSON.stringify(args)}`;

/** Whether an answer holds anything but empty texts, lists and nulls. */
function hasContent(value: unknown): boolean {
  if (typeof value === "string") return value !== "";
  if (typeof value !== "object" || value === null) return value !== null && value !== undefined;
  return Object.values(value).some(hasContent);
}

import { bindArguments } from "../src/core/call.ts";
import type { Environment } from "../src/core/environment.ts";
import { signatureOf } from "../src/core/step.ts";
import type { Tools } from "../src/core/tool.ts";
import { callText } from "../src/python/call-text.ts";
import { isNumber } from "../src/python/kind.ts";
import { add } from "../src/python/number.ts";
import { type RandomState, randomInteger, randomOf } from "../src/python/random.ts";
import type { PyValue } from "../src/python/value.ts";
import type { Task, TaskCall } from "../src/task/task.ts";

/** A trajectory of call texts: turn, step, call. */
export type CallTexts = readonly (readonly (readonly string[])[])[];

type Turns = TaskCall[][];
type Draw = (least: number, most: number) => number;
/** Changes a copy of the ground truth; false where there is nothing of the kind to change. */
type Perturbation = (turns: Turns, draw: Draw, environment: Environment) => boolean;

/**
 * `count` different trajectories for a task: its ground truth, a call a step, and perturbations of it, one or two at a time.
 * The same seed gives the same trajectories.
 */
export function perturbedTrajectories(task: Task, environment: Environment, count: number, seed: number): CallTexts[] {
  const draw = drawing(seed);
  const truth = () => task.turns.map(({ groundTruth }) => [...groundTruth]);
  const trajectories = new Map<string, CallTexts>();
  const keep = (trajectory: CallTexts) => trajectories.set(JSON.stringify(trajectory), trajectory);
  keep(eachTurnOneStep(truth()));
  keep(eachCallOneStep(truth()));
  for (let attempt = 0; trajectories.size < count; attempt++) {
    if (attempt > 100 * count) throw new Error(`${task.id}: no ${count} different trajectories can be made`);
    const turns = truth();
    const first = perturbations[attempt % perturbations.length]!;
    if (!first(turns, draw, environment)) continue;
    if (attempt >= perturbations.length) perturbations[draw(0, perturbations.length - 1)]!(turns, draw, environment);
    keep(draw(0, 1) === 0 ? eachTurnOneStep(turns) : eachCallOneStep(turns));
  }
  return [...trajectories.values()].slice(0, count);
}

function drawing(seed: number): Draw {
  let random: RandomState = randomOf(seed);
  return (least, most) => {
    const drawn = randomInteger(random, least, most);
    random = drawn.random;
    return drawn.value;
  };
}

const textOf = ({ tool, args }: TaskCall) => callText(tool, Object.entries(args) as [string, PyValue][]);
const eachTurnOneStep = (turns: Turns): CallTexts =>
  turns.map((calls) => (calls.length > 0 ? [calls.map(textOf)] : []));
const eachCallOneStep = (turns: Turns): CallTexts => turns.map((calls) => calls.map((call) => [textOf(call)]));

const perturbations: readonly Perturbation[] = [
  function dropCall(turns, draw) {
    const place = placeOfCall(turns, draw);
    place?.calls.splice(place.index, 1);
    return place !== undefined;
  },
  function doubleCall(turns, draw) {
    const place = placeOfCall(turns, draw);
    place?.calls.splice(place.index, 0, place.calls[place.index]!);
    return place !== undefined;
  },
  function swapCalls(turns, draw) {
    const calls = oneOf(
      turns.filter(({ length }) => length > 1),
      draw,
    );
    if (!calls) return false;
    const index = draw(0, calls.length - 2);
    calls.splice(index, 2, calls[index + 1]!, calls[index]!);
    return true;
  },
  function moveCallToNextTurn(turns, draw) {
    const turn = oneOf(
      [...turns.keys()].filter((index) => turns[index]!.length > 0 && index + 1 < turns.length),
      draw,
    );
    if (turn === undefined) return false;
    turns[turn + 1]!.unshift(turns[turn]!.pop()!);
    return true;
  },
  function moveCallToTurnBefore(turns, draw) {
    const turn = oneOf(
      [...turns.keys()].filter((index) => turns[index]!.length > 0 && index > 0),
      draw,
    );
    if (turn === undefined) return false;
    turns[turn - 1]!.push(turns[turn]!.shift()!);
    return true;
  },
  changeArgument,
  function addRead(turns, draw, environment) {
    const tool = oneOf(readsWithoutArguments(environment), draw);
    if (tool === undefined) return false;
    const calls = oneOf(turns, draw)!;
    calls.splice(draw(0, calls.length), 0, { tool, args: {} });
    return true;
  },
  function skipTurn(turns, draw) {
    const calls = oneOf(
      turns.filter(({ length }) => length > 0),
      draw,
    );
    calls?.splice(0);
    return calls !== undefined;
  },
  function reverseTurn(turns, draw) {
    const calls = oneOf(
      turns.filter(({ length }) => length > 1),
      draw,
    );
    calls?.reverse();
    return calls !== undefined;
  },
  function repeatEarlierCall(turns, draw) {
    const place = placeOfCall(turns, draw);
    if (!place) return false;
    turns.at(-1)!.push(place.calls[place.index]!);
    return true;
  },
  function callUnknownTool(turns, draw) {
    oneOf(turns, draw)!.push({ tool: `tool_${draw(1, 9)}`, args: {} });
    return true;
  },
  function leaveOutArgument(turns, draw) {
    const place = placeOfCall(turns, draw, ({ args }) => Object.keys(args).length > 0);
    if (!place) return false;
    const { tool, args } = place.calls[place.index]!;
    const name = oneOf(Object.keys(args), draw);
    place.calls[place.index] = { tool, args: Object.fromEntries(Object.entries(args).filter(([key]) => key !== name)) };
    return true;
  },
];

function changeArgument(turns: Turns, draw: Draw): boolean {
  const place = placeOfCall(turns, draw, ({ args }) => Object.keys(args).length > 0);
  if (!place) return false;
  const { tool, args } = place.calls[place.index]!;
  const name = oneOf(Object.keys(args), draw)!;
  place.calls[place.index] = { tool, args: { ...args, [name]: otherValue(args[name] as PyValue, draw) } };
  return true;
}

/** Another value of the same type. */
function otherValue(value: PyValue, draw: Draw): PyValue {
  if (typeof value === "string") return draw(0, 1) === 0 ? `${value}_${draw(1, 99)}` : value.slice(1);
  if (typeof value === "boolean") return !value;
  if (isNumber(value)) return add(value, draw(1, 9));
  if (Array.isArray(value)) return draw(0, 1) === 0 ? value.slice(1) : [...value, ...value];
  return value;
}

function readsWithoutArguments(environment: Environment): string[] {
  return Object.entries(environment.tools as Tools)
    .filter(([name, tool]) => tool.effect === "read" && "bound" in bindArguments(signatureOf(name, tool), {}, []))
    .map(([name]) => name);
}

function oneOf<T>(items: readonly T[], draw: Draw): T | undefined {
  return items.length === 0 ? undefined : items[draw(0, items.length - 1)];
}

function placeOfCall(
  turns: Turns,
  draw: Draw,
  fits: (call: TaskCall) => boolean = () => true,
): { readonly calls: TaskCall[]; readonly index: number } | undefined {
  const places = turns.flatMap((calls) => calls.flatMap((call, index) => (fits(call) ? [{ calls, index }] : [])));
  return oneOf(places, draw);
}

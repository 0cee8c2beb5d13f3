import type { SeededRandom } from "../core/seeded-random.ts";
import type { MadeCall } from "./conversation.ts";
import { taggedNumber } from "./leaves.ts";
import { nounOf, openPhrase, referencePhrase, withoutDoubles, words } from "./noun.ts";
import type { World, WorldTool } from "./world.ts";

/** An argument of one call of a turn that the message leaves open. */
export interface OpenArgument {
  readonly call: number;
  readonly argument: string;
}

/** What a user says to have the calls of a turn made; `isFirst` where nothing was said before. */
export function messageOf(
  world: World,
  turn: readonly MadeCall[],
  isFirst: boolean,
  random: SeededRandom,
  open?: OpenArgument,
): string {
  const orders = turn.map((made, index) => order(world, made, open?.call === index ? open.argument : undefined));
  const [first, ...rest] = orders as [string, ...string[]];
  const opening = random.pick(isFirst ? openings : [...openings, ...laterOpenings]);
  if (rest.length === 0) return sentence(`${opening}${first}`);
  if (rest.length === 1 && random.below(2) === 0) return sentence(`${opening}${first}, then ${rest[0]}`);
  const links = rest.map((one, index) => {
    const link =
      index === rest.length - 1 && index > 0
        ? random.pick(["Finally, ", "At last, "])
        : random.pick(["Then ", "After that, ", "Next, "]);
    return sentence(link + one);
  });
  return [sentence(`${opening}${first}`), ...links].join(" ");
}
const openings = ["", "", "please ", "I need you to ", "I would like you to "];
const laterOpenings = ["now ", "next, ", "all right, now "];

/** What a user says next to name what was left open. */
export function answerOf(world: World, { call }: MadeCall, argument: string, random: SeededRandom): string {
  const { noun } = nounOf(world.toolNamed.get(call.tool)!, argument);
  const value = spoken(call.args[argument]);
  return sentence(
    random.pick([`the ${noun} is ${value}`, `sorry, the ${noun}: ${value}`, `I mean this ${noun}: ${value}`]),
  );
}

function order(world: World, { call, references }: MadeCall, open: string | undefined): string {
  const tool = world.toolNamed.get(call.tool)!;
  const said: Record<string, string> = {};
  const phrases: string[] = [];
  for (const [argument, value] of Object.entries(call.args)) {
    const reference = references.find((one) => one.argument === argument);
    const phrase =
      argument === open ? openPhrase(tool, argument) : reference ? referencePhrase(tool, reference) : undefined;
    said[argument] = phrase ?? spoken(value);
    if (phrase) phrases.push(phrase);
  }
  const asked = tool.request.ask?.(said, call.args) ?? plainOrder(tool, said);
  if (typeof asked !== "string" || asked.trim() === "")
    throw new Error(`${tool.part}.${tool.name}: 'ask' says nothing; return what a user would ask for, or leave it out`);
  return withoutDoubles(asked, phrases);
}

/** From the description: its first clause, and the arguments by name. */
function plainOrder(tool: WorldTool, said: Readonly<Record<string, string>>): string {
  const clause = tool.tool.spec.description
    .split(/[.:;(]|, (?!and )/, 1)[0]!
    .replaceAll("`", "")
    .trim();
  const given = Object.entries(said).map(([name, value]) => `${nounOf(tool, name).noun}: ${value}`);
  const lowered = /^[A-Z][a-z]/.test(clause) ? clause[0]!.toLowerCase() + clause.slice(1) : clause || words(tool.name);
  return given.length === 0 ? lowered : `${lowered} (${given.join("; ")})`;
}

/** A value as a user writes it: texts quoted, lists with "and", fields by name. */
export function spoken(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return listed(value.map(spoken));
  if (typeof value !== "object" || value === null) return String(value);
  const number = taggedNumber(value);
  if (number !== undefined) return number;
  return listed(Object.entries(value).map(([name, item]) => `${words(name)} ${spoken(item)}`));
}

const quoted = (text: string): string => (text.includes('"') && !text.includes("'") ? `'${text}'` : `"${text}"`);
const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "nothing") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

const sentence = (text: string): string => {
  const capital = text[0]!.toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};

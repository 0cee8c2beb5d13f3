import { sha256 } from "../core/canonical.ts";
import type { SeededRandom } from "../core/seeded-random.ts";
import { releaseMessage } from "../task/bfcl/build-task.ts";
import type { Task, TaskTurn } from "../task/task.ts";
import type { Conversation } from "./conversation.ts";
import { shuffled } from "./dice.ts";
import { leavesOf } from "./leaves.ts";
import { inDocument, Readable } from "./readable.ts";
import { standInsOf } from "./stand-ins.ts";
import { answerOf, messageOf } from "./wording.ts";
import type { World } from "./world.ts";

/** A conversation with its messages, before it is one task or several. */
export interface Worded extends Conversation {
  readonly family: string;
  readonly messages: readonly string[];
}

/** The family is named by what the conversation is, so that the same one has the same name whatever the seed. */
export function word(world: World, conversation: Conversation, random: SeededRandom): Worded {
  const { config, turns } = conversation;
  const calls = turns.map((turn) => turn.map(({ call }) => call));
  const key = sha256(JSON.stringify([world.parts, config, calls])).slice(0, 12);
  const family = `generated_${world.parts.join("_")}_${key}`;
  return { ...conversation, family, messages: turns.map((turn, index) => messageOf(world, turn, index === 0, random)) };
}

export function taskOf(
  world: World,
  { family, config }: Pick<Worded, "family" | "config">,
  category: Task["category"],
  turns: readonly TaskTurn[],
  longContext = false,
): Task {
  // Another seed may word the same conversation otherwise: its own task then, of the same family.
  const wording = sha256(JSON.stringify([config, turns])).slice(0, 4);
  return {
    id: `${category}_${family}_${wording}`,
    ...{ family, category, environments: [...world.parts] },
    ...{ config: { ...config }, longContext, turns: [...turns] },
  };
}

export const plainTurns = ({ turns, messages }: Worded): TaskTurn[] =>
  turns.map((turn, index) => ({ user: messages[index]!, groundTruth: turn.map(({ call }) => call) }));

/** The turns with one tool missing until it is needed, and with it whatever could do its work; undefined where none can be. */
export function withMissingTool(
  world: World,
  worded: Worded,
  start: object,
  random: SeededRandom,
): TaskTurn[] | undefined {
  const plain = plainTurns(worded);
  const before = statesBefore(world, plain, start);
  const changes = (at: number) => world.toolNamed.get(plain[at]!.groundTruth[0]!.tool)!.tool.effect === "write";
  const order = shuffled(random, [...plain.keys()]);
  // What an answer would have told may be found out some other way; what a change would have done, hardly.
  for (const at of [...order.filter(changes), ...order.filter((turn) => !changes(turn))]) {
    // The first call of its turn, so that nothing can be done there without it.
    const call = plain[at]!.groundTruth[0]!;
    const standIns = standInsOf(world, before[at]!, call, random);
    if (standIns === false) continue;
    const missing = [call.tool, ...standIns];
    const earlier = plain.slice(0, at).flatMap(({ groundTruth }) => groundTruth.map(({ tool }) => tool));
    if (earlier.some((tool) => missing.includes(tool))) continue;
    const turns = plain.toSpliced(
      at,
      1,
      { user: plain[at]!.user, groundTruth: [] },
      { user: releaseMessage, groundTruth: plain[at]!.groundTruth, release: missing },
    );
    return turns.with(0, { ...turns[0]!, holdOut: missing });
  }
  return undefined;
}

/** The turns with one needed value missing from a message and given in the next; undefined where every value is known anyhow. */
export function withMissingValue(
  world: World,
  worded: Worded,
  start: object,
  random: SeededRandom,
): TaskTurn[] | undefined {
  const plain = plainTurns(worded);
  const reads = readBefore(world, plain, start);
  for (const at of shuffled(random, [...plain.keys()])) {
    const made = worded.turns[at]![0]!;
    const { tool, parameters, name } = world.toolNamed.get(made.call.tool)!;
    for (const argument of shuffled(random, Object.keys(made.call.args))) {
      if (!parameters.some((parameter) => parameter.name === argument && parameter.required)) continue;
      if (made.references.some((reference) => reference.argument === argument)) continue;
      const leaves = leavesOf(made.call.args[argument]);
      if (leaves.length === 0) continue;
      const user = messageOf(world, worded.turns[at]!, at === 0, random, { call: 0, argument });
      const read = reads[at]!.copy();
      read.say(user);
      if (leaves.some(({ value }) => read.has(value) || inDocument(value, name, tool))) continue;
      return plain.toSpliced(
        at,
        1,
        { user, groundTruth: [] },
        { user: answerOf(world, made, argument, random), groundTruth: plain[at]!.groundTruth },
      );
    }
  }
  return undefined;
}

function statesBefore({ environment }: World, turns: readonly TaskTurn[], start: object): object[] {
  const states: object[] = [];
  let state = start;
  for (const { groundTruth } of turns) {
    states.push(state);
    for (const call of groundTruth) state = environment.step(state, call).state;
  }
  return states;
}

/** What has been read before each turn. */
function readBefore({ environment }: World, turns: readonly TaskTurn[], start: object): Readable[] {
  const read = new Readable();
  let state = start;
  return turns.map(({ user, groundTruth }) => {
    const before = read.copy();
    read.say(user);
    for (const call of groundTruth) {
      const step = environment.step(state, call);
      state = step.state;
      if (step.outcome.ok) read.result(environment.text(call.tool, step.outcome), step.outcome.value);
    }
    return before;
  });
}

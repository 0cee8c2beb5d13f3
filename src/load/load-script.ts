import type { SeededRandom } from "../core/seeded-random.ts";
import { randomFields, type ValueSchema } from "../rollout/random-value.ts";

/** What a session does in an episode: asked once at its start, with what `reset` answered, and then for each action. */
export type LoadScript = (random: SeededRandom, opening: unknown) => () => object;

/** `{message: …}`, the action of OpenEnv's echo environments. */
export const echoScript: LoadScript = () => {
  let step = 0;
  return () => ({ message: `Hello from step ${++step}` });
};

/** One call of a tool over and over. */
export const callScript =
  (tool: string, args: object): LoadScript =>
  () =>
  () => ({ type: "call_tool", tool_name: tool, arguments: args });

/** The actions of a list in turn, each episode from its beginning. */
export const listScript =
  (actions: readonly object[]): LoadScript =>
  () => {
    let next = 0;
    return () => actions[next++ % actions.length]!;
  };

/** Of the actions of a random script, this share ends a turn; the others call a tool. */
const endingShare = 0.25;
const turnEnder = "next_user_request";

/** Calls of the offered tools with arguments that fit their schemas; every fourth, on average, asks for the next request. */
export const randomToolsScript: LoadScript = (random, opening) => {
  const draw = callDrawer(random, opening);
  return () => {
    const { name, args } = draw();
    return { type: "call_tool", tool_name: name, arguments: args };
  };
};

/** The same as messages of a model: each has a call, or ends the turn with a text. */
export const randomMessagesScript: LoadScript = (random, opening) => {
  const draw = callDrawer(random, opening);
  let step = 0;
  return () => {
    const { name, args } = draw();
    step += 1;
    if (name === turnEnder) return { type: "message", content: "That is done." };
    const call = { id: `call_${step}`, type: "function", function: { name, arguments: JSON.stringify(args) } };
    return { type: "message", content: null, tool_calls: [call] };
  };
};

interface OfferedTool {
  readonly name: string;
  readonly parameters: ValueSchema;
}

function callDrawer(random: SeededRandom, opening: unknown): () => { readonly name: string; readonly args: object } {
  const tools = offeredTools(opening).filter(({ name }) => name !== turnEnder);
  return () => {
    if (tools.length === 0 || random.number() < endingShare) return { name: turnEnder, args: {} };
    const { name, parameters } = random.pick(tools);
    return { name, args: randomFields(parameters, random) };
  };
}

/** The tools in an observation, in the form of chat completions or of `list_tools`; OpenEnv's tools mode has a key of its own for them. */
function offeredTools(opening: unknown): OfferedTool[] {
  const { available_tools, tools = available_tools ?? [] } = (opening ?? {}) as Record<string, readonly any[]>;
  return tools.map((tool) => {
    const { name, parameters, input_schema } = tool.function ?? tool;
    return { name, parameters: wholeNumbers(parameters ?? input_schema ?? {}) };
  });
}

/** Fractions are drawn in a form that is not JSON's. */
function wholeNumbers(schema: ValueSchema): ValueSchema {
  const { type, items, properties } = schema;
  return {
    ...schema,
    ...(type === "number" ? { type: "integer" } : {}),
    ...(items ? { items: wholeNumbers(items) } : {}),
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, wholeNumbers(of)])) }
      : {}),
  };
}

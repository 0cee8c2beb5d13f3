import { z } from "zod";
import { actionSchemas } from "../session/action.ts";

type Schema = Readonly<Record<string, unknown>>;

const withoutDialect = ({ $schema: _, ...schema }: Schema): Schema => schema;
const actionSchema = (name: keyof typeof actionSchemas) =>
  withoutDialect(z.toJSONSchema(actionSchemas[name], { io: "input" }) as Schema);

/** By the title, clients know that the server takes tool calls, and ask for the tools before they reset. */
const action: Schema = {
  title: "CallToolAction",
  description:
    'In mode "tools": call_tool. In mode "dialogue": message, which is what the model said as chat completions has it. In both: list_tools, which is no step, and end, for a conversation that was cut off before its task was over.',
  type: "object",
  anyOf: [
    { title: "CallTool", ...actionSchema("call_tool") },
    { title: "ListTools", ...actionSchema("list_tools") },
    { title: "Message", ...actionSchema("message") },
    { title: "End", ...actionSchema("end") },
  ],
};

const object = { type: "object" };
const text = { type: "string" };
const nullable = (type: string) => ({ type: [type, "null"] });
const list = (items: Schema, description?: string) => ({
  type: "array",
  items,
  ...(description ? { description } : {}),
});

const outcome = {
  done: { type: "boolean", description: "Whether the episode is over" },
  reward: { ...nullable("number"), description: "Of this step; null on reset, for list_tools, and in free play" },
};
const messages = list(object, "What was said, in the form of chat completions");
const offered = (when: string) => list(object, `The tools that are offered, in the form of chat completions; ${when}`);

const resetObservation: Schema = {
  title: "ResetObservation",
  type: "object",
  required: ["messages", "done", "reward"],
  properties: {
    messages,
    tools: offered('in mode "dialogue"'),
    available_tools: offered('in mode "tools"'),
    ...outcome,
  },
  additionalProperties: false,
};

const observation: Schema = {
  title: "Observation",
  description: "Of a step: what came after the model's message, the result of a call, or a list of tools.",
  type: "object",
  required: ["done", "reward"],
  properties: outcome,
  anyOf: [
    {
      title: "MessageObservation",
      required: ["messages"],
      properties: { messages, tools: offered("where they changed") },
    },
    {
      title: "CallToolObservation",
      required: ["tool_name", "result", "error"],
      properties: {
        tool_name: text,
        result: text,
        error: {
          ...nullable("object"),
          required: ["error_type", "message"],
          properties: {
            error_type: { enum: ["tool_not_found", "invalid_args", "execution_error"] },
            message: { ...text, description: "The result, with its hint" },
          },
        },
        available_tools: offered("where they changed"),
      },
    },
    {
      title: "ListToolsObservation",
      required: ["tools"],
      properties: {
        tools: list({
          ...{ type: "object", required: ["name", "description", "input_schema"] },
          properties: { name: text, description: text, input_schema: object },
        }),
      },
    },
  ],
};

const count = { type: "integer", minimum: 0 };
const state: Schema = {
  title: "State",
  type: "object",
  required: ["episode_id", "step_count"],
  properties: {
    episode_id: nullable("string"),
    step_count: count,
    task: text,
    mode: { enum: ["dialogue", "tools", null] },
    done: { type: "boolean" },
    turn: { ...count, description: "The turn being played, from 0" },
    turn_scores: list({ enum: [0, 1] }, "Of each turn that ended"),
    total_reward: { ...nullable("number"), description: "Of the steps so far" },
    ending: { ...object, description: "Why the episode is over" },
    state_hash: { ...nullable("string"), description: "SHA-256 of the environment's state in canonical form" },
  },
};

/** What `GET /schema` answers. */
export const schemas: Readonly<Record<"action" | "observation" | "reset_observation" | "state", Schema>> = {
  ...{ action, observation, reset_observation: resetObservation, state },
};

import type { ServerContext } from "../context.ts";
import { schemas } from "./schemas.ts";

type Json = Readonly<Record<string, unknown>>;

const json = (schema: Json): Json => ({ "application/json": { schema } });
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const object: Json = { type: "object" };
const ok = (schema: Json): Json => ({ "200": { description: "As asked", content: json(schema) } });
const refused = { description: "Refused, with the reason in `detail`", content: json(object) };

const get = (tag: string, summary: string, schema: Json = object): Json => ({
  get: { tags: [tag], summary, responses: ok(schema) },
});
const post = (tag: string, summary: string, body: Json, schema: Json = object): Json => ({
  post: {
    ...{ tags: [tag], summary, requestBody: { content: json(body) } },
    responses: { ...ok(schema), "422": refused },
  },
});

const reply = (observation: string): Json => ({
  type: "object",
  required: ["observation", "reward", "done"],
  properties: {
    observation: ref(observation),
    reward: { type: ["number", "null"] },
    done: { type: "boolean" },
    metadata: { ...object, description: "For whoever trains or watches, not for the model" },
  },
});

const named: Json = { name: "env_name", in: "path", required: true, schema: { type: "string" } };
const inPath = (path: Json): Json => ({ parameters: [named], ...path });

const always: Json = {
  "/health": get("Health", "Whether the server takes new episodes"),
  "/metadata": get("Environment Info", "What is served"),
  "/schema": get("Schema", "The schemas of actions, observations and states"),
  "/mcp": post("MCP", "JSON-RPC 2.0: tools/list, tools/call, openenv/session/create, openenv/session/close", object),
  "/list_environments": get("Task API", "The name of what is served", { type: "array", items: { type: "string" } }),
  "/{env_name}/splits": inPath(get("Task API", "The splits", { type: "array", items: object })),
  "/{env_name}/tasks": inPath(post("Task API", "The tasks of a split", ref("Split"))),
  "/{env_name}/num_tasks": inPath(post("Task API", "How many tasks a split has", ref("Split"))),
  "/{env_name}/task": inPath(post("Task API", "One task of a split, by its index", ref("Split"))),
  "/{env_name}/task_range": inPath(post("Task API", "Some tasks of a split, from start up to stop", ref("Split"))),
};
const inSimulation: Json = {
  "/reset": post(
    "Environment Control",
    "An episode's first observation; the episode is not kept",
    object,
    reply("ResetObservation"),
  ),
  "/step": post(
    "Environment Control",
    "What an action does in a new episode, which is not kept",
    { type: "object", required: ["action"], properties: { action: ref("Action") } },
    reply("Observation"),
  ),
  "/state": get("State Management", "The state before any episode", ref("State")),
};

/** What `GET /openapi.json` answers; its version is that of OpenEnv's HTTP interface. */
export const openApi = ({ openEnvMode, table: { catalog } }: ServerContext): Json => ({
  openapi: "3.1.0",
  info: { title: `${catalog.name}: OpenEnv environment`, version: "1.0.0", description: catalog.description },
  paths: openEnvMode === "simulation" ? { ...always, ...inSimulation } : always,
  components: {
    schemas: {
      ...{ Action: schemas.action, Observation: schemas.observation, State: schemas.state },
      ResetObservation: schemas.reset_observation,
      Split: {
        ...{ type: "object", required: ["split"] },
        properties: {
          split: { type: "string" },
          ...Object.fromEntries(["index", "start", "stop"].map((key) => [key, { type: "integer" }])),
        },
      },
    },
  },
});

import { type Context, Hono } from "hono";
import { suggestion } from "../../task/issue.ts";
import type { Task } from "../../task/task.ts";
import type { Catalog } from "../catalog.ts";
import { answerBody, badBody, HttpRefusal } from "./body.ts";
import { isObject, type Problem, unknownKeys } from "./problem.ts";

/** OpenEnv's Task API: what there is to reset to, with `split` and `index`. */
export function taskApiRoutes(catalog: Catalog): Hono {
  const { name, splits } = catalog;
  const app = new Hono();
  app.get("/list_environments", (c) => c.json([name]));
  app.get("/:environment/splits", (c) =>
    answerBody(c, () => {
      checkEnvironment(c, name);
      return Object.keys(splits).map((split) => ({ name: split, type: splitType(split) }));
    }),
  );
  const post = (path: string, keys: readonly string[], make: (tasks: readonly Task[], body: Body) => object) =>
    app.post(`/:environment/${path}`, (c) =>
      answerBody(c, (given) => {
        checkEnvironment(c, name);
        const body = readBody(given, keys);
        return make(tasksOf(catalog, body.split), body);
      }),
    );
  post("tasks", [], (tasks, { split }) => ({
    tasks: tasks.map((task, index) => spec(task, split, index)),
    env_name: name,
  }));
  post("num_tasks", [], (tasks) => ({ num_tasks: tasks.length }));
  post("task", ["index"], (tasks, { split, index }) => {
    const task = tasks[index!];
    if (!task) throw new HttpRefusal(400, `Invalid task index: split '${split}' has ${tasks.length} tasks`);
    return { task: spec(task, split, index!) };
  });
  post("task_range", ["start", "stop"], (tasks, { split, start, stop }) => ({
    tasks: tasks.map((task, index) => spec(task, split, index)).slice(start ?? 0, stop ?? undefined),
  }));
  return app;
}

const splitTypes: ReadonlySet<string> = new Set(["train", "validation", "test"]);
const splitType = (split: string): string => (splitTypes.has(split) ? split : "validation");

/** What may be known of a task before it is played: neither what its users say, nor what a solution does. */
function spec({ id, family, category, environments, longContext, turns }: Task, split: string, index: number) {
  const facts = { id, family, category, environments, long_context: longContext, turns: turns.length };
  return { ...facts, split, index };
}

function checkEnvironment(c: Context, name: string): void {
  const given = c.req.param("environment") ?? "";
  if (given.toLowerCase() === name.toLowerCase()) return;
  throw new HttpRefusal(404, `unknown environment '${given.slice(0, 100)}'; there is '${name}'`);
}

function tasksOf({ splits }: Catalog, split: string): readonly Task[] {
  if (Object.hasOwn(splits, split)) return splits[split]!;
  throw new HttpRefusal(
    400,
    `Invalid split: there is no '${split.slice(0, 100)}'; ${suggestion(split, Object.keys(splits))}`,
  );
}

interface Body {
  readonly split: string;
  readonly index?: number;
  readonly start?: number | null;
  readonly stop?: number | null;
}

function readBody(body: unknown, keys: readonly string[]): Body {
  if (!isObject(body)) throw badBody([{ path: [], message: "must be an object with a split" }]);
  const problems: Problem[] = unknownKeys(body, ["split", ...keys]);
  if (typeof body.split !== "string") problems.push({ path: ["split"], message: "must be a string" });
  for (const key of keys) {
    const value = body[key] ?? undefined;
    if (Number.isSafeInteger(value) || (value === undefined && key !== "index")) continue;
    problems.push({ path: [key], message: "must be a whole number" });
  }
  if (problems.length > 0) throw badBody(problems);
  return body as unknown as Body;
}

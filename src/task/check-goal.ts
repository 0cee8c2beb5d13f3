import type { Environment } from "../core/environment.ts";
import { signatureOf } from "../core/step.ts";
import type { Tools } from "../core/tool.ts";
import { alternatives, type Condition, type Goal, isCallCondition, type SingleCondition } from "./goal.ts";
import { type Finding, suggestion } from "./issue.ts";
import type { Task } from "./task.ts";

type Path = readonly PropertyKey[];

/** Holds the goals of a task against its environments: tools, arguments, and the attributes that paths begin with. */
export function checkGoals(task: Task, environment: Environment): Finding[] {
  const attributes = attributesOf(task, environment);
  const first = task.turns.findIndex(({ goal }) => goal !== undefined);
  return task.turns.flatMap(({ goal, groundTruth }, index) => {
    const path: Path = ["turns", index, "goal"];
    if (goal === undefined)
      return first >= 0 && index > first && groundTruth.length > 0 ? [{ path, message: needsGoal(first) }] : [];
    const findings = groundTruth.length === 0 ? [{ path, message: needsWitness }] : [];
    return [...findings, ...goalFindings(goal, path, environment.tools, attributes)];
  });
}

const needsWitness = "a goal needs a witness: give a groundTruth that reaches it, or leave the goal out";
const needsGoal = (first: number) =>
  `missing; after the goal of turns[${first}] there is more than one right state, so this turn needs a goal too`;

/** The public attributes of each environment by its name; undefined where no state can start, which is reported elsewhere. */
function attributesOf(
  { config }: Task,
  { parts }: Environment,
): Readonly<Record<string, readonly string[]>> | undefined {
  try {
    const names = Object.entries(parts).map(([name, part]) => [
      name,
      Object.keys(part.attributes(part.init(config[name] ?? {}))),
    ]);
    return Object.fromEntries(names);
  } catch {
    return undefined;
  }
}

type Attributes = ReturnType<typeof attributesOf>;

function goalFindings(goal: Goal, path: Path, tools: Tools, attributes: Attributes): Finding[] {
  const conditions = (list: readonly Condition[] = [], name: string) =>
    list.flatMap((condition, index) =>
      alternatives(condition).flatMap((one, alternative) => {
        const place = [...path, name, index, ...("anyOf" in condition ? ["anyOf", alternative] : [])];
        return isCallCondition(one)
          ? callFindings(one, place, tools)
          : stateFindings(one.path, [...place, "path"], attributes, false);
      }),
    );
  return [
    ...conditions(goal.reach, "reach"),
    ...conditions(goal.avoid, "avoid"),
    ...(goal.mayChange ?? []).flatMap((pattern, index) =>
      stateFindings(pattern, [...path, "mayChange", index], attributes, true),
    ),
  ];
}

const allBelow = "'**' stands for all below at the end of a path in mayChange alone; write '*' for one part";

function stateFindings(written: string, path: Path, attributes: Attributes, mayBeOpen: boolean): Finding[] {
  if (attributes === undefined) return [];
  const parts = written.split("/");
  const [environment = "", attribute] = parts;
  const found = (message: string): Finding[] => [{ path, message }];
  if (environment === "*" || environment === "**") return found("a path begins with the name of an environment");
  if ((mayBeOpen ? parts.slice(0, -1) : parts).includes("**")) return found(allBelow);
  if (!Object.hasOwn(attributes, environment))
    return found(`the task does not run in '${environment}'; ${suggestion(environment, Object.keys(attributes))}`);
  const known = attributes[environment]!;
  if (attribute === undefined || attribute === "")
    return found(`name an attribute of '${environment}' after a slash; ${suggestion("", known)}`);
  if (attribute === "*" || attribute === "**" || known.includes(unescaped(attribute))) return [];
  return found(`'${environment}' has no public attribute '${attribute}'; ${suggestion(attribute, known)}`);
}

const unescaped = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");

function callFindings(
  { tool, args = {} }: Extract<SingleCondition, { tool: string }>,
  path: Path,
  tools: Tools,
): Finding[] {
  const definition = Object.hasOwn(tools, tool) ? tools[tool] : undefined;
  if (!definition)
    return [
      { path: [...path, "tool"], message: `no tool is named '${tool}'; ${suggestion(tool, Object.keys(tools))}` },
    ];
  const { parameters } = signatureOf(tool, definition);
  return Object.keys(args)
    .filter((name) => !parameters.includes(name))
    .map((name) => ({
      path: [...path, "args", name],
      message: `'${tool}' has no argument '${name}'; ${suggestion(name, parameters)}`,
    }));
}

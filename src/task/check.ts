import type { z } from "zod";
import type { Environment } from "../core/environment.ts";
import { signatureOf } from "../core/step.ts";
import type { Tool, Tools } from "../core/tool.ts";
import { checkGoals } from "./check-goal.ts";
import { type Finding, issueProblems, suggestion } from "./issue.ts";
import type { Task, TaskCall } from "./task.ts";

export type EnvironmentOf = (names: readonly string[]) => Environment;

/** What a check found: `problems` make a task unusable, `warnings` look like the author's slip. */
export interface Findings {
  readonly problems: Finding[];
  readonly warnings: Finding[];
}

/** Holds a task that fits the schema against the environments it names: configs, tools, arguments, held-out tools. */
export function checkTask(task: Task, environmentOf: EnvironmentOf): Findings {
  const findings: Findings = { problems: [], warnings: [] };
  const environment = resolve(task, environmentOf, findings);
  checkConfig(task, environmentOf, findings);
  if (!environment) return findings;
  const tools = environment.tools as Tools;
  checkNames(task.excluded ?? [], ["excluded"], tools, findings);
  const hidden = new Set<string>();
  for (const [index, turn] of task.turns.entries()) {
    const path = ["turns", index];
    checkHeldOut(turn, path, hidden, tools, findings);
    for (const [position, call] of turn.groundTruth.entries()) {
      const callPath = [...path, "groundTruth", position];
      checkCall(call, callPath, tools, findings);
      if (hidden.has(call.tool))
        findings.warnings.push({ path: [...callPath, "tool"], message: `'${call.tool}' is held out in this turn` });
      if (task.excluded?.includes(call.tool))
        findings.warnings.push({ path: [...callPath, "tool"], message: `'${call.tool}' is excluded in this task` });
    }
  }
  findings.problems.push(...checkGoals(task, environment));
  return findings;
}

/** The joined environment; undefined, with the problems reported, where a name is unknown or two cannot be joined. */
function resolve(task: Task, environmentOf: EnvironmentOf, { problems }: Findings): Environment | undefined {
  const before = problems.length;
  for (const [index, name] of task.environments.entries()) {
    const path = ["environments", index];
    if (task.environments.indexOf(name) < index) problems.push({ path, message: `'${name}' is named twice` });
    else
      attempt(
        () => environmentOf([name]),
        (message) => problems.push({ path, message }),
      );
  }
  if (problems.length > before) return undefined;
  return attempt(
    () => environmentOf(task.environments),
    (message) => problems.push({ path: ["environments"], message }),
  );
}

function checkConfig({ config, environments }: Task, environmentOf: EnvironmentOf, { problems }: Findings): void {
  for (const name of Object.keys(config))
    if (!environments.includes(name))
      problems.push({
        path: ["config", name],
        message: `the task does not run in '${name}'; add it to environments or remove its config`,
      });
  for (const name of new Set(environments)) {
    const environment = attempt(() => environmentOf([name]));
    const part = environment?.parts[name];
    if (!part) continue;
    const path = ["config", name];
    const given = Object.hasOwn(config, name) ? config[name] : {};
    const parsed = part.configSchema.safeParse(given);
    if (!parsed.success)
      for (const issue of issueProblems(parsed.error.issues, given))
        problems.push({ path: [...path, ...issue.path], message: issue.message });
    else
      attempt(
        () => part.init(given),
        (message) => problems.push({ path, message: `no state can start from it: ${message}` }),
      );
  }
}

function checkHeldOut(
  { holdOut = [], release = [] }: Task["turns"][number],
  path: readonly PropertyKey[],
  hidden: Set<string>,
  tools: Tools,
  findings: Findings,
): void {
  checkNames(release, [...path, "release"], tools, findings);
  checkNames(holdOut, [...path, "holdOut"], tools, findings);
  for (const [index, name] of release.entries())
    if (Object.hasOwn(tools, name) && !hidden.delete(name))
      findings.problems.push({
        path: [...path, "release", index],
        message: `'${name}' is not held out at this point; name it in holdOut of an earlier turn`,
      });
  for (const [index, name] of holdOut.entries()) {
    if (release.includes(name))
      findings.problems.push({
        path: [...path, "holdOut", index],
        message: `'${name}' is released in this very turn; name it in one of the two`,
      });
    else if (hidden.has(name))
      findings.problems.push({ path: [...path, "holdOut", index], message: `'${name}' is held out already` });
    hidden.add(name);
  }
}

function checkNames(
  names: readonly string[],
  path: readonly PropertyKey[],
  tools: Tools,
  { problems }: Findings,
): void {
  for (const [index, name] of names.entries())
    if (!Object.hasOwn(tools, name)) problems.push({ path: [...path, index], message: unknownTool(name, tools) });
}

function checkCall(call: TaskCall, path: readonly PropertyKey[], tools: Tools, { problems }: Findings): void {
  const tool = Object.hasOwn(tools, call.tool) ? tools[call.tool] : undefined;
  if (!tool) {
    problems.push({ path: [...path, "tool"], message: unknownTool(call.tool, tools) });
    return;
  }
  const { parameters, required } = signatureOf(call.tool, tool);
  const args = [...path, "args"];
  for (const name of Object.keys(call.args))
    if (!parameters.includes(name))
      problems.push({
        path: [...args, name],
        message: `'${call.tool}' has no argument '${name}'; ${suggestion(name, parameters)}`,
      });
  for (const name of required)
    if (!Object.hasOwn(call.args, name))
      problems.push({ path: [...args, name], message: `missing; '${call.tool}' needs it` });
  const parsed = strictArguments(tool).safeParse(call.args);
  if (parsed.success) return;
  const issues: readonly z.core.$ZodIssue[] = parsed.error.issues;
  const typed = issues.filter((issue) => issue.path.length > 0 && Object.hasOwn(call.args, String(issue.path[0])));
  for (const { path: inner, message } of issueProblems(typed, call.args))
    problems.push({ path: [...args, ...inner], message });
}

const unknownTool = (name: string, tools: Tools): string =>
  `no tool is named '${name}'; ${suggestion(name, Object.keys(tools))}`;

const strictSchemas = new WeakMap<Tool, ReturnType<Tool["spec"]["args"]["strict"]>>();

function strictArguments(tool: Tool) {
  let schema = strictSchemas.get(tool);
  if (!schema) {
    schema = tool.spec.args.strict();
    strictSchemas.set(tool, schema);
  }
  return schema;
}

function attempt<T>(run: () => T, failed: (message: string) => void = () => {}): T | undefined {
  try {
    return run();
  } catch (error) {
    failed((error as Error).message);
    return undefined;
  }
}

import { sha256 } from "../../core/canonical.ts";
import { suggestion } from "../../task/issue.ts";
import { DataError } from "../../task/problem.ts";
import { taskLine } from "../../task/save.ts";
import { environmentModuleOf } from "../environment-module.ts";
import { boundedPolicies } from "./floors-check.ts";
import type { VerifySubject } from "./subject.ts";

/** Environments of one's own with the tasks that their module exports. Throws a `DataError` that says what is missing. */
export function moduleSubject(
  module: object,
  name: string,
  chosen: Pick<VerifySubject, "seed" | "quick">,
): VerifySubject {
  const { library, tasks, start, laws, bounds, environmentOf } = environmentModuleOf(module, name);
  for (const policy of Object.keys(bounds))
    if (!boundedPolicies.includes(policy))
      throw new DataError(`${name}: bounds["${policy}"]: ${suggestion(policy, boundedPolicies)}`);
  return {
    ...{ name, tasks, bounds, environmentOf, hints: library, ...chosen },
    hash: sha256((start ? [start] : tasks).map(taskLine).join("\n")),
    environments: Object.fromEntries(Object.entries(library).map(([part, { environment }]) => [part, environment])),
    laws: start ? withConfig(laws, start.config) : laws,
    ...(start ? { start } : {}),
  };
}

/** Without tasks, the module's config is where programs start. */
function withConfig(laws: VerifySubject["laws"] = {}, config: Readonly<Record<string, unknown>>) {
  const names = new Set([...Object.keys(config), ...Object.keys(laws)]);
  return Object.fromEntries([...names].map((name) => [name, { config: config[name] ?? {}, ...laws[name] }]));
}

import { alternatives, type Condition, type Goal, isCallCondition, type SingleCondition } from "../task/goal.ts";
import { type Renaming, renamed, renamedText } from "./renaming.ts";

/** A goal with a renaming carried out in its values and in its paths, past the names of environment and attribute. */
export function renamedGoal({ reach, avoid, mayChange }: Goal, renaming: Renaming): Goal {
  const single = (condition: SingleCondition): SingleCondition => {
    if (!isCallCondition(condition)) {
      const { path, ...expected } = condition;
      return { path: renamedPath(path, renaming), ...renamedValues(expected, renaming) };
    }
    return condition.args ? { ...condition, args: renamedValues(condition.args, renaming) } : condition;
  };
  const any = (condition: Condition): Condition =>
    "anyOf" in condition ? { anyOf: alternatives(condition).map(single) } : single(condition);
  return {
    reach: reach.map(any),
    ...(avoid ? { avoid: avoid.map(any) } : {}),
    ...(mayChange ? { mayChange: mayChange.map((path) => renamedPath(path, renaming)) } : {}),
  };
}

const renamedValues = (values: object, renaming: Renaming): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, renamed(value, renaming)]));

function renamedPath(path: string, renaming: Renaming): string {
  const parts = path.split("/").map((part, index) => {
    if (index < 2) return part;
    const name = renamedText(part.replaceAll("~1", "/").replaceAll("~0", "~"), renaming);
    return name.replaceAll("~", "~0").replaceAll("/", "~1");
  });
  return parts.join("/");
}

/** Whether a goal holds an old name inside a longer one, as `R2101-2` does, which the environment would now call otherwise. */
export function stillNames(goal: Goal, renaming: Renaming): boolean {
  const text = JSON.stringify(goal);
  return [...renaming.keys()].some((name) => String(name).length >= 3 && text.includes(String(name)));
}

import { type Part, parts, type Split } from "./parts.ts";
import { domainOf } from "./split-by-family.ts";
import { categories, type Task } from "./task.ts";

export interface PartAudit {
  readonly tasks: number;
  readonly families: number;
  readonly categories: Readonly<Record<Task["category"], number>>;
  readonly domains: Readonly<Record<string, number>>;
  /** Tasks with another variant of the same conversation in train. */
  readonly withSiblingInTrain: number;
  /** The share of them, 0 to 1; 0 for an empty part. */
  readonly leak: number;
}
export type SplitAudit = Readonly<Record<Part, PartAudit>> & {
  /** Tasks that stand in no part. */
  readonly left: number;
};

/** How large the parts of a split are, and how much of test and validation is known from training. */
export function auditSplit(split: Split, tasks: readonly Task[] = []): SplitAudit {
  const trained = new Set(split.train.map(({ family }) => family));
  const placed = new Set(parts.flatMap((part) => split[part].map(({ id }) => id)));
  const audit = (part: Part): PartAudit => {
    const members = split[part];
    const withSiblingInTrain = part === "train" ? 0 : members.filter(({ family }) => trained.has(family)).length;
    return {
      tasks: members.length,
      families: new Set(members.map(({ family }) => family)).size,
      categories: Object.fromEntries(
        categories.map((name) => [name, members.filter(({ category }) => category === name).length]),
      ) as PartAudit["categories"],
      domains: countBy(members, domainOf),
      withSiblingInTrain,
      leak: members.length === 0 ? 0 : withSiblingInTrain / members.length,
    };
  };
  return {
    train: audit("train"),
    validation: audit("validation"),
    test: audit("test"),
    left: tasks.filter(({ id }) => !placed.has(id)).length,
  };
}

function countBy(tasks: readonly Task[], key: (task: Task) => string): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const task of tasks) counts.set(key(task), (counts.get(key(task)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

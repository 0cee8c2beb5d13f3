import { nearestName } from "../core/nearest-name.ts";
import type { IdLists } from "./id-lists.ts";
import { suggestion } from "./issue.ts";
import type { Split } from "./parts.ts";
import { DataError, type Problem } from "./problem.ts";
import type { Task } from "./task.ts";

/** The tasks that the lists name; an id that no task has, or that stands twice, is a problem. */
export function splitByIds(tasks: readonly Task[], lists: IdLists): Split {
  const taskOf = new Map(tasks.map((task) => [task.id, task]));
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  const select = ({ file, ids }: IdLists["train"]): readonly Task[] =>
    ids.flatMap(({ id, line }) => {
      const task = taskOf.get(id);
      const earlier = seen.get(id);
      if (!task) problems.push({ file, line, message: `no task has the id '${id}'${hint(id, tasks)}` });
      else if (earlier)
        problems.push({ file, line, message: `'${id}' stands in ${earlier} already; remove one of the two` });
      seen.set(id, earlier ?? `line ${line} of ${file}`);
      return task ? [task] : [];
    });
  const chosen = { train: select(lists.train), validation: select(lists.validation), test: select(lists.test) };
  if (problems.length > 0) throw new DataError("the id lists do not make a split", problems);
  return chosen;
}

function hint(id: string, tasks: readonly Task[]): string {
  const known = tasks.map((task) => task.id);
  return nearestName(id, known) === undefined ? "" : `; ${suggestion(id, known)}`;
}

import type { IdLists } from "./id-lists.ts";
import type { Shares, Split } from "./parts.ts";
import { splitByFamily } from "./split-by-family.ts";
import { splitByIds } from "./split-by-ids.ts";
import { splitLikePaper } from "./split-like-paper.ts";
import type { Task } from "./task.ts";

export type SplitOptions =
  /** Whole families, spread evenly over domains; 80, 20 and 100 of BFCL's 200 unless other shares are given. */
  | { readonly by: "family"; readonly seed?: number; readonly shares?: Shares }
  /** The paper's: in each category by itself, one half to train and the other to test. Siblings end up on both sides. */
  | { readonly by: "paper"; readonly seed?: number }
  /** Lists of task ids; tasks in no list are left out. */
  | { readonly by: "ids"; readonly ids: IdLists };

/** Divides tasks into train, validation and test, the same for the same tasks and options, whatever order the tasks come in. */
export function split(tasks: readonly Task[], options: SplitOptions): Split {
  switch (options.by) {
    case "family":
      return splitByFamily(tasks, options.seed ?? 0, options.shares);
    case "paper":
      return splitLikePaper(tasks, options.seed ?? 0);
    case "ids":
      return splitByIds(tasks, options.ids);
  }
}

import { cat, diff, du, find, grep, ls, pwd, sort, tail, wc } from "./read-tools.ts";
import { fileSystemState } from "./state.ts";
import { cp, mv } from "./transfer-tools.ts";
import { recordedTree, sameTree } from "./tree.ts";
import { cd, echo, mkdir, rm, rmdir, touch } from "./write-tools.ts";

/** BFCL's GorillaFileSystem: 18 tools over a tree of directories and text files. */
export const fileSystem = fileSystemState.environment({
  tools: { pwd, ls, cd, mkdir, touch, echo, cat, find, wc, sort, grep, du, tail, diff, mv, rm, rmdir, cp },
  public: {
    long_context: (state) => state.longContext,
    root: { of: (state) => recordedTree(state, state.root), same: sameTree },
  },
  invariants: {
    "every index points into its table": ({ root, current, nodes, entries, files }) =>
      root < nodes.length &&
      current < nodes.length &&
      nodes.every(({ parent, entries: table }) => (parent ?? 0) < nodes.length && table < entries.length) &&
      entries.flat().every(([, type, id]) => id < (type === "file" ? files : nodes).length),
    "no directory lists a name twice": ({ entries }) =>
      entries.every((table) => new Set(table.map(([name]) => name)).size === table.length),
    "the working directory leads up to the root": ({ root, current, nodes }) => {
      let node = current;
      for (let steps = 0; steps < nodes.length; steps++) node = nodes[node]!.parent ?? node;
      return node === root;
    },
  },
});

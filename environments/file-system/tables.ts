import { indexWhere, withAppended, withItem, withoutItem } from "../../src/core/frozen-list.ts";
import type { Entry, State } from "./state.ts";
import type { Item } from "./tree.ts";

/** The tables of the state that a change replaces. */
export type Tables = Partial<Pick<State, "nodes" | "entries" | "files">>;

function withEntry(state: State, node: number, entry: Entry): State["entries"] {
  const table = state.nodes[node]!.entries;
  return withItem(state.entries, table, withAppended(state.entries[table]!, entry));
}

export function withoutEntry(state: State, name: string): State["entries"] {
  const table = state.nodes[state.current]!.entries;
  const at = indexWhere(state.entries[table]!, (entry) => entry[0] === name);
  return withItem(state.entries, table, withoutItem(state.entries[table]!, at));
}

export function withFile(state: State, parent: number, name: string, content: string): Tables {
  return {
    entries: withEntry(state, parent, [name, "file", state.files.length]),
    files: withAppended(state.files, { name, content }),
  };
}

export function withDirectory(state: State, parent: number, name: string): Tables & Pick<State, "entries"> {
  const entries = withEntry(state, parent, [name, "directory", state.nodes.length]);
  return {
    nodes: withAppended(state.nodes, { name, parent, entries: entries.length }),
    entries: withAppended(entries, []),
  };
}

/**
 * Puts an item into a directory under a name. A file's text goes into a new file. A directory gets a new node, which shares the
 * entries of the old one when moved and starts with a copy of them when copied; what lies below is shared either way.
 */
export function placed(state: State, parent: number, name: string, item: Item, directories: "share" | "copy"): Tables {
  if (item.type === "file") return withFile(state, parent, name, state.files[item.id]!.content);
  const added = withDirectory(state, parent, name);
  const old = state.nodes[item.id]!.entries;
  if (directories === "share") return { ...added, nodes: withAppended(state.nodes, { name, parent, entries: old }) };
  // Read after the directory was added: a directory that is copied into itself holds its copy.
  return { ...added, entries: withItem(added.entries, added.entries.length - 1, [...added.entries[old]!]) };
}

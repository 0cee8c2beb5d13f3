import { dictOf } from "../../src/python/dict.ts";
import { PythonError } from "../../src/python/error.ts";
import type { PyValue } from "../../src/python/value.ts";
import type { Entry, State } from "./state.ts";

/** What calls need of the one they name, and what making or copying it brings about. */
export const fileThere = "a file of that name here";
export const itemThere = "an item of that name here";
export const emptyFolderThere = "an empty folder of that name here";

/** Names that no file or directory may hold a character of. */
export const forbiddenCharacters = '|/\\?%*:"><';

export function hasForbiddenCharacter(name: string): boolean {
  for (const character of name) if (forbiddenCharacters.includes(character)) return true;
  return false;
}

export const entriesOf = (state: State, node: number): readonly Entry[] => state.entries[state.nodes[node]!.entries]!;

export type Item = { readonly type: "file" | "directory"; readonly id: number };

/** What a name stands for in a directory. A listed "." stands for the directory itself, whatever was made under that name. */
export function itemAt(state: State, node: number, name: string): Item | undefined {
  for (const [entryName, type, id] of entriesOf(state, node))
    if (entryName === name) return name === "." ? { type: "directory", id: node } : { type, id };
  return undefined;
}

export const itemHere = (state: State, name: string): Item | undefined => itemAt(state, state.current, name);

/** The text of a file in the current directory; undefined where there is none of that name. */
export function fileHere(state: State, name: string): string | undefined {
  const item = itemHere(state, name);
  return item?.type === "file" ? state.files[item.id]!.content : undefined;
}

/** Walks directory names from the current directory, or from the root if the path starts with a slash. */
export function directoryAt(state: State, path: string): number | undefined {
  if (path === ".") return state.current;
  if (path === "/") return state.root;
  let node = path.startsWith("/") ? state.root : state.current;
  for (const name of path.replace(/^\/+|\/+$/g, "").split("/")) {
    if (name === ".") continue;
    const item = itemAt(state, node, name);
    if (item?.type !== "directory") return undefined;
    node = item.id;
  }
  return node;
}

/** The path of the current directory as its own ancestors tell it. */
export function workingDirectory(state: State): string {
  const names: string[] = [];
  for (let node: number | null = state.current; node !== null; node = state.nodes[node]!.parent)
    names.unshift(state.nodes[node]!.name);
  return `/${names.join("/")}`;
}

export const namesHere = (state: State): string[] => entriesOf(state, state.current).map(([name]) => name);
export const filesHere = (state: State): string[] => namesOfType(state, "file");
export const directoriesHere = (state: State): string[] => namesOfType(state, "directory");
const namesOfType = (state: State, type: Item["type"]) =>
  entriesOf(state, state.current)
    .filter((entry) => entry[1] === type)
    .map(([name]) => name);

/**
 * How many names a walk from a directory meets, shared directories as often as they are met; a cycle is not gone round.
 * Infinite where the walk would go too deep.
 */
export function visibleNames(state: State, node: number, known = new Map<number, number>(), depth = 0): number {
  if (depth > deepest) return Number.POSITIVE_INFINITY;
  const { entries } = state.nodes[node]!;
  const counted = known.get(entries);
  if (counted !== undefined) return counted;
  known.set(entries, 0);
  let names = 1;
  for (const [, type, id] of state.entries[entries]!)
    names += type === "directory" ? visibleNames(state, id, known, depth + 1) : 1;
  known.set(entries, names);
  return names;
}

/** As many directories inside each other as Python's own stack lets it walk, within a few. */
const deepest = 980;

/** Visits every entry below a directory, outer ones first. Python gives up where a directory lies below itself, or too deep. */
export function walk(
  state: State,
  node: number,
  path: string,
  visit: (entry: Entry, path: string) => void,
  open: readonly number[] = [],
): void {
  if (open.length === deepest || open.includes(node))
    throw new PythonError("RecursionError", "maximum recursion depth exceeded");
  for (const entry of entriesOf(state, node)) {
    const [name, type, id] = entry;
    const inner = `${path}/${name}`;
    visit(entry, inner);
    if (type === "directory") walk(state, id, inner, visit, [...open, node]);
  }
}

/** The whole tree as recorded: `{ name, type, contents }`, and `{ $cycle: k }` for a container that is still open k levels up. */
export function recordedTree(state: State, node: number, open: readonly string[] = []): PyValue {
  const { name, entries } = state.nodes[node]!;
  return unlessOpen(`node ${node}`, open, (outer) => ({
    name,
    type: "directory",
    contents: unlessOpen(`entries ${entries}`, outer, (inner) =>
      dictOf(
        state.entries[entries]!.map(([entryName, type, id]): readonly [string, PyValue] => [
          entryName,
          type === "directory" ? recordedTree(state, id, inner) : { type, ...state.files[id]! },
        ]),
      ),
    ),
  }));
}

function unlessOpen(container: string, open: readonly string[], record: (open: readonly string[]) => PyValue): PyValue {
  const levels = open.indexOf(container);
  return levels >= 0 ? { $cycle: levels } : record([container, ...open]);
}

/** Whether two trees hold equal names and texts, whatever the order of entries. */
export function sameTree(a: State, b: State): boolean {
  if (a.nodes === b.nodes && a.entries === b.entries && a.files === b.files) return true;
  return a.nodes[a.root]!.name === b.nodes[b.root]!.name && sameDirectory(a, a.root, b, b.root, new Set());
}

/** A node bears the name of the entry it is listed under. One difference ends it all, so a pair looked at need not be looked at again. */
function sameDirectory(a: State, nodeA: number, b: State, nodeB: number, seen: Set<number>): boolean {
  const pair = nodeA * b.nodes.length + nodeB;
  if (seen.has(pair)) return true;
  seen.add(pair);
  const entriesA = entriesOf(a, nodeA);
  const entriesB = entriesOf(b, nodeB);
  if (entriesA.length !== entriesB.length) return false;
  for (let index = 0; index < entriesA.length; index++) {
    const [name, type, id] = entriesA[index]!;
    const opposite = entriesB[index]!;
    const other = opposite[0] === name ? opposite : entriesB.find((entry) => entry[0] === name);
    if (other?.[1] !== type) return false;
    if (type === "directory" ? !sameDirectory(a, id, b, other[2], seen) : !sameFile(a.files[id]!, b.files[other[2]]!))
      return false;
  }
  return true;
}

const sameFile = (a: State["files"][number], b: State["files"][number]) =>
  a === b || (a.name === b.name && a.content === b.content);

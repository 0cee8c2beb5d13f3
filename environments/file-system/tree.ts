import { dictOf } from "../../src/python/dict.ts";
import type { PyValue } from "../../src/python/value.ts";
import type { Entry, State } from "./state.ts";

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

/** How many names a walk from a directory meets, shared directories as often as they are met; a cycle is not gone round. */
export function visibleNames(state: State, node: number, known = new Map<number, number>()): number {
  const { entries } = state.nodes[node]!;
  const counted = known.get(entries);
  if (counted !== undefined) return counted;
  known.set(entries, 0);
  let names = 1;
  for (const [, type, id] of state.entries[entries]!)
    names += type === "directory" ? visibleNames(state, id, known) : 1;
  known.set(entries, names);
  return names;
}

/** The whole tree as recorded: `{ name, type, contents }`, and `{ $cycle: k }` for a container that is still open k levels up. */
export function recordedTree(state: State, node: number, open: readonly string[] = []): PyValue {
  const { name, entries } = state.nodes[node]!;
  const known = open.indexOf(`node ${node}`);
  if (known >= 0) return { $cycle: known };
  const outer = [`node ${node}`, ...open];
  const contents = outer.indexOf(`entries ${entries}`);
  const inner = [`entries ${entries}`, ...outer];
  return {
    name,
    type: "directory",
    contents:
      contents >= 0
        ? { $cycle: contents }
        : dictOf(
            state.entries[entries]!.map(([entryName, type, id]): readonly [string, PyValue] => [
              entryName,
              type === "directory" ? recordedTree(state, id, inner) : { type, ...state.files[id]! },
            ]),
          ),
  };
}

/** Whether two trees hold equal names and texts, whatever the order of entries. */
export function sameTree(a: State, b: State): boolean {
  if (a.nodes === b.nodes && a.entries === b.entries && a.files === b.files) return true;
  return sameDirectory(a, a.root, b, b.root, new Set());
}

function sameDirectory(a: State, nodeA: number, b: State, nodeB: number, open: Set<string>): boolean {
  if (a.nodes[nodeA]!.name !== b.nodes[nodeB]!.name) return false;
  const entriesA = entriesOf(a, nodeA);
  const entriesB = entriesOf(b, nodeB);
  if (entriesA.length !== entriesB.length) return false;
  const pair = `${nodeA} ${nodeB}`;
  if (open.has(pair)) return true;
  open.add(pair);
  for (let i = 0; i < entriesA.length; i++) {
    const [name, type, id] = entriesA[i]!;
    const other = entriesB[i]![0] === name ? entriesB[i] : entriesB.find((entry) => entry[0] === name);
    if (other?.[1] !== type) return false;
    const same =
      type === "directory" ? sameDirectory(a, id, b, other[2], open) : sameFile(a.files[id]!, b.files[other[2]]!);
    if (!same) return false;
  }
  open.delete(pair);
  return true;
}

const sameFile = (a: State["files"][number], b: State["files"][number]) =>
  a === b || (a.name === b.name && a.content === b.content);

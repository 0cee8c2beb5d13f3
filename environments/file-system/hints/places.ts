import { nearestNames } from "../../../src/core/nearest-name.ts";
import type { Entry, State } from "../state.ts";
import { entriesOf, itemAt } from "../tree.ts";

/** What a name has to stand for. */
export type Kind = "file" | "directory" | "file or directory";

const longest = 80;
/** A text from the model, cut to a length that a hint may repeat. */
export const short = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);

/** The current directory in words, by its own name. */
export const here = (state: State): string => `the current directory '${short(state.nodes[state.current]!.name)}'`;

/** Whether a name can be written out in a hint and stands for an entry and nothing else. */
export const plain = (name: string): boolean =>
  name.length <= longest && !name.includes("/") && !["", ".", "..", "~"].includes(name);

export const isKind = (kind: Kind, type: string | undefined): boolean =>
  type !== undefined && (kind === "file or directory" || kind === type);

/** The names in a directory that can be offered for a kind. */
export const namesOfKind = (state: State, node: number, kind: Kind): string[] =>
  entriesOf(state, node).flatMap(([name, type]) => (isKind(kind, type) && plain(name) ? [name] : []));

/** Those of some names that most resemble what was given. */
export const closest = (name: string, names: readonly string[]): string[] =>
  nearestNames(name.slice(0, longest), names);

/** A directory on the way down, and the one around it; undefined where the search began. */
type Way = { readonly name: string; readonly outer: Way } | undefined;

interface Found {
  readonly entry: Entry;
  /** The directory that lists it. */
  readonly directory: number;
  readonly way: Way;
}

/** The directories on a way, outermost first. */
export function namesOn(way: Way): string[] {
  const names: string[] = [];
  for (let directory = way; directory; directory = directory.outer) names.push(directory.name);
  return names.reverse();
}

/** Everything below a directory, level by level; a directory that is visible in several places is met once. */
export function* below(state: State, start: number, seen = new Set<number>()): Generator<Found> {
  const queue: { readonly directory: number; readonly way: Way }[] = [{ directory: start, way: undefined }];
  for (const { directory, way } of queue) {
    const table = state.nodes[directory]!.entries;
    if (seen.has(table)) continue;
    seen.add(table);
    for (const entry of state.entries[table]!) {
      yield { entry, directory, way };
      if (entry[1] === "directory") queue.push({ directory: entry[2], way: { name: entry[0], outer: way } });
    }
  }
}

/** A directory that holds a wanted name, and the first step that leads there. */
export interface Place {
  readonly text: string;
  readonly step: string;
}

/** At most three directories that hold a name: those below first, then the parent, then the rest of the tree. */
export function placesOf(state: State, name: string, kind: Kind): Place[] {
  const places: Place[] = [];
  const matches = ([entryName, type]: Entry) => entryName === name && isKind(kind, type);
  const seen = new Set<number>();
  for (const { entry, way } of below(state, state.current, seen)) {
    if (!way || !matches(entry) || places.length === 3) continue;
    const names = namesOn(way);
    if (plain(names[0]!)) places.push({ text: `in '${short(names.join("/"))}'`, step: names[0]! });
  }
  const { parent } = state.nodes[state.current]!;
  if (parent !== null && isKind(kind, itemAt(state, parent, name)?.type))
    places.push({ text: "in the parent directory '..'", step: ".." });
  for (const { entry, directory, way } of below(state, state.root, seen)) {
    if (places.length >= 3) break;
    if (directory !== parent && matches(entry))
      places.push({
        text: way ? `in '${short(namesOn(way).join("/"))}' below the root '/'` : "in the root '/'",
        step: "/",
      });
  }
  return places.slice(0, 3);
}

/** The step from the current directory that leads to another one. */
export function stepTowards(state: State, target: number): string | undefined {
  if (target === state.current) return undefined;
  const down = wayTo(state, state.current, target)?.[0];
  if (down !== undefined && plain(down)) return down;
  const { parent } = state.nodes[state.current]!;
  if (parent === null) return undefined;
  return parent !== state.root && (parent === target || wayTo(state, parent, target)) ? ".." : "/";
}

/** The names that lead down from one directory to another. */
export function wayTo(state: State, start: number, target: number): string[] | undefined {
  for (const { entry, way } of below(state, start))
    if (entry[1] === "directory" && entry[2] === target) return [...namesOn(way), entry[0]];
  return undefined;
}

/** The parts of a path that a model wrote; undefined for one that is too long to be meant. */
export const partsOf = (path: string): string[] | undefined =>
  path.length > 1000 ? undefined : path.split("/").filter((part) => part !== "" && part !== ".");

/**
 * The directory that the parts of a path mean: from the root, from here, or as the full path is shown, which begins with the
 * root's own name.
 */
export function directoryMeant(state: State, parts: readonly string[], absolute: boolean): number | undefined {
  const [first, ...rest] = parts;
  const starts: [number, readonly string[]][] = [[absolute ? state.root : state.current, parts]];
  if (first === state.nodes[state.root]!.name || first === "~") starts.push([state.root, rest]);
  if (!absolute && first === state.nodes[state.current]!.name) starts.push([state.current, rest]);
  if (!absolute && first !== undefined) starts.push([state.root, parts]);
  for (const [start, way] of starts) {
    const node = follow(state, start, way);
    if (node !== undefined) return node;
  }
  return undefined;
}

function follow(state: State, start: number, way: readonly string[]): number | undefined {
  let node: number | null | undefined = start;
  for (const part of way) {
    if (part === "..") node = state.nodes[node]!.parent;
    else {
      const item = itemAt(state, node, part);
      node = item?.type === "directory" ? item.id : undefined;
    }
    if (node === null || node === undefined) return undefined;
  }
  return node;
}

import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { dictionary } from "../../src/python/schema.ts";

/** A name in a directory: the file or the directory node behind it, by index into the state's tables. */
const Entry = z.tuple([z.string(), z.enum(["file", "directory"]), z.int()]);
export type Entry = z.output<typeof Entry>;

/**
 * Three tables say exactly what the reference's object graph says: a moved directory is a new node that shares the entries of
 * the old one, a copied directory shares the nodes below it, and children keep the parent they were born with.
 */
const State = z.strictObject({
  longContext: z.boolean(),
  root: z.int(),
  current: z.int(),
  nodes: z.array(z.strictObject({ name: z.string(), parent: z.int().nullable(), entries: z.int() })),
  entries: z.array(z.array(Entry)),
  files: z.array(z.strictObject({ name: z.string(), content: z.string() })),
});
export type State = z.output<typeof State>;

type Contents = readonly (readonly [string, Node])[];
type Node =
  | { readonly type: "file"; readonly content: string }
  | { readonly type: "directory"; readonly contents: Contents };
const Directory = z.strictObject({ type: z.literal("directory"), contents: dictionary(z.lazy(() => Node)) });
const Node: z.ZodType<Node> = z.union([z.strictObject({ type: z.literal("file"), content: z.string() }), Directory]);
/** `root` holds the root directory under its name; further names beside it are ignored, as in the reference. */
const Config = z.strictObject({ root: dictionary(Directory).optional() });

/** What long-context mode adds: text behind every file but those spared, and empty files in every innermost directory. */
export interface FileSystemExtension {
  readonly fileContent: string;
  readonly fileNames: readonly string[];
  readonly sparedFiles: readonly string[];
}

export const fileSystemState = defineState<typeof State, typeof Config, { readonly fileSystem: FileSystemExtension }>({
  name: "GorillaFileSystem",
  state: State,
  config: Config,
  notation: pythonNotation,
}).init((config, extension) => {
  const [name, root] = config.root?.[0] ?? ["/", undefined];
  const state: State = {
    longContext: extension !== undefined,
    root: 0,
    current: 0,
    nodes: [{ name, parent: null, entries: 0 }],
    entries: [[]],
    files: [],
  };
  if (root) load(state, 0, root.contents, extension?.fileSystem);
  return state;
});

function load(state: State, node: number, contents: Contents, extension: FileSystemExtension | undefined): void {
  const entries = state.entries[state.nodes[node]!.entries]!;
  let innermost = true;
  for (const [name, item] of contents) {
    if (item.type === "directory") {
      innermost = false;
      const child = addDirectory(state, entries, node, name);
      load(state, child, item.contents, extension);
    } else {
      const added = extension && !extension.sparedFiles.includes(name) ? extension.fileContent : "";
      addFile(state, entries, name, item.content + added);
    }
  }
  if (!innermost || !extension) return;
  for (const name of extension.fileNames) {
    if (entries.some((entry) => entry[0] === name))
      throw new Error(`GorillaFileSystem: long-context mode adds a file '${name}', which the config has already`);
    addFile(state, entries, name, "");
  }
}

function addFile(state: State, entries: Entry[], name: string, content: string): void {
  entries.push([name, "file", state.files.length]);
  state.files.push({ name, content });
}

/** Adds an empty directory, and returns its node. */
function addDirectory(state: State, entries: Entry[], parent: number, name: string): number {
  const node = state.nodes.length;
  entries.push([name, "directory", node]);
  state.nodes.push({ name, parent, entries: state.entries.length });
  state.entries.push([]);
  return node;
}

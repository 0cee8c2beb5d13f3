import { z } from "zod";
import { withAppended, withItem, withoutItem } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { optional } from "../../src/python/schema.ts";
import { forbidden, invalidCharacter, naming } from "./read-tools.ts";
import { type Entry, fileSystemState, type State } from "./state.ts";
import {
  directoriesHere,
  directoryAt,
  entriesOf,
  filesHere,
  hasForbiddenCharacter,
  type Item,
  itemAt,
  itemHere,
  namesHere,
  visibleNames,
} from "./tree.ts";

export const cd = fileSystemState
  .write({
    description:
      "Change the current directory by one level: into a directory that is here, up with '..', or to the root with '/'.",
    args: z.object({ folder: z.string() }),
    result: z.strictObject({ current_working_directory: z.string().optional() }),
    failures: {
      nestedPath: failure(
        z.strictObject({ path: z.string() }),
        ({ path }) => `cd: ${path}: Unsupported path. Only one folder level at a time is supported.`,
      ),
      alreadyAtRoot: failure(z.strictObject({}), () => "Current directory is already the root. Cannot go back."),
      notFound: naming((folder) => `cd: '${folder}': No such file or directory`),
      isFile: naming((folder) => `cd: '${folder}': No such file or directory`),
    },
    candidates: { folder: (state) => [...directoriesHere(state), "..", "/", "."] },
  })
  .run(({ state, draft, args, fail }) => {
    const folder = args.folder.replace(/\/+$/, "") || "/";
    if (folder !== "/" && folder.includes("/")) return fail.nestedPath({ path: folder });
    if (folder === "..") {
      const { parent } = state.nodes[state.current]!;
      if (parent === null) return fail.alreadyAtRoot({});
      draft().current = parent;
      return {};
    }
    const target = directoryAt(state, folder);
    if (target === undefined)
      return itemHere(state, folder) ? fail.isFile({ name: folder }) : fail.notFound({ name: folder });
    if (target !== state.current) draft().current = target;
    return { current_working_directory: state.nodes[target]!.name };
  });

export const mkdir = fileSystemState
  .write({
    description: "Make an empty directory in the current directory.",
    args: z.object({ dir_name: z.string() }),
    result: z.null(),
    failures: {
      invalidCharacter: invalidCharacter((name) => `mkdir: cannot create directory '${name}': Invalid character`),
      exists: naming((name) => `mkdir: cannot create directory '${name}': File exists`),
    },
    candidates: { dir_name: namesHere },
  })
  .run(({ state, draft, args: { dir_name }, fail }) => {
    if (hasForbiddenCharacter(dir_name)) return fail.invalidCharacter(forbidden(dir_name));
    if (itemHere(state, dir_name)) return fail.exists({ name: dir_name });
    Object.assign(draft(), withDirectory(state, state.current, dir_name));
    return null;
  });

export const touch = fileSystemState
  .write({
    description: "Make an empty file in the current directory. Takes a name, not a path.",
    args: z.object({ file_name: z.string() }),
    result: z.null(),
    failures: {
      invalidCharacter: invalidCharacter((name) => `touch: cannot touch '${name}': Invalid character`),
      exists: naming((name) => `touch: cannot touch '${name}': File exists`),
    },
    candidates: { file_name: namesHere },
  })
  .run(({ state, draft, args: { file_name }, fail }) => {
    if (hasForbiddenCharacter(file_name)) return fail.invalidCharacter(forbidden(file_name));
    if (itemHere(state, file_name)) return fail.exists({ name: file_name });
    Object.assign(draft(), withFile(state, state.current, file_name, ""));
    return null;
  });

export const echo = fileSystemState
  .write({
    description:
      "Replace the text of a file in the current directory with `content`, or just print `content` when no file is named. The file must exist.",
    args: z.object({ content: z.string(), file_name: optional(z.string()) }),
    result: z.strictObject({ terminal_output: z.string() }).nullable(),
    failures: {
      invalidCharacter: invalidCharacter((name) => `echo: cannot write to '${name}': Invalid character`),
      notFound: naming((name) => `echo: cannot write to '${name}': No such file`),
      isDirectory: failure(z.strictObject({ name: z.string() }), () => "'Directory' object has no attribute '_write'", {
        wire: "raised",
      }),
    },
    candidates: { file_name: filesHere },
  })
  .run(({ state, draft, args: { content, file_name }, fail }) => {
    if (!file_name) return { terminal_output: content };
    if (hasForbiddenCharacter(file_name)) return fail.invalidCharacter(forbidden(file_name));
    const item = itemHere(state, file_name);
    if (!item) return fail.notFound({ name: file_name });
    if (item.type === "directory") return fail.isDirectory({ name: file_name });
    draft().files = withItem(state.files, item.id, { name: state.files[item.id]!.name, content });
    return null;
  });

const destinationIsPath = (tool: string) =>
  failure(
    z.strictObject({ destination: z.string() }),
    () => `${tool}: path not allowed in destination. Provide only a file or directory name.`,
  );
const transfer = z.strictObject({ source: z.string(), destination: z.string() });
const transferArgs = z.object({ source: z.string(), destination: z.string() });
const treeTooLarge = (tool: string) =>
  failure(transfer, ({ source }) => `${tool}: '${source}' is visible in too many places to be put into one more`);
const transferResult = z.strictObject({ result: z.string() });
const transferCandidates = { source: namesHere, destination: namesHere };

export const mv = fileSystemState
  .write({
    description:
      "Move a file or directory of the current directory into a directory that is here, or rename it when `destination` is a new name. Both are names, not paths.",
    args: transferArgs,
    result: transferResult,
    failures: {
      notFound: naming((source) => `mv: cannot move '${source}': No such file or directory`),
      destinationIsPath: destinationIsPath("mv"),
      treeTooLarge: treeTooLarge("mv"),
      exists: failure(
        transfer,
        ({ source, destination }) => `mv: cannot move '${source}' to '${destination}/${source}': File exists`,
      ),
      destinationIsFile: failure(
        transfer,
        ({ source, destination }) => `mv: cannot move '${source}' to '${destination}': Not a directory`,
      ),
    },
    candidates: transferCandidates,
  })
  .run(({ state, draft, args, fail }) => {
    const { source, destination } = args;
    const item = itemHere(state, source);
    if (!item) return fail.notFound({ name: source });
    if (destination.includes("/")) return fail.destinationIsPath({ destination });
    const target = itemHere(state, destination);
    if (target?.type === "file") return fail.destinationIsFile(args);
    if (target && itemAt(state, target.id, source)) return fail.exists(args);
    if (outgrows(state, item)) return fail.treeTooLarge(args);
    const left = { ...state, entries: withoutEntry(state, source) };
    Object.assign(
      draft(),
      target ? placed(left, target.id, source, item, "share") : placed(left, state.current, destination, item, "share"),
    );
    return { result: `'${source}' moved to '${target ? `${destination}/${source}` : destination}'` };
  });

export const cp = fileSystemState
  .write({
    description:
      "Copy a file or directory of the current directory into a directory that is here, or under a new name. Both are names, not paths.",
    args: transferArgs,
    result: transferResult,
    failures: {
      notFound: naming((source) => `cp: cannot copy '${source}': No such file or directory`),
      destinationIsPath: destinationIsPath("cp"),
      treeTooLarge: treeTooLarge("cp"),
      exists: failure(
        z.strictObject({ ...transfer.shape, type: z.enum(["file", "directory"]), directory: z.string() }),
        ({ source, type, directory }) =>
          `${type === "file" ? "File" : "Directory"} '${source}' already exists in directory '${directory}'.`,
        { wire: "raised" },
      ),
      destinationIsFile: failure(
        transfer,
        ({ source, destination }) => `cp: cannot copy '${source}' to '${destination}': Not a directory`,
      ),
    },
    candidates: transferCandidates,
  })
  .run(({ state, draft, args, fail }) => {
    const { source, destination } = args;
    const item = itemHere(state, source);
    if (!item) return fail.notFound({ name: source });
    if (destination.includes("/")) return fail.destinationIsPath({ destination });
    const target = itemHere(state, destination);
    if (target?.type === "file") return fail.destinationIsFile(args);
    if (target && itemAt(state, target.id, source))
      return fail.exists({ ...args, type: item.type, directory: state.nodes[target.id]!.name });
    if (outgrows(state, item)) return fail.treeTooLarge(args);
    Object.assign(
      draft(),
      target ? placed(state, target.id, source, item, "copy") : placed(state, state.current, destination, item, "copy"),
    );
    return { result: `'${source}' copied to '${target ? `${destination}/${source}` : destination}'` };
  });

export const rm = fileSystemState
  .write({
    description: "Remove a file, or a directory with all it holds, from the current directory.",
    args: z.object({ file_name: z.string() }),
    result: z.strictObject({ result: z.string() }),
    failures: { notFound: naming((name) => `rm: cannot remove '${name}': No such file or directory`) },
    candidates: { file_name: namesHere },
  })
  .run(({ state, draft, args: { file_name }, fail }) => {
    if (!itemHere(state, file_name)) return fail.notFound({ name: file_name });
    draft().entries = withoutEntry(state, file_name);
    return { result: `'${file_name}' removed` };
  });

export const rmdir = fileSystemState
  .write({
    description: "Remove an empty directory from the current directory.",
    args: z.object({ dir_name: z.string() }),
    result: z.strictObject({ result: z.string() }),
    failures: {
      notFound: naming((name) => `rmdir: cannot remove '${name}': No such file or directory`),
      isFile: naming((name) => `rmdir: cannot remove '${name}': Not a directory`),
      notEmpty: failure(
        z.strictObject({ name: z.string(), contents: z.array(z.string()) }),
        ({ name }) => `rmdir: cannot remove '${name}': Directory not empty`,
      ),
    },
    candidates: { dir_name: directoriesHere },
  })
  .run(({ state, draft, args: { dir_name }, fail }) => {
    const item = itemHere(state, dir_name);
    if (!item) return fail.notFound({ name: dir_name });
    if (item.type === "file") return fail.isFile({ name: dir_name });
    const contents = entriesOf(state, item.id).map(([name]) => name);
    if (contents.length > 0) return fail.notEmpty({ name: dir_name, contents });
    draft().entries = withoutEntry(state, dir_name);
    return { result: `'${dir_name}' removed` };
  });

/** The tables of the state that a change replaces. */
type Tables = Partial<Pick<State, "nodes" | "entries" | "files">>;

function withEntry(state: State, node: number, entry: Entry): State["entries"] {
  const table = state.nodes[node]!.entries;
  return withItem(state.entries, table, withAppended(state.entries[table]!, entry));
}

function withoutEntry(state: State, name: string): State["entries"] {
  const table = state.nodes[state.current]!.entries;
  const at = state.entries[table]!.findIndex((entry) => entry[0] === name);
  return withItem(state.entries, table, withoutItem(state.entries[table]!, at));
}

function withFile(state: State, parent: number, name: string, content: string): Tables {
  return {
    entries: withEntry(state, parent, [name, "file", state.files.length]),
    files: withAppended(state.files, { name, content }),
  };
}

function withDirectory(state: State, parent: number, name: string): Tables & Pick<State, "entries"> {
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
function placed(state: State, parent: number, name: string, item: Item, directories: "share" | "copy"): Tables {
  if (item.type === "file") return withFile(state, parent, name, state.files[item.id]!.content);
  const added = withDirectory(state, parent, name);
  const old = state.nodes[item.id]!.entries;
  if (directories === "share") return { ...added, nodes: withAppended(state.nodes, { name, parent, entries: old }) };
  // Read after the directory was added: a directory that is copied into itself holds its copy.
  return { ...added, entries: withItem(added.entries, added.entries.length - 1, [...added.entries[old]!]) };
}

/**
 * Sharing lets a few calls double the tree that `find` walks, again and again, which takes the reference down. Here a directory
 * that could lead to more than a million visible names is not placed.
 */
function outgrows(state: State, item: Item): boolean {
  return item.type === "directory" && visibleNames(state, state.root) * visibleNames(state, item.id) > 1_000_000;
}

import { z } from "zod";
import { withItem } from "../../src/core/frozen-list.ts";
import { failure } from "../../src/core/outcome.ts";
import { optional } from "../../src/python/schema.ts";
import { forbidden, invalidCharacter, naming } from "./read-tools.ts";
import { fileSystemState } from "./state.ts";
import { withDirectory, withFile, withoutEntry } from "./tables.ts";
import {
  directoriesHere,
  directoryAt,
  emptyFolderThere,
  entriesOf,
  filesHere,
  fileThere,
  hasForbiddenCharacter,
  itemHere,
  itemThere,
  namesHere,
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
    provides: [itemThere, emptyFolderThere],
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
    provides: [fileThere, itemThere],
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

export const rm = fileSystemState
  .write({
    description: "Remove a file, or a directory with all it holds, from the current directory.",
    args: z.object({ file_name: z.string() }),
    result: z.strictObject({ result: z.string() }),
    failures: { notFound: naming((name) => `rm: cannot remove '${name}': No such file or directory`) },
    candidates: { file_name: namesHere },
    requires: [itemThere],
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
    requires: [emptyFolderThere],
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

import { z } from "zod";
import { compareCodePoints } from "../../src/core/code-points.ts";
import { failure } from "../../src/core/outcome.ts";
import { compare } from "../../src/python/arithmetic.ts";
import { formatFixed } from "../../src/python/number.ts";
import { integer, optional } from "../../src/python/schema.ts";
import { lastItems } from "../../src/python/slice.ts";
import { codePointLength, contains, splitLines, splitWhitespace, utf8Length } from "../../src/python/string.ts";
import { fileSystemState, type State } from "./state.ts";
import {
  directoriesHere,
  directoryAt,
  fileHere,
  filesHere,
  fileThere,
  forbiddenCharacters,
  hasForbiddenCharacter,
  itemHere,
  namesHere,
  walk,
  workingDirectory,
} from "./tree.ts";

export const name = z.strictObject({ name: z.string() });
/** A failure whose only fact is the name it is about. */
export const naming = (message: (name: string) => string) => failure(name, (data) => message(data.name));
export const invalidCharacter = (message: (name: string) => string) =>
  failure(z.strictObject({ name: z.string(), forbidden: z.string() }), (data) => message(data.name));
export const forbidden = (wrong: string) => ({ name: wrong, forbidden: forbiddenCharacters });

/** A tool that needs a file says the same for a directory as for nothing at all; the code tells them apart. */
const fileFailures = (tool: string) => ({
  notFound: naming((file) => `${tool}: ${file}: No such file or directory`),
  isDirectory: naming((file) => `${tool}: ${file}: No such file or directory`),
});
const fileName = { file_name: (state: State) => namesHere(state) };

export const pwd = fileSystemState
  .read({
    description: "Show the path of the current working directory.",
    args: z.object({}),
    result: z.strictObject({ current_working_directory: z.string() }),
  })
  .run(({ state }) => ({ current_working_directory: workingDirectory(state) }));

export const ls = fileSystemState
  .read({
    description: "List what the current directory holds. Names that start with a dot are left out unless `a` is true.",
    args: z.object({ a: z.boolean().default(false) }),
    result: z.strictObject({ current_directory_content: z.array(z.string()) }),
  })
  .run(({ state, args }) => ({
    current_directory_content: args.a ? namesHere(state) : namesHere(state).filter((entry) => !entry.startsWith(".")),
  }));

export const cat = fileSystemState
  .read({
    description: "Show the text of a file in the current directory. Takes a name, not a path.",
    args: z.object({ file_name: z.string() }),
    result: z.strictObject({ file_content: z.string() }),
    failures: {
      invalidCharacter: invalidCharacter((file) => `cat: '${file}': Invalid character`),
      isDirectory: naming((file) => `cat: '${file}': Is a directory`),
      notFound: naming((file) => `cat: '${file}': No such file or directory`),
    },
    candidates: fileName,
    requires: [fileThere],
  })
  .run(({ state, args: { file_name }, fail }) => {
    if (hasForbiddenCharacter(file_name)) return fail.invalidCharacter(forbidden(file_name));
    const item = itemHere(state, file_name);
    if (!item) return fail.notFound({ name: file_name });
    if (item.type === "directory") return fail.isDirectory({ name: file_name });
    return { file_content: state.files[item.id]!.content };
  });

export const find = fileSystemState
  .read({
    description:
      "Search a directory and everything below it for files and directories whose name contains `name`; without `name`, list them all. Paths start with the given `path`.",
    args: z.object({ path: z.string().default("."), name: optional(z.string()) }),
    result: z.strictObject({ matches: z.array(z.string()) }),
    failures: {
      notFound: failure(
        z.strictObject({ path: z.string() }),
        ({ path }) => `find: '${path}': No such file or directory`,
      ),
    },
    candidates: { path: (state) => [".", "/", ...directoriesHere(state)], name: namesHere },
  })
  .run(({ state, args, fail }) => {
    const start = directoryAt(state, args.path);
    if (start === undefined) return fail.notFound({ path: args.path });
    const matches: string[] = [];
    walk(state, start, args.path.replace(/\/+$/, ""), ([entry], path) => {
      if (args.name === null || contains(entry, args.name)) matches.push(path);
    });
    return { matches };
  });

export const wc = fileSystemState
  .read({
    description: "Count the lines (`l`), words (`w`) or characters (`c`) of a file in the current directory.",
    args: z.object({ file_name: z.string(), mode: z.string().default("l") }),
    result: z.strictObject({ count: z.int(), type: z.enum(["lines", "words", "characters"]) }),
    failures: {
      ...fileFailures("wc"),
      invalidMode: failure(
        z.strictObject({ mode: z.string(), modes: z.array(z.string()) }),
        ({ mode }) => `wc: invalid mode '${mode}'`,
      ),
    },
    candidates: { ...fileName, mode: () => ["l", "w", "c"] },
    requires: [fileThere],
  })
  .run(({ state, args: { file_name, mode }, fail }) => {
    if (mode !== "l" && mode !== "w" && mode !== "c") return fail.invalidMode({ mode, modes: ["l", "w", "c"] });
    const text = fileHere(state, file_name);
    if (text === undefined)
      return itemHere(state, file_name) ? fail.isDirectory({ name: file_name }) : fail.notFound({ name: file_name });
    if (mode === "l") return { count: splitLines(text).length, type: "lines" };
    if (mode === "w") return { count: splitWhitespace(text).length, type: "words" };
    return { count: codePointLength(text), type: "characters" };
  });

export const sort = fileSystemState
  .read({
    description: "Show the lines of a file in the current directory in sorted order. The file itself stays as it is.",
    args: z.object({ file_name: z.string() }),
    result: z.strictObject({ sorted_content: z.string() }),
    failures: fileFailures("sort"),
    candidates: fileName,
    requires: [fileThere],
  })
  .run(({ state, args: { file_name }, fail }) => {
    const text = fileHere(state, file_name);
    if (text !== undefined) return { sorted_content: splitLines(text).sort(compareCodePoints).join("\n") };
    return itemHere(state, file_name) ? fail.isDirectory({ name: file_name }) : fail.notFound({ name: file_name });
  });

export const grep = fileSystemState
  .read({
    description: "Show the lines of a file in the current directory that contain `pattern`, taken literally.",
    args: z.object({ file_name: z.string(), pattern: z.string() }),
    result: z.strictObject({ matching_lines: z.array(z.string()) }),
    failures: fileFailures("grep"),
    candidates: fileName,
    requires: [fileThere],
  })
  .run(({ state, args: { file_name, pattern }, fail }) => {
    const text = fileHere(state, file_name);
    if (text !== undefined) return { matching_lines: splitLines(text).filter((line) => contains(line, pattern)) };
    return itemHere(state, file_name) ? fail.isDirectory({ name: file_name }) : fail.notFound({ name: file_name });
  });

export const du = fileSystemState
  .read({
    description:
      "Show how much the current directory and everything below it take up, in bytes or in the unit that fits best.",
    args: z.object({ human_readable: z.boolean().default(false) }),
    result: z.strictObject({ disk_usage: z.string() }),
  })
  .run(({ state, args }) => {
    let size = 0;
    walk(state, state.current, "", ([, type, id]) => {
      if (type === "file") size += utf8Length(state.files[id]!.content);
    });
    if (!args.human_readable) return { disk_usage: `${size} bytes` };
    const units = ["B", "KB", "MB", "GB", "TB"];
    let unit = 0;
    for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
    return { disk_usage: `${formatFixed(size, 2)} ${units[unit]}` };
  });

export const tail = fileSystemState
  .read({
    description: "Show the last lines of a file in the current directory: ten, or as many as `lines` says.",
    args: z.object({ file_name: z.string(), lines: integer.default(10) }),
    result: z.strictObject({ last_lines: z.string() }),
    failures: fileFailures("tail"),
    candidates: fileName,
    requires: [fileThere],
  })
  .run(({ state, args: { file_name, lines }, fail }) => {
    const text = fileHere(state, file_name);
    if (text === undefined)
      return itemHere(state, file_name) ? fail.isDirectory({ name: file_name }) : fail.notFound({ name: file_name });
    const content = splitLines(text);
    const wanted = compare(lines, content.length) > 0 ? content.length : lines;
    return { last_lines: lastItems(content, wanted).join("\n") };
  });

export const diff = fileSystemState
  .read({
    description:
      "Compare two files of the current directory line by line and show the lines that differ. Lines beyond the shorter file are not compared.",
    args: z.object({ file_name1: z.string(), file_name2: z.string() }),
    result: z.strictObject({ diff_lines: z.string() }),
    failures: {
      notFound: failure(
        z.strictObject({ first: z.string(), second: z.string(), missing: z.array(z.string()) }),
        ({ first, second }) => `diff: ${first} or ${second}: No such file or directory`,
      ),
    },
    candidates: { file_name1: filesHere, file_name2: filesHere },
    requires: [fileThere],
  })
  .run(({ state, args: { file_name1: first, file_name2: second }, fail }) => {
    const before = fileHere(state, first);
    const after = fileHere(state, second);
    if (before === undefined || after === undefined) {
      const missing = [...(before === undefined ? [first] : []), ...(after === undefined ? [second] : [])];
      return fail.notFound({ first, second, missing });
    }
    const others = splitLines(after);
    const pairs = splitLines(before).slice(0, others.length);
    return {
      diff_lines: pairs
        .flatMap((line, index) => (line === others[index] ? [] : [`- ${line}\n+ ${others[index]}`]))
        .join("\n"),
    };
  });

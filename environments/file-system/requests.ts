import type { SeededRandom } from "../../src/core/seeded-random.ts";
import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { fileSystem } from "./index.ts";
import type { State } from "./state.ts";
import { directoriesHere, fileHere, filesHere, itemHere, namesHere } from "./tree.ts";

const newFile = (_: State, random: SeededRandom) => [invent.fileName(random)];
const newFolder = (_: State, random: SeededRandom) => [invent.folderName(random)];
/** A new name, or a folder that is here. */
const places = (state: State, random: SeededRandom) => [...directoriesHere(state), invent.fileName(random)];
const countedBy: Readonly<Record<string, string>> = { l: "lines", w: "words", c: "characters" };

/** Words of the files here, longer ones, for searches that find something. */
function wordsHere(state: State): string[] {
  const texts = filesHere(state).map((name) => fileHere(state, name) ?? "");
  return texts.flatMap((text) => text.match(/[\p{L}]{4,}/gu)?.slice(0, 20) ?? []);
}

function partsOfNames(state: State): string[] {
  return namesHere(state).flatMap((name) => [name, ...name.split(/[^\p{L}]+/u).filter((part) => part.length > 3)]);
}

/** How users speak of files and folders. */
export const fileSystemRequests = defineRequests(fileSystem, {
  nouns: {
    file_name: "file",
    dir_name: "folder",
    folder: "folder",
    source: "item",
    destination: "new name",
    file_name1: "first file",
    file_name2: "second file",
    pattern: "search word",
    content: "text",
    name: "name",
  },
  tools: {
    pwd: () => "tell me which folder we are in",
    ls: (_, { a }) => (a ? "list everything in this folder, hidden items too" : "list what is in this folder"),
    cd: {
      ask: ({ folder }, args) =>
        args.folder === ".."
          ? "go up one folder (..)"
          : args.folder === "/"
            ? "go to the root folder (/)"
            : `go into the folder ${folder}`,
      values: { folder: (state) => [...directoriesHere(state), ".."] },
    },
    mkdir: {
      ask: ({ dir_name }) => `make a new folder here under the name ${dir_name}`,
      values: { dir_name: newFolder },
      nouns: { dir_name: "name" },
      standIns: ["cp"],
    },
    touch: {
      ask: ({ file_name }) => `create an empty file here under the name ${file_name}`,
      values: { file_name: newFile },
      nouns: { file_name: "name" },
      standIns: ["cp"],
    },
    echo: {
      ask: ({ content, file_name }) =>
        file_name
          ? `replace what ${file_name} holds with the text ${content}`
          : `print the text ${content} on the terminal`,
      values: { content: (_, random) => [invent.sentence(random)] },
      standIns: [],
    },
    cat: ({ file_name }) => `show me what ${file_name} says`,
    find: {
      ask: ({ path, name }) =>
        `search ${path ?? "this folder"} and everything below it${name ? ` for names that contain ${name}` : ""}`,
      values: { path: (state) => directoriesHere(state), name: partsOfNames },
    },
    wc: ({ file_name }, { mode }) => `count the ${countedBy[mode ?? "l"]} of ${file_name}`,
    sort: ({ file_name }) => `show the lines of ${file_name} in sorted order`,
    grep: {
      ask: ({ file_name, pattern }) => `show the lines of ${file_name} that contain ${pattern}`,
      values: { pattern: wordsHere },
    },
    du: (_, { human_readable }) =>
      human_readable
        ? "tell me how much this folder takes up, in the unit that reads best"
        : "tell me how many bytes this folder takes up",
    tail: {
      ask: ({ file_name, lines }) =>
        lines
          ? `show the last ${lines} lines of ${file_name}`
          : `show the end of ${file_name}, the usual number of lines`,
      values: { lines: () => [1, 2, 3, 4] },
    },
    diff: ({ file_name1, file_name2 }) => `compare ${file_name1} with ${file_name2} line by line`,
    mv: {
      ask: ({ source, destination }, args) =>
        `${/\./.test(args.destination) ? "rename" : "move"} ${source} to ${destination}`,
      values: { destination: places },
      fits: ({ source, destination }) => source !== destination,
      standIns: ["cp"],
    },
    rm: { ask: ({ file_name }) => `delete ${file_name}`, standIns: ["rmdir", "mv"] },
    rmdir: {
      ask: ({ dir_name }) => `remove the empty folder ${dir_name}`,
      values: { dir_name: (state) => directoriesHere(state).filter((name) => itemHere(state, name)) },
      standIns: ["rm", "mv"],
    },
    cp: {
      ask: ({ source, destination }) => `copy ${source} to ${destination}`,
      values: { destination: places },
      fits: ({ source, destination }) => source !== destination,
      standIns: ["touch", "mkdir", "echo"],
    },
  },
});

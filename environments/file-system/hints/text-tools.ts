import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import type { History } from "../../../src/feedback/history.ts";
import { quoted } from "../../../src/feedback/words.ts";
import type { State } from "../state.ts";
import { fileHere, itemAt, itemHere } from "../tree.ts";
import {
  type Guidance,
  guideElsewhere,
  guideFromPath,
  guideToName,
  missingFact,
  type Naming,
  slipOf,
} from "./missing.ts";
import { directoryFact, guideFromDirectory, invalidName, invalidNewName } from "./names.ts";
import { below, closest, directoryMeant, here, namesOfKind, partsOf, short, wayTo } from "./places.ts";

/** Text for a file that does not exist yet, by far the most frequent failure of all. */
export function nothingToWriteTo({ state, error }: HintContext<State, unknown, Naming>): Advice {
  const { name } = error.data;
  const rule = "'file_name' must name a file that exists already";
  const facts = { diagnose: `${rule}, and ${here(state)} holds none named '${short(name)}'.`, unmet: [rule] };
  const elsewhere = guideElsewhere(state, name, "file");
  if (elsewhere)
    return { ...facts, ...elsewhere, guide: `${elsewhere.guide} If a new one is meant, make it here first.` };
  const near = slipOf(name, namesOfKind(state, state.current, "file"));
  return {
    ...facts,
    guide: `Make the file first, then write to it${near === undefined ? "" : `; only a slip of spelling would mean ${quoted([near])}`}.`,
    direct: "Call 'touch' for the file first, then 'echo' again.",
    ...(near === undefined ? {} : { argument: "file_name", values: [near] }),
    tools: ["touch", "echo"],
  };
}

/** Text for a file that a path names, which may not exist yet. */
export function invalidTarget(context: HintContext<State, unknown, Naming>): Advice {
  const { state, error } = context;
  const parts = partsOf(error.data.name) ?? [];
  const last = parts.at(-1) ?? "";
  const directory = directoryMeant(state, parts.slice(0, -1), error.data.name.startsWith("/"));
  const exists =
    itemHere(state, last)?.type === "file" ||
    (directory !== undefined && itemAt(state, directory, last)?.type === "file") ||
    guideElsewhere(state, last, "file") !== undefined;
  if (exists || !error.data.name.includes("/")) return invalidName("file_name", "file")(context);
  const advice = invalidNewName("file_name", "file")(context);
  return {
    ...advice,
    guide: `${advice.guide} A file that does not exist yet must be made before it is written to.`,
    direct: `${advice.direct} Call 'touch' to make the file.`.trim(),
    tools: [...(advice.tools ?? []), "touch"],
  };
}

/** A search that starts where there is no directory. */
export function noStart({
  state,
  error,
}: HintContext<State, unknown, { readonly data: { readonly path: string } }>): Advice {
  const { path } = error.data;
  const rule = "'path' must lead to a directory";
  const isFile = itemHere(state, path)?.type === "file";
  const values = startsFor(state, path);
  return {
    diagnose: isFile
      ? `${rule}, and '${short(path)}' is a file.`
      : `${rule}, downwards from ${here(state)}, or from the root where it begins with '/'; '${short(path)}' leads to none.`,
    unmet: [rule],
    guide:
      values.length > 0
        ? `Values for 'path' that come closest: ${quoted(values)}.`
        : `Search more widely: 'path' can be '.' for all that is below, or '/' for the whole tree.`,
    direct: "Call 'find' from there.",
    argument: "path",
    values: values.length > 0 ? values : [".", "/"],
    tools: ["find"],
  };
}

/** Paths that do lead to a directory: the one that is meant, one of that name elsewhere, or the closest names here. */
function startsFor(state: State, path: string): string[] {
  const parts = partsOf(path);
  const last = parts?.at(-1);
  if (!parts || last === undefined) return [];
  const meant = directoryMeant(state, parts, path.startsWith("/"));
  const nodes = meant === undefined ? directoriesNamed(state, last) : [meant];
  const paths = nodes.map((node) => spelled(state, node)).filter((spelling) => spelling.length <= 80);
  if (paths.length > 0) return paths;
  const holder = directoryMeant(state, parts.slice(0, -1), path.startsWith("/")) ?? state.current;
  const similar = closest(last, namesOfKind(state, holder, "directory"));
  return similar.map((name) => spelled(state, itemAt(state, holder, name)!.id)).filter(({ length }) => length <= 80);
}

function directoriesNamed(state: State, name: string): number[] {
  const seen = new Set<number>();
  const found = [...below(state, state.current, seen), ...below(state, state.root, seen)];
  return found.flatMap(({ entry }) => (entry[0] === name && entry[1] === "directory" ? [entry[2]] : [])).slice(0, 3);
}

/** A directory as a path from here, or from the root. */
function spelled(state: State, node: number): string {
  if (node === state.current) return ".";
  if (node === state.root) return "/";
  const down = wayTo(state, state.current, node);
  return down ? down.join("/") : `/${(wayTo(state, state.root, node) ?? []).join("/")}`;
}

/** A way of counting that there is not; the file is looked at only after it. */
export function invalidMode({
  state,
  args,
  error,
  history,
}: HintContext<
  State,
  { readonly file_name: string },
  { readonly data: { readonly mode: string; readonly modes: readonly string[] } }
>): Advice {
  const { mode, modes } = error.data;
  const rule = `'mode' must be one of ${modes.length} letters`;
  const fits = modes.filter((letter) => mode.trim().replace(/^-+/, "").slice(0, 1).toLowerCase() === letter);
  const values = fits.length > 0 ? fits : modes;
  const file =
    fileHere(state, args.file_name) === undefined ? [fileFact(state, "file_name", args.file_name, history)] : [];
  return {
    diagnose: [`${rule}, and '${short(mode)}' is none of them.`, ...file.map(({ diagnose }) => diagnose)].join(" "),
    unmet: [rule, ...file.flatMap(({ unmet }) => unmet)],
    guide: `For 'mode', 'l' counts lines, 'w' words and 'c' characters${fits.length > 0 ? `; ${quoted(fits)} comes closest` : ""}.`,
    direct: "",
    argument: "mode",
    values,
  };
}

/** Why an argument names no file. */
const fileFact = (state: State, argument: string, name: string, history: History) =>
  itemHere(state, name)?.type === "directory"
    ? directoryFact(argument, name)
    : missingFact(state, argument, name, "file", history);

/** What an argument that names no file may mean. */
function guideToFile(state: State, argument: string, name: string, history: History): Guidance {
  if (itemHere(state, name)?.type === "directory") return guideFromDirectory(state, argument, name);
  return (name.includes("/") ? guideFromPath : guideToName)(state, argument, name, "file", history);
}

/** Two files to compare, of which one or both are not here. */
export function nothingToCompare({
  state,
  args,
  history,
}: HintContext<State, { readonly file_name1: string; readonly file_name2: string }>): Advice {
  const given = [
    ["file_name1", args.file_name1],
    ["file_name2", args.file_name2],
  ] as const;
  const wrong = given.filter(([, name]) => fileHere(state, name) === undefined);
  const [right] = given.filter(([, name]) => fileHere(state, name) !== undefined);
  const facts = wrong.map(([argument, name]) => fileFact(state, argument, name, history));
  const ways = wrong.map(([argument, name]) => guideToFile(state, argument, name, history));
  const guides = [...new Set(ways.map(({ guide }) => guide))];
  const apart = ways[0]!.tools?.includes("cd") ? ["Both files must be in one directory."] : [];
  return {
    ...ways[0]!,
    diagnose: [
      ...facts.map(({ diagnose }) => diagnose),
      ...(right ? [`'${right[0]}' is right: '${short(right[1])}' is a file here.`] : []),
    ].join(" "),
    unmet: facts.flatMap(({ unmet }) => unmet),
    guide: [...(guides.length > 1 ? [guides[0]!, `For 'file_name2': ${guides[1]}`] : guides), ...apart].join(" "),
  };
}

/** A directory to remove that holds something. */
export function notEmpty({
  error,
}: HintContext<
  State,
  unknown,
  { readonly data: { readonly name: string; readonly contents: readonly string[] } }
>): Advice {
  const { name, contents } = error.data;
  const rule = "'dir_name' must name an empty directory";
  return {
    diagnose: `${rule}, and '${short(name)}' holds ${contents.length === 1 ? "1 entry" : `${contents.length} entries`}.`,
    unmet: [rule],
    guide: "Empty it first, or remove it together with all that it holds if that is wanted.",
    direct: "Call 'rm' on the directory to remove all of it.",
    tools: ["rm"],
  };
}

/** A file where a directory is to be removed. */
export function fileToRemove({ state, error }: HintContext<State, unknown, Naming>): Advice {
  const { name } = error.data;
  const rule = "'dir_name' must name a directory";
  const values = closest(name, namesOfKind(state, state.current, "directory"));
  return {
    diagnose: `${rule}, and '${short(name)}' is a file in ${here(state)}.`,
    unmet: [rule],
    guide: `A file is removed in another way${values.length > 0 ? `; directories here with a similar name: ${quoted(values)}` : ""}.`,
    direct: "Call 'rm' to remove a file.",
    ...(values.length > 0 ? { argument: "dir_name", values } : {}),
    tools: ["rm"],
  };
}

import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { listed, quoted } from "../../../src/feedback/words.ts";
import type { State } from "../state.ts";
import { itemAt, itemHere } from "../tree.ts";
import { type Guidance, type Naming, similarElsewhere } from "./missing.ts";
import { closest, directoryMeant, here, namesOfKind, partsOf, placesOf, plain, short, stepTowards } from "./places.ts";

const oneLevel = "'folder' takes one level at a time";

/** A path where one step is needed: which step it begins with. */
export function nestedPath({
  state,
  error,
}: HintContext<State, unknown, { readonly data: { readonly path: string } }>): Advice {
  const { path } = error.data;
  return {
    diagnose: `${oneLevel}: a directory that is here, '..' or '/'; '${short(path)}' is a path, and this is ${here(state)}.`,
    unmet: [oneLevel],
    ...guideAlong(state, path),
  };
}

function guideAlong(state: State, path: string): Guidance {
  const parts = partsOf(path);
  const last = parts?.at(-1);
  if (!parts || last === undefined)
    return {
      guide: "Give 'folder' one directory that is here.",
      direct: "Call 'ls' to see what is here.",
      tools: ["ls"],
    };
  const absolute = path.startsWith("/");
  const target = directoryMeant(state, parts, absolute);
  if (target === undefined && last === "..")
    return stepOn(state, state.root, "The path leads above the root; the way up begins with");
  if (target === state.current)
    return { guide: "That is the current directory already, so no step is needed.", direct: "" };
  if (target !== undefined) return stepOn(state, target, "The way there begins with");
  const holder = directoryMeant(state, parts.slice(0, -1), absolute);
  if (holder === undefined || holder === state.current || isSomewhere(state, last)) {
    if (holder === state.current && itemHere(state, last)?.type === "file")
      return { guide: "The path ends in a file of the current directory, so no step is needed.", direct: "" };
    return guideToDirectory(state, last);
  }
  const end =
    itemAt(state, holder, last)?.type === "file"
      ? `The path ends in a file, '${short(last)}'; the way to its directory begins with`
      : `There is no directory '${short(last)}' at its end; the way to the rest begins with`;
  return stepOn(state, holder, end);
}

/** Whether a directory of that name can be gone to. */
const isSomewhere = (state: State, name: string) =>
  itemHere(state, name)?.type === "directory" ||
  stepAbove(state, name) !== undefined ||
  placesOf(state, name, "directory").length > 0;

function stepOn(state: State, target: number, words: string): Guidance {
  const step = stepTowards(state, target);
  if (step === undefined) return { guide: "This is the root already, so no step is needed.", direct: "" };
  return {
    guide: `${words} '${step}' as 'folder'.`,
    direct: "Call 'cd' once for each level.",
    argument: "folder",
    values: [step],
    tools: ["cd"],
  };
}

/** A directory that is not here. */
export function noSuchDirectory({ state, error }: HintContext<State, unknown, Naming>): Advice {
  const { name } = error.data;
  const rule = "'folder' must name a directory that is here";
  if (name === "~" && state.current === state.root)
    return {
      diagnose: `${rule}; '~' stands for nothing, and ${here(state)} is the root already.`,
      unmet: [rule],
      guide: "If the top is meant, no step is needed.",
      direct: "Call 'ls' to see what is here.",
      tools: ["ls"],
    };
  if (state.nodes[state.current]!.name === name)
    return {
      diagnose: `${rule}; '${short(name)}' is the name of the current directory itself, and it holds none of that name.`,
      unmet: [rule],
      guide: "If that is the directory that is meant, no step is needed.",
      direct: "Call 'ls' to see what is here.",
      tools: ["ls"],
    };
  const none = namesOfKind(state, state.current, "directory").length === 0;
  return {
    diagnose: `${rule}, and ${here(state)} holds ${none ? "no directory" : `none named '${short(name)}'`}.`,
    unmet: [rule],
    ...guideToDirectory(state, name),
  };
}

function guideToDirectory(state: State, name: string): Guidance {
  const above = stepAbove(state, name);
  if (above)
    return {
      guide: `That directory is ${above === "/" ? "the root" : "above this one"}: 'folder' can be '${above}'.`,
      direct: "Call 'cd' to go up.",
      argument: "folder",
      values: [above],
      tools: ["cd"],
    };
  if (plain(name) && itemHere(state, name)?.type === "directory")
    return { guide: `It is here: 'folder' can be '${name}'.`, direct: "", argument: "folder", values: [name] };
  const places = placesOf(state, name, "directory");
  const steps = [...new Set(places.map(({ step }) => step))];
  if (steps.length > 0)
    return {
      guide: `There is one of that name ${listed(places.map(({ text }) => text))}; the first step as 'folder' is ${steps.map((step) => quoted([step])).join(" or ")}.`,
      direct: "Call 'cd' once for each level.",
      argument: "folder",
      values: steps,
      tools: ["cd"],
    };
  const values = closest(name, namesOfKind(state, state.current, "directory"));
  if (values.length > 0)
    return {
      guide: `Directories here that are closest for 'folder': ${quoted(values)}.`,
      direct: "Call 'ls' to see what is here.",
      argument: "folder",
      values,
      tools: ["ls"],
    };
  return (
    similarElsewhere(state, name, "directory") ?? {
      guide: "No directory below the root has that name; if it is meant to be new, make it first.",
      direct: "Call 'mkdir' if it is meant to be new.",
      tools: ["mkdir"],
    }
  );
}

/** The step to a directory of that name above the current one; a home directory is taken for the root. */
function stepAbove(state: State, name: string): string | undefined {
  if (name === "~" && state.current !== state.root) return "/";
  let node = state.nodes[state.current]!.parent;
  for (let level = 1; node !== null && level < 100; level++, node = state.nodes[node]!.parent)
    if (state.nodes[node]!.name === name) return node === state.root ? "/" : "..";
  return undefined;
}

/** A step up from the top. */
export function alreadyAtRoot({ state }: HintContext<State>): Advice {
  const rule = "'..' needs a directory above this one";
  const names = namesOfKind(state, state.current, "directory");
  const few = names.length <= 3 ? names : [];
  return {
    diagnose: `${rule}, and ${here(state)} is the root of the tree; it holds ${names.length === 1 ? "1 directory" : `${names.length} directories`}.`,
    unmet: [rule],
    guide:
      few.length > 0
        ? `Stay here, or go down: 'folder' can be ${few.map((name) => quoted([name])).join(" or ")}.`
        : names.length > 0
          ? "Stay here, or go down into one of the directories here."
          : "Stay here: there is nowhere else to go.",
    direct: "Call 'ls' to see what is here.",
    ...(few.length > 0 ? { argument: "folder", values: few } : {}),
    tools: ["ls"],
  };
}

/** A file where a directory is needed. */
export function fileInstead({ state, error }: HintContext<State, unknown, Naming>): Advice {
  const { name } = error.data;
  const rule = "'folder' must name a directory";
  const directories = namesOfKind(state, state.current, "directory");
  const values = closest(name, directories);
  const similar = values.length > 0 ? `; directories here that are closest for 'folder': ${quoted(values)}` : "";
  const beside =
    directories.length === 0 ? "no directory" : directories.length === 1 ? "one" : `${directories.length} of them`;
  return {
    diagnose: `${rule}, and '${short(name)}' is a file; ${here(state)} holds ${beside}.`,
    unmet: [rule],
    guide: `The file can be used from here${similar}.`,
    direct: "Call 'cat' if its text is wanted.",
    ...(values.length > 0 ? { argument: "folder", values } : {}),
    tools: ["cat"],
  };
}

import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { quoted } from "../../../src/feedback/words.ts";
import type { State } from "../state.ts";
import { forbiddenCharacters, itemHere } from "../tree.ts";
import { type Guidance, guideFromPath, guideToName, missingFact, type Naming } from "./missing.ts";
import { closest, directoryMeant, here, type Kind, namesOfKind, partsOf, plain, short, stepTowards } from "./places.ts";

type NamingContext = HintContext<State, unknown, Naming>;

/** The forbidden characters that a name holds, each once. */
const heldBy = (name: string) => [...forbiddenCharacters].filter((character) => name.includes(character));

/** A name with forbidden characters where one that exists is needed. */
export const invalidName =
  (argument: string, kind: Kind) =>
  ({ state, error, history }: NamingContext): Advice => {
    const { name } = error.data;
    if (name.includes("/"))
      return {
        ...missingFact(state, argument, name, kind, history),
        ...guideFromPath(state, argument, name, kind, history),
      };
    return { ...characterFact(argument, name), ...guideToName(state, argument, name, kind, history) };
  };

function characterFact(argument: string, name: string) {
  const rule = `'${argument}' must hold none of ${forbiddenCharacters.split("").join(" ")}`;
  return {
    diagnose: `${rule}, and '${short(name)}' holds ${heldBy(name).join(" ")}; names are taken literally.`,
    unmet: [rule],
  };
}

/** A name with forbidden characters for something new. */
export const invalidNewName =
  (argument: string, kind: Kind) =>
  ({ state, error }: NamingContext): Advice => {
    const { name } = error.data;
    if (!name.includes("/"))
      return {
        ...characterFact(argument, name),
        guide: `Choose a name for '${argument}' without these characters.`,
        direct: "",
        argument,
      };
    const rule = `'${argument}' takes only a name, for something in the current directory`;
    return {
      diagnose: `${rule}, not a path like '${short(name)}'; this is ${here(state)}.`,
      unmet: [rule],
      ...guideToNewPlace(state, argument, name, kind),
    };
  };

/** How something new comes to be where a path says. */
function guideToNewPlace(state: State, argument: string, path: string, kind: Kind): Guidance {
  const parts = partsOf(path) ?? [];
  const name = parts.at(-1);
  const other = { guide: `Go to the directory that it belongs in, then give '${argument}' its bare name.`, direct: "" };
  if (name === undefined || !plain(name)) return other;
  const directory = directoryMeant(state, parts.slice(0, -1), path.startsWith("/"));
  if (directory === state.current) {
    const taken = itemHere(state, name)?.type;
    if (taken) return { guide: `It would be here, where '${name}' is a ${taken} already.`, direct: "" };
    return { guide: `It would be here: give '${argument}' only '${name}'.`, direct: "", argument, values: [name] };
  }
  const step = directory === undefined ? undefined : stepTowards(state, directory);
  if (step !== undefined)
    return {
      guide: `Go to that directory first, the first step being '${step}', then give only '${name}'.`,
      direct: "Call 'cd' first; it takes one level at a time.",
      tools: ["cd"],
    };
  const first = parts[0]!;
  if (directory !== undefined || path.startsWith("/") || !plain(first)) return other;
  const known = itemHere(state, first)?.type;
  if (known === "directory")
    return {
      guide: `Of the path only the first directories exist: go into '${first}', and make there what is missing.`,
      direct: "Call 'cd' first, then 'mkdir' for each directory that is missing.",
      tools: ["cd", "mkdir"],
    };
  if (known) return { guide: `Nothing can be made in '${first}', which is a file; choose a directory.`, direct: "" };
  return {
    guide: `There is no directory '${first}' here: make it first, go into it, then give only '${name}'.`,
    direct: "Call 'mkdir' for it, then 'cd' into it.",
    tools: ["mkdir", "cd"],
    ...(kind === "directory" && !heldBy(first).length ? { argument, values: [first] } : {}),
  };
}

/** A directory where a file is needed. */
export const directoryInstead =
  (argument: string) =>
  ({ state, error }: NamingContext): Advice => ({
    ...directoryFact(argument, error.data.name),
    ...guideFromDirectory(state, argument, error.data.name),
  });

/** The unmet condition that an argument names a file, where it names a directory. */
export function directoryFact(argument: string, name: string) {
  const rule = `'${argument}' must name a file`;
  return { diagnose: `${rule}, and '${short(name)}' is a directory here.`, unmet: [rule] };
}

/** Which file may have been meant by a directory. */
export function guideFromDirectory(state: State, argument: string, name: string): Guidance {
  const inside = namesOfKind(state, itemHere(state, name)?.id ?? state.current, "file").length > 0 && plain(name);
  const into = inside ? `To use a file in it, go into '${name}' first.` : "There is no file to use in it.";
  const similar = closest(name, namesOfKind(state, state.current, "file"));
  if (similar.length > 0)
    return {
      guide: `${into} Files here that are closest for '${argument}': ${quoted(similar)}.`,
      direct: "Call 'ls' to see what is here.",
      argument,
      values: similar,
      tools: ["ls"],
    };
  return {
    guide: into,
    direct: inside ? "Call 'cd' to enter it, then 'ls'." : "Call 'ls' to see what is here.",
    tools: inside ? ["cd", "ls"] : ["ls"],
  };
}

/** A name that is taken already by something of the wanted kind, or of the other. */
export const taken =
  (argument: string, kind: "file" | "directory") =>
  ({ state, error }: NamingContext): Advice => {
    const { name } = error.data;
    const rule = `'${argument}' must be a name that is not taken`;
    const item = itemHere(state, name);
    const there = item?.type ?? kind;
    const content =
      item?.type === "file" ? (state.files[item.id]!.content === "" ? ", which is empty" : ", which holds text") : "";
    const fact = {
      diagnose: `${rule}, and ${here(state)} holds a ${there} '${short(name)}' already${content}.`,
      unmet: [rule],
    };
    if (there !== kind)
      return { ...fact, guide: `Choose another name for the new ${kind} in '${argument}'.`, direct: "", argument };
    const next =
      kind === "directory"
        ? {
            guide: "Nothing need be made: it can be entered or filled as it is.",
            direct: "Call 'cd' to enter it.",
            tools: ["cd"],
          }
        : {
            guide: "Nothing need be made: go on with what the file is to hold, or choose another name.",
            direct: "Call 'echo' to give it its text.",
            tools: ["echo"],
          };
    return { ...fact, ...next };
  };

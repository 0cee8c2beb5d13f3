import { nearestName } from "../../../src/core/nearest-name.ts";
import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { ago, type History, type PastCall } from "../../../src/feedback/history.ts";
import { listed, quoted } from "../../../src/feedback/words.ts";
import type { State } from "../state.ts";
import { entriesOf, itemAt, itemHere } from "../tree.ts";
import {
  below,
  closest,
  directoryMeant,
  here,
  isKind,
  type Kind,
  namesOfKind,
  partsOf,
  placesOf,
  plain,
  short,
  stepTowards,
} from "./places.ts";

export type Guidance = Omit<Advice, "diagnose" | "unmet">;
export type Naming = { readonly data: { readonly name: string } };

/** The names of a whole tree that are compared with a missing one; more would make a hint slow. */
const comparedNames = 2000;

/** A name that is not here: what became of it, and what to try instead. */
export const missing =
  (argument: string, kind: Kind) =>
  ({ state, error, history }: HintContext<State, unknown, Naming>): Advice => {
    const { name } = error.data;
    return {
      ...missingFact(state, argument, name, kind, history),
      ...(name.includes("/") ? guideFromPath : guideToName)(state, argument, name, kind, history),
    };
  };

/** The unmet condition that an argument names something here. */
export function missingFact(state: State, argument: string, name: string, kind: Kind, history: History) {
  if (name.includes("/")) {
    const rule = `'${argument}' takes only the name of a ${kind} in the current directory`;
    return { diagnose: `${rule}, not a path like '${short(name)}'; this is ${here(state)}.`, unmet: [rule] };
  }
  const rule = `'${argument}' must name a ${kind} in the current directory`;
  const empty = entriesOf(state, state.current).length === 0;
  const where = `'${short(state.nodes[state.current]!.name)}', ${empty ? "which is empty" : `where nothing is named '${short(name)}'`}`;
  return { diagnose: [`${rule} ${where}.`, ...fateOf(history, name)].join(" "), unmet: [rule] };
}

/** Where a name can be had, or which names may have been meant. */
export function guideToName(state: State, argument: string, name: string, kind: Kind, history: History): Guidance {
  const renamed = laterNames(state, history, name, kind);
  if (renamed.length > 0)
    return {
      guide: `Give '${argument}' its new name ${quoted(renamed)}.`,
      direct: "Call 'ls' to see the names here.",
      argument,
      values: renamed,
      tools: ["ls"],
    };
  return guideElsewhere(state, name, kind) ?? guideToSimilar(state, argument, name, kind);
}

/** The way to a name that other directories hold. */
export function guideElsewhere(state: State, name: string, kind: Kind): Guidance | undefined {
  const places = placesOf(state, name, kind);
  if (places.length === 0) return undefined;
  const steps = [...new Set(places.map(({ step }) => step))];
  return {
    guide: `There is a ${kind} of that name ${listed(places.map(({ text }) => text))}; go there first, ${firstSteps(steps)}.`,
    direct: `Call 'cd' first; it takes one level at a time.`,
    tools: ["cd"],
  };
}

const firstSteps = (steps: readonly string[]) =>
  `the first step being ${steps.map((step) => quoted([step])).join(" or ")}`;

function guideToSimilar(state: State, argument: string, name: string, kind: Kind): Guidance {
  const names = namesOfKind(state, state.current, kind);
  const values = closest(name, names);
  const elsewhere =
    slipOf(name, names) === undefined ? similarElsewhere(state, name, kind, values.length > 0) : undefined;
  if (values.length === 0)
    return (
      elsewhere ?? {
        guide: `No ${kind} below the root has that name: look at what there is, or ask what is meant.`,
        direct: "Call 'find' on '/' to list the whole tree.",
        tools: ["find"],
      }
    );
  const guide = `Names here that are closest for '${argument}': ${quoted(values)}.`;
  if (elsewhere) return { ...elsewhere, guide: `${elsewhere.guide} ${guide}`, argument, values };
  return { guide, direct: "Call 'ls' to see all names here.", argument, values, tools: ["ls"] };
}

/** The known name of which a given one can be a misspelling. */
export const slipOf = (name: string, names: readonly string[]) => nearestName(name.slice(0, 80), names);

/** The most similar name in other directories, with its place; on request only one that differs by a slip of spelling. */
export function similarElsewhere(state: State, name: string, kind: Kind, onlySlips = false): Guidance | undefined {
  const known = new Set<string>();
  for (const { entry } of below(state, state.root)) {
    if (isKind(kind, entry[1]) && plain(entry[0])) known.add(entry[0]);
    if (known.size === comparedNames) break;
  }
  const names = [...known];
  const similar = slipOf(name, names) ?? (onlySlips ? undefined : closest(name, names)[0]);
  const place = similar === undefined ? undefined : placesOf(state, similar, kind)[0];
  if (!place) return undefined;
  return {
    guide: `The closest name in the tree is '${similar}', ${place.text}: if that is meant, go there first, ${firstSteps([place.step])}.`,
    direct: "Call 'cd' first; it takes one level at a time.",
    tools: ["cd"],
  };
}

/** What a path means where only names are taken. */
export function guideFromPath(state: State, argument: string, path: string, kind: Kind, history: History): Guidance {
  const parts = partsOf(path) ?? [];
  const name = parts.at(-1);
  if (name === undefined || !plain(name))
    return {
      guide: `Give '${argument}' a name that is listed here, after going to the directory that holds it.`,
      direct: "Call 'ls' to see the names here.",
      tools: ["ls"],
    };
  const directory = directoryMeant(state, parts.slice(0, -1), path.startsWith("/"));
  const step = directory === undefined ? undefined : stepTowards(state, directory);
  const there = step !== undefined && isKind(kind, itemAt(state, directory!, name)?.type);
  if (!there && isKind(kind, itemHere(state, name)?.type))
    return { guide: `There is one here: give '${argument}' only '${name}'.`, direct: "", argument, values: [name] };
  if (directory === undefined || step === undefined)
    return withFirstPart(state, path, parts, guideToName(state, argument, name, kind, history));
  const elsewhere = there ? undefined : guideElsewhere(state, name, kind);
  if (elsewhere) return elsewhere;
  const similar = there ? [] : closest(name, namesOfKind(state, directory, kind));
  const lacking = `where there is no ${kind} '${name}'${similar.length > 0 ? `, but ${quoted(similar)}` : ""}`;
  return {
    guide: `Go to that directory first, the first step being '${step}', ${there ? `then name it as '${name}'` : lacking}.`,
    direct: "Call 'cd' first; it takes one level at a time.",
    tools: ["cd"],
  };
}

/** Adds which first part of a path exists. */
function withFirstPart(state: State, path: string, parts: readonly string[], guidance: Guidance): Guidance {
  const first = parts[0]!;
  if (!plain(first)) return guidance;
  const [node, where] = path.startsWith("/") ? [state.root, "in the root"] : [state.current, "here"];
  const known = itemAt(state, node, first)?.type;
  if (!known && parts.length < 2) return guidance;
  const fact = known ? `Of the path, '${first}' is a ${known} ${where}.` : `There is no '${first}' ${where}.`;
  return { ...guidance, guide: `${fact} ${guidance.guide}` };
}

/** What an earlier call did to a name. */
function fateOf(history: History, name: string): string[] {
  const removed = history.findLast(
    (past) =>
      past.failure === undefined &&
      ["rm", "rmdir"].includes(past.call.tool) &&
      Object.values(past.call.args).includes(name),
  );
  const moved = movesOf(history, name).at(-1);
  if (moved && moved.age < (removed?.age ?? Number.POSITIVE_INFINITY))
    return [`A call moved or renamed it ${ago(moved)}.`];
  return removed ? [`A call removed one of that name ${ago(removed)}.`] : [];
}

const movesOf = (history: History, name: string): PastCall[] =>
  history.filter(({ call, failure }) => failure === undefined && call.tool === "mv" && call.args.source === name);

/** The names that earlier calls gave to a name, as far as they are here now. */
function laterNames(state: State, history: History, name: string, kind: Kind): string[] {
  const given = movesOf(history, name).map(({ call }) => call.args.destination);
  return given
    .filter((later): later is string => typeof later === "string" && plain(later))
    .filter((later) => isKind(kind, itemHere(state, later)?.type))
    .filter((later) => kind === "file" || itemHere(state, later)?.type !== "directory")
    .slice(-1);
}

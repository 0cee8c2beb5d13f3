import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { quoted } from "../../../src/feedback/words.ts";
import type { State } from "../state.ts";
import { hasForbiddenCharacter, itemAt, itemHere } from "../tree.ts";
import { type Guidance, guideFromPath, guideToName, missingFact } from "./missing.ts";
import { closest, directoryMeant, namesOfKind, partsOf, plain, short, stepTowards } from "./places.ts";

interface TransferArgs {
  readonly source: string;
  readonly destination: string;
}
type TransferContext = HintContext<State, TransferArgs>;

const oneName = "'destination' takes only a name: a directory that is here, or a new name";

/** Every failure of moving and copying: all that is wrong with both arguments, then the way on for the first of them. */
export function transfer({ state, args, history }: TransferContext): Advice {
  const { source } = args;
  const facts: { diagnose: string; unmet: readonly string[] }[] = [];
  const ways: Guidance[] = [];
  if (!itemHere(state, source)) {
    facts.push(missingFact(state, "source", source, "file or directory", history));
    const guide = source.includes("/") ? guideFromPath : guideToName;
    ways.push(guide(state, "source", source, "file or directory", history));
  }
  const problem = destinationProblem(state, args);
  if (problem) {
    facts.push(problem.fact);
    ways.push(problem.way(state, args));
  }
  const [first, second] = ways;
  if (!first) return tooLarge(source);
  const guides = [first.guide];
  if (second) guides.push(`For 'destination': ${second.guide}`);
  if (first.tools?.includes("cd") && !itemHere(state, source))
    guides.push("'destination' is looked up in the same directory as 'source'.");
  return {
    ...first,
    guide: guides.join(" "),
    diagnose: facts.map(({ diagnose }) => diagnose).join(" "),
    unmet: facts.flatMap(({ unmet }) => unmet),
  };
}

const fact = (rule: string, rest: string) => ({ diagnose: `${rule}${rest}`, unmet: [rule] });

function destinationProblem(state: State, { source, destination }: TransferArgs) {
  if (destination.includes("/"))
    return { fact: fact(oneName, `; '${short(destination)}' is a path.`), way: guideFromDestination };
  const target = itemHere(state, destination);
  const rule = "'destination' must be a directory or a new name";
  if (target?.type === "file") {
    if (source === destination) return { fact: fact(rule, ", and it is the source itself."), way: sameName };
    return { fact: fact(rule, `, and '${short(destination)}' is a file.`), way: guideAwayFromFile };
  }
  if (!target || !itemAt(state, target.id, source)) return undefined;
  const free = "'destination' must not hold the source's name already";
  return { fact: fact(free, `, and there is a '${short(source)}' in '${short(destination)}'.`), way: guidePastTaken };
}

/** Whether a source of that name can be put under a destination. */
function accepts(state: State, source: string, destination: string): boolean {
  const target = itemHere(state, destination);
  return (
    plain(destination) &&
    destination !== source &&
    target?.type !== "file" &&
    !(target && itemAt(state, target.id, source))
  );
}

const sameName = (): Guidance => ({
  guide: "Choose another name for 'destination'; if nothing is to change, nothing need be done.",
  direct: "",
  argument: "destination",
});

function guideAwayFromFile(state: State, { source, destination }: TransferArgs): Guidance {
  const directories = namesOfKind(state, state.current, "directory").filter((name) => accepts(state, source, name));
  const values = closest(destination, directories);
  const similar = values.length > 0 ? `; directories here with a similar name: ${quoted(values)}` : "";
  return {
    guide: `Nothing is written over: choose a name that is not taken, or make room if that file may go${similar}.`,
    direct: "Call 'rm' on that file first, only if it is to be replaced.",
    ...(values.length > 0 ? { argument: "destination", values } : {}),
    tools: ["rm"],
  };
}

const guidePastTaken = (): Guidance => ({
  guide: "If it was put there before, nothing need be done; to keep both, give the source another name first.",
  direct: "Call 'mv' to rename the source first, if both are to be kept.",
  tools: ["mv"],
});

const noSuchDirectory: Guidance = {
  guide: "No such directory exists; choose one that is here.",
  direct: "Call 'ls' to see what is here.",
  tools: ["ls"],
};

/** What a path as destination comes down to, one name at a time. */
function guideFromDestination(state: State, args: TransferArgs): Guidance {
  const { source, destination } = args;
  const parts = partsOf(destination);
  if (!parts) return noSuchDirectory;
  const absolute = destination.startsWith("/");
  const last = parts.at(-1);
  const whole = directoryMeant(state, parts, absolute);
  const holder = directoryMeant(state, parts.slice(0, -1), absolute);
  if (whole !== undefined)
    return whole === state.current ? staysHere(state, args, undefined) : into(state, args, whole, undefined);
  // A slash at the end says that a directory is meant, which a new name would not make.
  if (holder === state.current && destination.endsWith("/")) return guideToNewDirectory(state, args, last!);
  if (holder === state.current) return staysHere(state, args, last);
  if (holder !== undefined) return into(state, args, holder, last === source ? undefined : last);
  const first = parts[0]!;
  const known = itemHere(state, first);
  if (!absolute && plain(first) && known?.type === "directory")
    return into(state, args, known.id, undefined, "the rest of the path does not exist yet");
  const named = parts.findLast((part) => itemHere(state, part)?.type === "directory" && accepts(state, source, part));
  if (named !== undefined)
    return {
      guide: `No such path exists, but the directory '${named}' is here.`,
      direct: "Call 'ls' to see what is here.",
      argument: "destination",
      values: [named],
      tools: ["ls"],
    };
  if (absolute || !plain(first)) return noSuchDirectory;
  if (known) return { guide: `'${first}' is a file and can hold nothing; choose a directory.`, direct: "" };
  return guideToNewDirectory(state, args, first);
}

/** The path begins with a directory that does not exist. */
function guideToNewDirectory(state: State, { source }: TransferArgs, name: string): Guidance {
  if (!plain(name) || itemHere(state, name) || hasForbiddenCharacter(name)) return noSuchDirectory;
  const directories = namesOfKind(state, state.current, "directory").filter((other) => accepts(state, source, other));
  const values = closest(name, directories);
  return {
    guide: `There is no directory '${name}' here: make it first, then give only its name${values.length > 0 ? `; or use one that is here: ${quoted(values)}` : ""}.`,
    direct: "Call 'mkdir' for the directory first, if it is meant to be new.",
    ...(values.length > 0 ? { argument: "destination", values } : {}),
    tools: ["mkdir"],
  };
}

/** The path leads to the current directory, and ends in a new name there. */
function staysHere(state: State, { source }: TransferArgs, name: string | undefined): Guidance {
  if (name !== undefined && accepts(state, source, name))
    return {
      guide: `It means a name in the current directory: give only '${name}'.`,
      direct: "",
      argument: "destination",
      values: [name],
    };
  const why = itemHere(state, source) ? "where the source is already" : "which takes in nothing from other directories";
  return { guide: `It means the current directory, ${why}.`, direct: "" };
}

/** The path leads to another directory, and may end in a new name there. */
function into(
  state: State,
  { source }: TransferArgs,
  directory: number,
  name: string | undefined,
  more?: string,
): Guidance {
  const step = stepTowards(state, directory);
  if (step === undefined || step === ".." || step === "/") return outOfReach(state, source);
  const deeper = itemHere(state, step)?.id !== directory;
  const rest =
    more ?? (deeper ? "go on from there, one level at a time" : name && `then name it '${short(name)}' there`);
  if (step === source) return { guide: "A directory cannot go into itself: choose another one.", direct: "" };
  if (!accepts(state, source, step))
    return { guide: `The directory here is '${step}', which holds a '${short(source)}' already.`, direct: "" };
  return {
    guide: `The directory to give is '${step}'${rest ? `; ${rest}` : ""}.`,
    direct: rest ? "Call 'cd' to enter it afterwards, then 'mv' to go on from there." : "",
    argument: "destination",
    values: [step],
    tools: rest ? ["cd", "mv"] : [],
  };
}

/** Only directories that are here can take anything in, so a way up or aside is open to texts alone. */
function outOfReach(state: State, source: string): Guidance {
  const reach = "Only the current directory and the directories in it can take it in";
  if (itemHere(state, source)?.type !== "file")
    return { guide: `${reach}: choose one of these.`, direct: "Call 'ls' to see what is here.", tools: ["ls"] };
  return {
    guide: `${reach}; elsewhere, a new file can be given the same text.`,
    direct: "Call 'cat' here, then 'cd' to the other directory, 'touch' for the new file and 'echo' for its text.",
    tools: ["cat", "cd", "touch", "echo"],
  };
}

function tooLarge(source: string): Advice {
  const rule = "'source' must not make the tree too large";
  return {
    diagnose: `${rule}, and '${short(source)}' leads to so many names that one more place for it would.`,
    unmet: [rule],
    guide: "Use a 'source' that holds less, or remove copies that nobody needs.",
    direct: "Call 'rm' on copies that nobody needs.",
    argument: "source",
    tools: ["rm"],
  };
}

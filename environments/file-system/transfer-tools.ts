import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { fileSystemState, type State } from "./state.ts";
import { placed, withoutEntry } from "./tables.ts";
import { type Item, itemAt, itemHere, itemThere, namesHere, visibleNames } from "./tree.ts";

const transferArgs = z.object({ source: z.string(), destination: z.string() });
type TransferArgs = z.output<typeof transferArgs>;
const transferResult = z.strictObject({ result: z.string() });
const transferCandidates = { source: namesHere, destination: namesHere };

const TransferFacts = z.strictObject({
  source: z.string(),
  destination: z.string(),
  /** What the source is; null where there is none. */
  type: z.enum(["file", "directory"]).nullable(),
  /** The directory that the destination names; null where it names none. */
  directory: z.string().nullable(),
});
type TransferFacts = z.output<typeof TransferFacts>;

/** The failures that moving and copying share, in the words of `mv` and `cp`. */
const transferFailures = (tool: string, verb: string) => ({
  notFound: failure(TransferFacts, ({ source }) => `${tool}: cannot ${verb} '${source}': No such file or directory`),
  destinationIsPath: failure(
    TransferFacts,
    () => `${tool}: path not allowed in destination. Provide only a file or directory name.`,
  ),
  destinationIsFile: failure(
    TransferFacts,
    ({ source, destination }) => `${tool}: cannot ${verb} '${source}' to '${destination}': Not a directory`,
  ),
  treeTooLarge: failure(
    TransferFacts,
    ({ source }) => `${tool}: '${source}' is visible in too many places to be put into one more`,
  ),
});

export const mv = fileSystemState
  .write({
    description:
      "Move a file or directory of the current directory into a directory that is here, or rename it when `destination` is a new name. Both are names, not paths.",
    args: transferArgs,
    result: transferResult,
    failures: {
      ...transferFailures("mv", "move"),
      exists: failure(
        TransferFacts,
        ({ source, destination }) => `mv: cannot move '${source}' to '${destination}/${source}': File exists`,
      ),
    },
    candidates: transferCandidates,
    requires: [itemThere],
    provides: [itemThere],
  })
  .run(({ state, draft, args, fail }) => {
    const { item, parent, name, path, fault, facts } = transferOf(state, args);
    if (fault) return fail[fault](facts);
    const left = { ...state, entries: withoutEntry(state, args.source) };
    Object.assign(draft(), placed(left, parent, name, item!, "share"));
    return { result: `'${args.source}' moved to '${path}'` };
  });

export const cp = fileSystemState
  .write({
    description:
      "Copy a file or directory of the current directory into a directory that is here, or under a new name. Both are names, not paths.",
    args: transferArgs,
    result: transferResult,
    failures: {
      ...transferFailures("cp", "copy"),
      exists: failure(
        TransferFacts,
        ({ source, type, directory }) =>
          `${type === "file" ? "File" : "Directory"} '${source}' already exists in directory '${directory}'.`,
        { wire: "raised" },
      ),
    },
    candidates: transferCandidates,
    requires: [itemThere],
    provides: [itemThere],
  })
  .run(({ state, draft, args, fail }) => {
    const { item, parent, name, path, fault, facts } = transferOf(state, args);
    if (fault) return fail[fault](facts);
    Object.assign(draft(), placed(state, parent, name, item!, "copy"));
    return { result: `'${args.source}' copied to '${path}'` };
  });

type Fault = keyof ReturnType<typeof transferFailures> | "exists";

/** Where a source would go: into the directory that the destination names, or under that name; and what forbids it. */
function transferOf(state: State, args: TransferArgs) {
  const { source, destination } = args;
  const item = itemHere(state, source);
  const target = itemHere(state, destination);
  const place = target
    ? { parent: target.id, name: source, path: `${destination}/${source}` }
    : { parent: state.current, name: destination, path: destination };
  const directory = target?.type === "directory" ? state.nodes[target.id]!.name : null;
  const facts: TransferFacts = { source, destination, type: item?.type ?? null, directory };
  return { item, ...place, fault: faultOf(state, args, item, target), facts };
}

function faultOf(
  state: State,
  args: TransferArgs,
  item: Item | undefined,
  target: Item | undefined,
): Fault | undefined {
  if (!item) return "notFound";
  if (args.destination.includes("/")) return "destinationIsPath";
  if (target?.type === "file") return "destinationIsFile";
  if (target && itemAt(state, target.id, args.source)) return "exists";
  return outgrows(state, item) ? "treeTooLarge" : undefined;
}

/**
 * Sharing lets a few calls double the tree that `find` walks, again and again, which takes the reference down. Here a directory
 * that could lead to more than a million visible names is not placed.
 */
function outgrows(state: State, item: Item): boolean {
  return item.type === "directory" && visibleNames(state, state.root) * visibleNames(state, item.id) > 1_000_000;
}

import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What to say of an error that comes of an author's code, such as a tool that throws, with the line that it comes from; undefined
 * where no such code had a part in it.
 */
export function authorError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const frames = (error.stack ?? "").split("\n").flatMap(placeIn);
  const first = frames.find(({ file }) => !ownFolders.some((folder) => file.startsWith(folder)) && !isInstalled(file));
  if (first === undefined) return undefined;
  const message = error.message.replace(/\s*\n\s*/g, " ");
  return `${error.name}: ${message} (${relative(process.cwd(), first.file)}:${first.line}); no tool, hint or schema may throw: \`npx envtune verify\` says where one does`;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, basename(here) === "cli" ? "../.." : "..");
const ownFolders = ["dist", "src", "environments", "tests"].map((folder) => join(root, folder) + sep);
const isInstalled = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);

/** The file and line of a line of a stack, unless it is Node's own. */
function placeIn(text: string): { file: string; line: string }[] {
  const [, place, line] = /^ +at (?:.*\()?(?:async )?([^()]+):(\d+):\d+\)?$/.exec(text) ?? [];
  if (place === undefined || place.startsWith("node:")) return [];
  const file = place.startsWith("file:") ? fileURLToPath(place) : place;
  return file.includes(sep) ? [{ file, line: line! }] : [];
}

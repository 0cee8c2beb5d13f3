import { type UnzipFileInfo, unzipSync } from "fflate";
import { DataError } from "../problem.ts";
import { type BfclSource, decodeText, isQuestionFile, listed, packageVersion } from "./source.ts";

/** Far above any file of the package (the largest we read is 0.4 MB); a larger one is not unpacked. */
const largestFile = 64 * 1024 * 1024;

/** Reads a wheel, or a zip file of a checkout, in memory. */
export function openArchive(path: string, bytes: Uint8Array): BfclSource {
  const names: string[] = [];
  unzip(path, bytes, ({ name }) => {
    names.push(name);
    return false;
  });
  const root = names.map(packageRoot).find((folder) => folder !== undefined);
  if (root === undefined)
    throw new DataError(
      `no BFCL data in ${path}: expected bfcl_eval/data/BFCL_v4_multi_turn_base.json in it; found ${listed(names)}`,
    );
  const files = unzip(path, bytes, ({ name, originalSize }) => {
    if (!name.startsWith(root) || !/\.(json|py)$/.test(name)) return false;
    if (originalSize > largestFile) throw new DataError(`${path}: ${name} is too large to be a file of BFCL`);
    return /\/(data|func_source_code)\/|long_context\.json$/.test(`/${name.slice(root.length)}`);
  });
  const version = names.map((name) => packageVersion(name.split("/")[0]!)).find((text) => text !== undefined);
  return {
    nameOf: (file) => `${path}!${root}${file}`,
    read: async (file) => {
      const content = Object.hasOwn(files, root + file) ? files[root + file] : undefined;
      return content && decodeText(content, `${path}!${root}${file}`);
    },
    list: async (folder) => namesBelow(names, `${root}${folder}/`),
    ...(version === undefined ? {} : { version }),
  };
}

/** What stands before `data/` in the path of a question file. */
function packageRoot(name: string): string | undefined {
  const cut = name.lastIndexOf("data/BFCL_");
  if (cut < 0 || (cut > 0 && name[cut - 1] !== "/")) return undefined;
  return isQuestionFile(name.slice(cut + "data/".length)) ? name.slice(0, cut) : undefined;
}

function namesBelow(names: readonly string[], folder: string): readonly string[] {
  const below = names.filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length).split("/")[0]!);
  return [...new Set(below)].sort();
}

function unzip(path: string, bytes: Uint8Array, filter: (file: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${path} is neither a folder nor a readable wheel or zip file (${(error as Error).message})`);
  }
}

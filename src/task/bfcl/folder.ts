import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type BfclSource, decodeText, packageVersion } from "./source.ts";

/** Reads a package from its folder, the one that holds `data/`. */
export async function openFolder(root: string): Promise<BfclSource> {
  const version = (await namesIn(dirname(resolve(root)))).map(packageVersion).find((text) => text !== undefined);
  return {
    nameOf: (file) => join(root, file),
    read: async (file) => {
      const bytes = await readFile(join(root, file)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
        throw error;
      });
      return bytes && decodeText(bytes, join(root, file));
    },
    list: (folder) => namesIn(join(root, folder)),
    ...(version !== undefined && basename(resolve(root)) === "bfcl_eval" ? { version } : {}),
  };
}

/** The names in a folder, sorted; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { DataError } from "../problem.ts";
import { openArchive } from "./archive.ts";
import { namesIn, openFolder } from "./folder.ts";
import { packageFolders } from "./layout.ts";
import { type BfclSource, isQuestionFile, listed } from "./source.ts";

/** Finds the BFCL package in a folder, a site-packages folder, a checkout, a virtual environment, a wheel or a zip file. */
export async function openBfclSource(path: string): Promise<BfclSource> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DataError(`${path} does not exist; name a bfcl_eval package, a wheel, or a checkout of BFCL`);
  if (found.isFile()) return openArchive(path, new Uint8Array(await readFile(path)));
  const start = basename(resolve(path)) === "data" ? dirname(resolve(path)) : path;
  for (const folder of [...packageFolders, ...(await virtualEnvironmentFolders(start))]) {
    const root = join(start, folder);
    if ((await namesIn(join(root, "data"))).some(isQuestionFile)) return openFolder(root);
  }
  throw new DataError(
    `no BFCL data in ${path}: expected data/BFCL_v4_multi_turn_base.json in it or in its bfcl_eval folder; ` +
      `found ${listed(await namesIn(path))}`,
  );
}

async function virtualEnvironmentFolders(start: string): Promise<readonly string[]> {
  return (await namesIn(join(start, "lib"))).map((python) => `lib/${python}/site-packages/bfcl_eval`);
}

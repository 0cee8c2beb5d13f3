import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const folder = new URL("../../shared/", import.meta.url);
const told = new Set<string>();

/** Where a file of the recordings lies beside the checkout; undefined, with a line on the console, where it is absent. */
export function sharedPath(name: string): string | undefined {
  const path = fileURLToPath(new URL(name, folder));
  if (existsSync(path)) return path;
  if (!told.has(name)) console.log(`skipped what needs ../shared/${name}: no such file`);
  told.add(name);
  return undefined;
}

/** A recording's text, unpacked; undefined where it is absent. */
export function readShared(name: string): string | undefined {
  const path = sharedPath(name);
  if (path === undefined) return undefined;
  const bytes = readFileSync(path);
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

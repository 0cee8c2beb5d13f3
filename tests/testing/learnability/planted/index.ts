import { bad } from "./bad.ts";
import { clean } from "./clean.ts";
import { freshBad } from "./fresh-bad.ts";
import { freshClean } from "./fresh-clean.ts";
import type { Planted } from "./planted.ts";

/** All 36 by name; of the first 24 and of the fresh ones, those with nothing wrong come first. */
export const planted: Readonly<Record<string, Planted>> = { ...clean, ...bad, ...freshClean, ...freshBad };

import { bad } from "./bad.ts";
import { clean } from "./clean.ts";
import type { Planted } from "./planted.ts";

/** All 24 by name, the clean ones first. */
export const planted: Readonly<Record<string, Planted>> = { ...clean, ...bad };

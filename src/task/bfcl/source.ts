import { DataError } from "../problem.ts";

/** The files of one BFCL package, wherever they lie. */
export interface BfclSource {
  /** What a file is called in messages. */
  readonly nameOf: (file: string) => string;
  /** The text of a file, by its path in the package; undefined where there is none. Throws where it is no UTF-8. */
  readonly read: (file: string) => Promise<string | undefined>;
  /** The names in a folder of the package, for messages. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** The version of the package, where its metadata lie beside it. */
  readonly version?: string;
}

export const isQuestionFile = (name: string): boolean => /^BFCL_v\d+_multi_turn_\w+\.json$/.test(name);

/** "a, b and 3 more", or "nothing". */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const more = names.length - 12;
  return more > 0 ? `${names.slice(0, 12).join(", ")} and ${more} more` : names.join(", ");
}

/** The version in a name like `bfcl_eval-2026.3.23.dist-info`. */
export function packageVersion(name: string): string | undefined {
  return /^bfcl_eval-([0-9][^/]*)\.dist-info$/.exec(name)?.[1];
}

export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DataError(`${name}: not UTF-8 text; fetch the file again`);
  }
}

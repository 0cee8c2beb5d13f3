/** Something wrong in a data file: where, and what to do about it. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The field, as in `turns[2].groundTruth[0].args.folder`. */
  readonly path?: string;
  readonly message: string;
}

/** `tasks.jsonl:3: turns[0].user: expected string, got number` */
export function problemText({ file, line, column, path, message }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return path ? `${place}: ${path}: ${message}` : `${place}: ${message}`;
}

/** `["turns", 2, "x y"]` as `turns[2]["x y"]`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(String(key))) text += text === "" ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text;
}

const shown = 50;

/** The problems as lines, at most fifty of them. */
function problemList(problems: readonly Problem[]): string {
  const lines = problems.slice(0, shown).map((problem) => `  ${problemText(problem)}`);
  if (problems.length > shown) lines.push(`  … and ${problems.length - shown} more`);
  return lines.join("\n");
}

/** Data that cannot be used. `problems` lists everything that was found, not only what the message has room for. */
export class DataError extends Error {
  override readonly name: string = "DataError";
  readonly problems: readonly Problem[];
  constructor(summary: string, problems: readonly Problem[] = []) {
    super(problems.length === 0 ? summary : `${summary}\n${problemList(problems)}`);
    this.problems = problems;
  }
}

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface CompileError {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** The tool in whose definition, hints or call the error lies. */
  readonly tool: string | undefined;
}
export interface Compilation {
  readonly seconds: number;
  /** Of the processor, on all cores; undefined where the system does not say. */
  readonly busy: number | undefined;
  readonly errors: readonly CompileError[];
  /** By the compiler's names: Types, Instantiations, Memory used, ... */
  readonly figures: Readonly<Record<string, string>>;
}

/** Compiles a project in a process of its own, with nothing kept from before. `compiler` is the script of the package `typescript`. */
export function compileProject(folder: string, compiler: string, options: readonly string[] = []): Compilation {
  const start = performance.now();
  const before = childSeconds();
  const output = outputOf(
    process.execPath,
    [compiler, "-p", folder, "--pretty", "false", "--extendedDiagnostics", ...options],
    folder,
  );
  const seconds = (performance.now() - start) / 1000;
  const after = childSeconds();
  const busy = before === undefined || after === undefined ? undefined : after - before;
  const errors = [...output.matchAll(/^(\S+)\((\d+),\d+\): (error .*(?:\n {2,}.*)*)/gm)].map(
    ([, file, line, text]) => ({
      ...{ file: file!, line: Number(line), text: text!, tool: toolAt(join(folder, file!), Number(line)) },
    }),
  );
  const figures = [...output.matchAll(/^([A-Z][\w /]+):\s+(\S+)$/gm)].map(([, name, value]) => [name!, value!]);
  return { seconds, busy, errors, figures: Object.fromEntries(figures) };
}

/** What ended child processes have worked in all, in Linux's ticks of 10 ms. */
function childSeconds(): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function outputOf(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (stdout === undefined) throw error;
    return stdout;
  }
}

/** The nearest line at or above that begins a tool's definition, its hints or a call of it. */
function toolAt(path: string, line: number): string | undefined {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, line);
  const begins = /^export const (\w+) = kit$|^ {2}(\w+): \{|\{ tool: "(\w+)"/;
  const found = lines.findLast((text) => begins.test(text))?.match(begins);
  return found?.slice(1).find((name) => name !== undefined);
}

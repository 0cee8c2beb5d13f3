import { type ArgsDef, type CommandDef, defineCommand } from "citty";
import { DataError } from "../task/problem.ts";
import { authorError } from "./author-error.ts";

/**
 * A command that refuses options it does not know, and prints what is wrong with the user's input or environment without a
 * stack. Errors of any other kind are ours and keep theirs.
 */
export function command<const T extends ArgsDef>(definition: CommandDef<T>): CommandDef<T> {
  const { run } = definition;
  if (!run) return defineCommand(definition);
  return defineCommand({
    ...definition,
    async run(context) {
      try {
        refuseUnknown(context.rawArgs, (definition.args ?? {}) as ArgsDef);
        return await run(context);
      } catch (error) {
        const message = error instanceof DataError ? error.message : (unreadableFile(error) ?? authorError(error));
        if (message === undefined) throw error;
        process.stderr.write(`${message}\n`);
        process.exitCode = 1;
      }
    },
  });
}

/** What to say of a path that the user named and the system refused; undefined for any other error. */
function unreadableFile(error: unknown): string | undefined {
  // What is renamed onto a file is a temporary one of ours.
  const { code, path: first, dest: path = first } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (path === undefined) return undefined;
  if (code === "ENOENT") return `${path}: there is no such file or folder`;
  if (code === "EISDIR") return `${path}: this is a folder, where a file is needed`;
  return code === "EACCES" || code === "EPERM" ? `${path}: no permission` : undefined;
}

/** Options that there are not, options without their value, and words that no argument takes. */
function refuseUnknown(rawArgs: readonly string[], known: ArgsDef): void {
  const names = Object.keys(known).filter((name) => known[name]!.type !== "positional");
  const takesWords = names.length < Object.keys(known).length;
  for (let index = 0; index < rawArgs.length && rawArgs[index] !== "--"; index++) {
    const argument = rawArgs[index]!;
    if (!/^--?[a-zA-Z]/.test(argument)) {
      if (!takesWords) throw new DataError(`'${argument}' is not expected here; options start with --`);
      continue;
    }
    const [given, value] = argument.replace(/^-+/, "").split("=", 2);
    const name = given!.startsWith("no-") && !names.includes(given!) ? given!.slice(3) : given!;
    if (!names.includes(name))
      throw new DataError(`unknown option ${argument}; there are ${names.map((each) => `--${each}`).join(", ")}`);
    if (known[name]!.type === "boolean" || value !== undefined) continue;
    index += 1;
    if (rawArgs[index] === undefined || rawArgs[index]!.startsWith("--"))
      throw new DataError(`${argument} needs a value, as in ${argument} <${known[name]!.valueHint ?? name}>`);
  }
}

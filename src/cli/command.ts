import { type ArgsDef, type CommandDef, defineCommand } from "citty";
import { DataError } from "../task/problem.ts";

/**
 * A command that refuses options it does not know, and prints what is wrong with the user's input without a stack. Errors of
 * any other kind are ours and keep theirs.
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
        if (!(error instanceof DataError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
      }
    },
  });
}

function refuseUnknown(rawArgs: readonly string[], known: ArgsDef): void {
  const names = Object.keys(known).filter((name) => known[name]!.type !== "positional");
  const end = rawArgs.indexOf("--");
  for (const argument of end < 0 ? rawArgs : rawArgs.slice(0, end)) {
    if (!/^--?[a-zA-Z]/.test(argument)) continue;
    const name = argument.replace(/^-+/, "").split("=")[0]!;
    const plain = name.startsWith("no-") && !names.includes(name) ? name.slice(3) : name;
    if (!names.includes(plain))
      throw new DataError(`unknown option ${argument}; there are ${names.map((each) => `--${each}`).join(", ")}`);
  }
}

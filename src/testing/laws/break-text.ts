import type { Call } from "../../core/call.ts";
import type { Environment } from "../../core/environment.ts";
import { type LawBreak, laws } from "./law.ts";

/** A broken law as an author reads it: the law, where to look, the program, and how to run it again. */
export function breakText(
  environment: Environment,
  { law, tool, message, program, start, seed, path }: LawBreak,
): string {
  const place = tool === undefined ? environment.name : `${environment.name}.${tool}`;
  const lines = [`${place} breaks the law '${law}': ${laws[law]}`, `  ${message}`];
  if (path === "") return lines.join("\n");
  const from = start === 0 ? "config" : `alsoFrom[${start - 1}]`;
  const calls = program.map((call, index) => `  ${index === 0 ? "program" : "       "}  ${callText(call)}`);
  return [
    ...lines,
    `  from     ${from}`,
    ...calls,
    `  again    checkLaws(…, { …, seed: ${seed}, path: ${JSON.stringify(path)} })`,
  ].join("\n");
}

const callText = ({ tool, args }: Call): string => `${tool}(${JSON.stringify(args)})`;

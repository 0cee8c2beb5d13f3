import type { z } from "zod";
import { placeOf, unserialisablePart } from "./json-part.ts";
import type { Tool, Tools } from "./tool.ts";
import { toolDocument } from "./tool-document.ts";

/**
 * The author's mistakes that only a state can show, looked for at the first `init` of an environment: a state that is not plain
 * JSON, an invariant that throws, and (since it takes a moment) arguments that no JSON schema can describe. Throws, naming what
 * is wrong and the fix.
 */
export function checkFirstState(
  environment: string,
  tools: Tools,
  invariants: Readonly<Record<string, (state: any) => boolean>>,
  state: object,
): void {
  const fault = unserialisablePart(state);
  if (fault)
    throw new Error(
      `${environment}: init made a state that JSON cannot say: ${placeOf(fault)} of it is no JSON, ${fault.reason}; keep plain objects, lists, texts, numbers, truth values and null`,
    );
  for (const [statement, holds] of Object.entries(invariants))
    try {
      holds(state);
    } catch (error) {
      throw new Error(
        `${environment}: the invariant '${statement}' throws on the first state (${(error as Error).message}); it must answer true or false for every state that fits the schema`,
        { cause: error },
      );
    }
  for (const [name, tool] of Object.entries(tools)) checkDocument(environment, name, tool);
}

function checkDocument(environment: string, name: string, tool: Tool): void {
  try {
    toolDocument(name, tool);
  } catch (error) {
    const argument = Object.entries(tool.spec.args.shape as Record<string, z.ZodType>).find(([key]) => {
      try {
        const args = tool.spec.args.pick({ [key]: true });
        toolDocument(name, { ...tool, spec: { ...tool.spec, args } });
        return false;
      } catch {
        return true;
      }
    })?.[0];
    const what = argument === undefined ? "its arguments" : `its argument '${argument}'`;
    throw new Error(
      `${environment}.${name}: no JSON schema can describe ${what} to a model (${(error as Error).message}); take a type that JSON has: a text for a date, a list or a record for a map`,
      { cause: error },
    );
  }
}

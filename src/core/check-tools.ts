import { callFailureCodes } from "./call.ts";
import { whyReserved } from "./reserved-names.ts";
import type { Tools } from "./tool.ts";

/** The author's mistakes in tools that types cannot show. Throws, naming the tool. */
export function checkTools(environment: string, tools: Tools): void {
  const names = new Map<unknown, string>();
  for (const [name, tool] of Object.entries(tools)) {
    const { spec } = tool;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw new Error(`${environment}: '${name}' cannot name a tool; use letters, digits and _`);
    const reserved = whyReserved(name);
    if (reserved) throw new Error(`${environment}.${name}: the name is reserved, ${reserved}; give the tool another`);
    const other = names.get(tool);
    if (other !== undefined)
      throw new Error(
        `${environment}.${name}: it is the same tool as '${other}'; a tool has one name, so leave one out`,
      );
    names.set(tool, name);
    if (spec.description.trim() === "") throw new Error(`${environment}.${name}: a tool needs a description`);
    for (const code of Object.keys(spec.failures ?? {}))
      if ((callFailureCodes as readonly string[]).includes(code))
        throw new Error(`${environment}.${name}: failure code '${code}' is taken by calls that never reach the tool`);
    for (const key of Object.keys(spec.candidates ?? {}))
      if (!Object.hasOwn(spec.args.shape, key))
        throw new Error(`${environment}.${name}: candidates are given for '${key}', which is no argument`);
  }
}

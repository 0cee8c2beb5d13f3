import type { NamedArgument } from "./call-syntax.ts";
import { repr } from "./text.ts";

/** The call text that the reference writes for a tool-calling message: `mv(source='a',destination='b')`. */
export function callText(tool: string, named: readonly NamedArgument[]): string {
  return `${tool}(${named.map(([name, value]) => `${name}=${repr(value)}`).join(",")})`;
}

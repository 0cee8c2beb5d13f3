import type { Environment } from "../core/environment.ts";
import type { Tools } from "../core/tool.ts";

/** Each failure that an environment's tools declare. */
export function declaredFailures(environment: Environment): { readonly tool: string; readonly code: string }[] {
  return Object.entries(environment.tools as Tools).flatMap(([tool, { spec }]) =>
    Object.keys(spec.failures ?? {}).map((code) => ({ tool, code })),
  );
}

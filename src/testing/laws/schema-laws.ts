import { z } from "zod";
import type { Environment } from "../../core/environment.ts";
import type { Tool } from "../../core/tool.ts";
import type { Finding, LawName } from "./law.ts";

/** Schemas that take anything check nothing: `z.any()` and `z.unknown()` without a check of their own, and loose objects. */
export function schemaFindings(environment: Environment): Finding[] {
  const of = (law: LawName, schema: z.ZodType, what: string, tool?: string): Finding[] =>
    loosePlaces(schema).map((path) => ({
      law,
      ...(tool === undefined ? {} : { tool }),
      message: `${what} takes anything at '${path}', so that it checks nothing there; name what can stand there`,
    }));
  return [
    ...of("closed", environment.stateSchema, "the state schema"),
    ...Object.entries(environment.tools as Record<string, Tool>).flatMap(([tool, { spec }]) => [
      ...of("typed", spec.args, "the schema of its arguments", tool),
      ...of("typed", spec.result, "`result`", tool),
      ...Object.entries(spec.failures ?? {}).flatMap(([code, { data }]: [string, any]) =>
        of("typed", data, `the schema of failure '${code}'`, tool),
      ),
    ]),
  ].slice(0, 12);
}

/** The first place in a schema, as a path, that takes anything; none where all is named. */
function loosePlaces(schema: z.ZodType): string[] {
  const loose = new Set<string>();
  const checked = new Set<string>();
  z.toJSONSchema(schema, {
    unrepresentable: "any",
    override: ({ zodSchema, path }) => {
      const { def } = zodSchema._zod as { def: { type: string; checks?: readonly unknown[]; catchall?: any } };
      const place = path.filter((part) => part !== "properties").join("/");
      // A schema with a check is looked at after the one without that it was made from.
      if (def.checks?.length) checked.add(place);
      const open = def.type === "object" && ["any", "unknown"].includes(def.catchall?._zod.def.type);
      if (def.type === "any" || def.type === "unknown" || open) loose.add(place);
    },
  });
  return [...loose].filter((place) => !checked.has(place)).slice(0, 1);
}

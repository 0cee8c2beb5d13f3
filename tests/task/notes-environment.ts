import { z } from "zod";
import { defineState, type Environment, joinEnvironments } from "../../src/core/index.ts";

const notes = defineState({
  name: "notes",
  state: z.strictObject({ owner: z.string(), lines: z.array(z.string()) }),
  config: z.strictObject({ owner: z.string().optional(), lines: z.array(z.string()).optional() }),
}).init(({ owner = "nobody", lines = [] }) => {
  if (lines.length > 3) throw new Error("the notebook holds three lines");
  return { owner, lines };
});

const write = notes
  .write({
    description: "Write a line.",
    args: z.object({ line: z.string(), times: z.number().default(1), tags: z.array(z.string()).default([]) }),
    result: z.null(),
  })
  .run(({ draft, args }) => {
    draft().lines.push(args.line);
    return null;
  });
const read = notes
  .read({ description: "Read all lines.", args: z.object({}), result: z.array(z.string()) })
  .run(({ state }) => state.lines);

const environment = notes.environment({ tools: { write, read } }) as Environment;

/** Knows one environment, `notes`: a notebook with the tools `write` and `read`. */
export function environmentOf(names: readonly string[]): Environment {
  for (const name of names) if (name !== "notes") throw new Error(`no environment is named '${name}'; there are notes`);
  return joinEnvironments({ notes: environment }) as Environment;
}

/** A task that is right in every respect, with the fields given in place of its own. */
export function noteTask(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "note_0",
    family: "note_0",
    category: "base",
    environments: ["notes"],
    config: { notes: { owner: "ann" } },
    turns: [{ user: "Write hello.", groundTruth: [{ tool: "write", args: { line: "hello" } }] }],
    ...fields,
  };
}

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One slip of an author's in the generated project: what it is, where, and which tool the compiler has to point at. */
export interface PlantedError {
  readonly slip: string;
  readonly file: string;
  readonly tool: string;
  readonly from: string;
  readonly to: string;
}

export const plantedErrors: readonly PlantedError[] = [
  {
    ...{ slip: "a tool returns a value of the wrong type", file: "src/garage/tools.ts", tool: "get_part" },
    from: "const one = state.parts[args.part_id];\n    if (!one) return fail.notFound({ id: args.part_id });\n    return { label: one.label, status: one.status, count: one.count",
    to: "const one = state.parts[args.part_id];\n    if (!one) return fail.notFound({ id: args.part_id });\n    return { label: one.label, status: one.status, count: one.label",
  },
  {
    ...{ slip: "a tool returns too little", file: "src/clinic/tools.ts", tool: "change_visit" },
    from: "const changed = draft().visits[id]!;\n    changed.count = args.count;\n    changed.notes.push(...args.notes);\n    if (args.status) changed.status = args.status;\n    return { changed: true, count: args.count, notes: changed.notes };",
    to: "const changed = draft().visits[id]!;\n    changed.count = args.count;\n    changed.notes.push(...args.notes);\n    if (args.status) changed.status = args.status;\n    return { changed: true, count: args.count };",
  },
  {
    ...{ slip: "a tool fails as it does not declare", file: "src/farm/tools.ts", tool: "get_crop" },
    from: "if (!one) return fail.notFound({ id: args.crop_id });\n    return",
    to: "if (!one) return fail.isMissing({ id: args.crop_id });\n    return",
  },
  {
    ...{ slip: "a tool reads an argument that it does not take", file: "src/museum/tools.ts", tool: "change_tour" },
    from: "const id = args.tour_id;",
    to: "const id = args.tour;",
  },
  {
    ...{ slip: "a hint is missing", file: "src/harbour/index.ts", tool: "change_pilot" },
    from: `      tools: ["find_pilot"],\n    }),\n    isClosed: () => ({ diagnose: "It is closed.", guide: "Take another.", direct: "" }),\n`,
    to: `      tools: ["find_pilot"],\n    }),\n`,
  },
  {
    ...{ slip: "a hint reads data that the failure has not", file: "src/school/index.ts", tool: "find_mark" },
    from: "  find_mark: {\n    tooMany: ({ args, error }) => ({\n",
    to: "  find_mark: {\n    tooMany: ({ args, error }) => ({\n      values: [error.data.count],\n",
  },
  {
    ...{ slip: "a task gives a value of the wrong type", file: "src/hotel/tasks.ts", tool: "change_stay" },
    from: 'args: { stay_id: "stay-6", count: 7,',
    to: 'args: { stay_id: "stay-6", count: "7",',
  },
  {
    ...{ slip: "a task misspells an argument", file: "src/kitchen/tasks.ts", tool: "get_cook" },
    from: 'args: { cook_id: "cook-7" }',
    to: 'args: { cook: "cook-7" }',
  },
  {
    ...{ slip: "a task misspells a tool", file: "src/theatre/tasks.ts", tool: "get_shows" },
    from: '{ tool: "get_show", args: { show_id: "show-6" } }',
    to: '{ tool: "get_shows", args: { show_id: "show-6" } }',
  },
];

/** Plants it, and returns what takes it out again. Throws where the project has no such place. */
export function plantError(folder: string, { file, from, to }: PlantedError): () => void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not hold what is to be changed: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  return () => writeFileSync(path, text);
}

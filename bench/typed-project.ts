import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Ten environments of fifteen tools, in five kinds of records with three tools each. */
const domains: Readonly<Record<string, readonly string[]>> = {
  Library: ["book", "loan", "reader", "shelf", "fine"],
  Clinic: ["patient", "visit", "doctor", "room", "invoice"],
  Garage: ["car", "repair", "mechanic", "part", "bay"],
  Hotel: ["guest", "stay", "suite", "meal", "key"],
  School: ["pupil", "lesson", "teacher", "desk", "mark"],
  Kitchen: ["dish", "order", "cook", "stove", "recipe"],
  Harbour: ["ship", "berth", "pilot", "crane", "cargo"],
  Museum: ["exhibit", "tour", "guide", "hall", "ticket"],
  Farm: ["field", "harvest", "worker", "tractor", "crop"],
  Theatre: ["play", "show", "actor", "stage", "seat"],
};
const tasksEach = 30;

export interface ProjectSize {
  readonly environments: number;
  readonly tools: number;
  readonly tasks: number;
}

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

function recordSchema(record: string): string {
  return `export const ${capital(record)} = z.strictObject({
  label: z.string(),
  status: z.enum(["open", "held", "closed"]),
  count: z.int().min(0),
  priority: z.number(),
  notes: z.array(z.string()),
  owner: z.string().nullable(),
});
`;
}

function stateFile(name: string, records: readonly string[]): string {
  const fields = records.map((record) => `  ${record}s: z.record(z.string(), ${capital(record)}),`).join("\n");
  return `import { defineState, failure } from "envtune";
import { z } from "zod";

${records.map(recordSchema).join("")}
export const State = z.strictObject({
  today: z.string(),
  loggedIn: z.boolean(),
${fields}
});
export type State = z.output<typeof State>;
export const kit = defineState({ name: "${name}", state: State, config: State.omit({ loggedIn: true }) }).init(
  (config) => ({ loggedIn: false, ...config }),
);
export const notFound = failure(z.strictObject({ id: z.string() }), ({ id }) => \`there is no '\${id}'\`);
export const isClosed = failure(
  z.strictObject({ id: z.string(), since: z.string() }),
  ({ id, since }) => \`'\${id}' is closed since \${since}\`,
);
export const tooMany = failure(
  z.strictObject({ id: z.string(), most: z.int(), asked: z.int() }),
  ({ most, asked }) => \`\${asked} are asked for, \${most} are the most\`,
);
`;
}

function toolsOf(record: string): string {
  const [one, all] = [capital(record), `${record}s`];
  return `
export const find_${record} = kit
  .read({
    description: "Find ${record} records by status.",
    args: z.object({ status: z.enum(["open", "held", "closed"]), least: z.int().default(0), text: z.string().optional() }),
    result: z.array(z.strictObject({ id: z.string(), label: z.string(), count: z.int() })),
    failures: { tooMany },
  })
  .run(({ state, args, fail }) => {
    const found = Object.entries(state.${all}).filter(([, one]) => one.status === args.status && one.count >= args.least);
    if (found.length > 20) return fail.tooMany({ id: args.text ?? "", most: 20, asked: found.length });
    return found.map(([id, { label, count }]) => ({ id, label, count }));
  });

export const get_${record} = kit
  .read({
    description: "Show one ${record}.",
    args: z.object({ ${record}_id: z.string() }),
    result: z.strictObject({ label: z.string(), status: ${one}.shape.status, count: z.int(), owner: z.string().nullable() }),
    failures: { notFound },
    candidates: { ${record}_id: (state) => Object.keys(state.${all}) },
  })
  .run(({ state, args, fail }) => {
    const one = state.${all}[args.${record}_id];
    if (!one) return fail.notFound({ id: args.${record}_id });
    return { label: one.label, status: one.status, count: one.count, owner: one.owner };
  });

export const change_${record} = kit
  .write({
    description: "Change a ${record}.",
    args: z.object({
      ${record}_id: z.string(),
      count: z.int(),
      priority: z.number().optional(),
      status: ${one}.shape.status.optional(),
      notes: z.array(z.string()).default([]),
    }),
    result: z.strictObject({ changed: z.boolean(), count: z.int(), notes: z.array(z.string()) }),
    failures: { notFound, isClosed, tooMany },
    candidates: { ${record}_id: (state) => Object.keys(state.${all}), count: () => [1, 2, 50] },
    requires: ["logged in"],
  })
  .run(({ state, draft, args, fail }) => {
    const id = args.${record}_id;
    const one = state.${all}[id];
    if (!one) return fail.notFound({ id });
    if (one.status === "closed") return fail.isClosed({ id, since: state.today });
    if (args.count > 40) return fail.tooMany({ id, most: 40, asked: args.count });
    const changed = draft().${all}[id]!;
    changed.count = args.count;
    changed.notes.push(...args.notes);
    if (args.status) changed.status = args.status;
    return { changed: true, count: args.count, notes: changed.notes };
  });
`;
}

function toolsFile(records: readonly string[]): string {
  const schemas = records.map(capital).join(", ");
  return `import { z } from "zod";
import { ${schemas}, isClosed, kit, notFound, tooMany } from "./state.ts";
${records.map(toolsOf).join("")}`;
}

const namesOf = (records: readonly string[]): readonly string[] =>
  records.flatMap((record) => [`find_${record}`, `get_${record}`, `change_${record}`]);

function hintsOf(record: string): string {
  const none = `({ state, error }) => ({
      diagnose: \`There is no '\${error.data.id}' among \${Object.keys(state.${record}s).length}.\`,
      guide: "Look at which there are.",
      direct: "Call 'find_${record}'.",
      tools: ["find_${record}"],
    })`;
  return `  find_${record}: {
    tooMany: ({ args, error }) => ({
      diagnose: \`\${error.data.asked} are \${args.status}, and \${error.data.most} are shown at most.\`,
      guide: "Ask for fewer.",
      direct: "",
      argument: "least",
    }),
  },
  get_${record}: { notFound: ${none} },
  change_${record}: {
    notFound: ${none},
    isClosed: () => ({ diagnose: "It is closed.", guide: "Take another.", direct: "" }),
    tooMany: ({ args, error }) => ({
      diagnose: \`\${args.count} are more than \${error.data.most}.\`,
      guide: "Give a smaller count.",
      direct: "",
    }),
  },
`;
}

function indexFile(name: string, records: readonly string[]): string {
  const names = namesOf(records).join(", ");
  return `import { defineHints } from "envtune";
import { kit } from "./state.ts";
import { ${names} } from "./tools.ts";

export const ${name.toLowerCase()} = kit.environment({
  tools: { ${names} },
  invariants: { "counts are small": (state) => Object.values(state.${records[0]}s).every(({ count }) => count <= 40) },
});
export const ${name.toLowerCase()}Hints = defineHints(${name.toLowerCase()}, {
${records.map(hintsOf).join("")}});
`;
}

function taskText(name: string, records: readonly string[], index: number): string {
  const [record, other] = [records[index % records.length]!, records[(index + 1) % records.length]!];
  const item = `{ label: "L${index}", status: "open", count: ${index % 30}, priority: 1.5, notes: [], owner: null }`;
  const all = records
    .map((one) => `${one}s: ${one === record || one === other ? `{ "${one}-${index}": ${item} }` : "{}"}`)
    .join(", ");
  return `  {
    id: "${name.toLowerCase()}_${index}",
    config: { today: "2025-04-${10 + (index % 20)}", ${all} },
    turns: [
      {
        user: "Look at ${record}-${index}, and at what is open.",
        groundTruth: [
          { tool: "get_${record}", args: { ${record}_id: "${record}-${index}" } },
          { tool: "find_${other}", args: { status: "open", least: ${index % 3} } },
        ],
      },
      {
        user: "Make it ${(index % 30) + 1}, and note 'seen'.",
        groundTruth: [
          { tool: "change_${record}", args: { ${record}_id: "${record}-${index}", count: ${(index % 30) + 1}, notes: ["seen"] } },
        ],
      },
    ],
  },
`;
}

function tasksFile(name: string, records: readonly string[]): string {
  const texts = Array.from({ length: tasksEach }, (_, index) => taskText(name, records, index));
  return `import { defineTasks } from "envtune";
import { ${name.toLowerCase()} } from "./index.ts";

export const tasks = defineTasks(${name.toLowerCase()}, [
${texts.join("")}]);
`;
}

/** Writes the project into a folder that is emptied first, as a user of the built package has one. `packageFolder` is envtune's. */
export function writeTypedProject(folder: string, packageFolder: string): ProjectSize {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(packageFolder, join(folder, "node_modules", "envtune"));
  for (const dependency of ["zod", "@types"])
    symlinkSync(join(packageFolder, "node_modules", dependency), join(folder, "node_modules", dependency));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "typed-project", type: "module" }));
  const compilerOptions = {
    ...{ target: "es2023", module: "nodenext", strict: true, noUncheckedIndexedAccess: true, skipLibCheck: true },
    ...{ exactOptionalPropertyTypes: true, noEmit: true, allowImportingTsExtensions: true, types: ["node"] },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  for (const [name, records] of Object.entries(domains)) {
    const own = join(folder, "src", name.toLowerCase());
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "state.ts"), stateFile(name, records));
    writeFileSync(join(own, "tools.ts"), toolsFile(records));
    writeFileSync(join(own, "index.ts"), indexFile(name, records));
    writeFileSync(join(own, "tasks.ts"), tasksFile(name, records));
  }
  const environments = Object.keys(domains).length;
  return {
    environments,
    tools: Object.values(domains).flatMap(namesOf).length,
    tasks: environments * tasksEach,
  };
}

import { requests as bundledRequests, environmentOf, environments } from "../../environments/index.ts";
import type { Environment } from "../core/environment.ts";
import type { SeededRandom } from "../core/seeded-random.ts";
import type { Requests } from "../generate/define-requests.ts";
import { type Generated, generateTasks } from "../generate/generate-tasks.ts";
import { DataError } from "../task/problem.ts";
import { saveTasks } from "../task/save.ts";
import { categories as allCategories, type Task } from "../task/task.ts";
import { command } from "./command.ts";
import { requireTasks, shopTasks } from "./dataset.ts";
import { readReplayedModule } from "./replayed-module.ts";
import { table } from "./table.ts";

export const generateCommand = command({
  meta: {
    name: "generate",
    description: "Compose tasks out of calls that are executed, and verify each; the same seed writes the same file",
  },
  args: {
    environment: {
      type: "positional",
      required: false,
      description: "Names of environments, several joined as A+B; every environment by itself unless given",
    },
    module: {
      type: "string",
      valueHint: "file",
      description:
        "Environments of one's own: a module that exports their hints, tasks or a config, and perhaps requests",
    },
    count: { type: "string", default: "100", description: "Tasks of each environment" },
    seed: { type: "string", default: "0", description: "Seed of the tasks" },
    categories: {
      type: "string",
      valueHint: "list",
      default: allCategories.join(","),
      description: "Categories, by comma",
    },
    calls: { type: "string", valueHint: "least-most", default: "3-8", description: "Calls of a task" },
    turns: { type: "string", valueHint: "least-most", default: "2-4", description: "Turns of a conversation" },
    dataset: {
      type: "string",
      default: "bundled",
      description: "Where the starting configs come from: bundled, bfcl, a folder or a JSONL file",
    },
    out: {
      type: "string",
      valueHint: "file",
      description: "Where to write the tasks, as JSONL; nothing is written without it",
    },
    json: { type: "boolean", description: "Print one JSON object" },
  },
  async run({ args }) {
    const source = args.module === undefined ? await bundledSource(args.dataset) : await moduleSource(args.module);
    const names = args._.length > 0 ? [...new Set(args._)] : source.names;
    const options = {
      count: wholeNumber("count", args.count),
      seed: args.seed,
      categories: categoriesIn(args.categories),
      calls: rangeIn("calls", args.calls),
      turns: rangeIn("turns", args.turns),
    };
    if (options.turns[0] > options.calls[1])
      throw new DataError(
        `--turns: ${options.turns[0]} turns need as many calls, and --calls allows ${options.calls[1]}`,
      );
    const rows = names.map((name) => generateFor(name, source, options));
    const tasks = rows.flatMap((row) => row.tasks);
    if (args.out !== undefined) await saveTasks(args.out, tasks);
    process.stdout.write(args.json ? `${JSON.stringify(rows.map(figuresOf))}\n` : `${report(rows, args.out)}\n`);
    if (rows.some((row) => row.tasks.length < options.count)) process.exitCode = 1;
  },
});

/** Where environments and the configs to start them from come from. */
interface Source {
  readonly names: readonly string[];
  readonly environmentOf: (names: readonly string[]) => Environment;
  readonly requests: readonly Requests[];
  readonly tasks: readonly Task[];
  readonly extension?: unknown;
}

async function bundledSource(dataset: string): Promise<Source> {
  const { tasks: given, extension } = await requireTasks(dataset);
  // The shop's tasks are a collection of their own, but come with envtune all the same.
  const tasks = dataset === "bundled" ? [...given, ...(await shopTasks()).tasks] : given;
  return {
    names: Object.keys(environments),
    environmentOf,
    requests: Object.values(bundledRequests),
    tasks,
    extension,
  };
}

async function moduleSource(path: string): Promise<Source> {
  const { library, truths, requests, environmentOf } = await readReplayedModule(path);
  return { names: Object.keys(library), environmentOf, requests, tasks: truths.map(({ task }) => task) };
}

interface Row extends Generated {
  readonly name: string;
  readonly seconds: number;
  readonly used: number;
  readonly tools: number;
}
type Options = Pick<Parameters<typeof generateTasks>[0], "count" | "seed" | "categories" | "calls" | "turns">;

function generateFor(name: string, source: Source, options: Options): Row {
  const parts = name.split("+");
  if (new Set(parts).size < parts.length)
    throw new DataError(`'${name}': an environment is joined with others, not with itself; name each once`);
  for (const part of parts)
    if (!source.names.includes(part))
      throw new DataError(`no environment is named '${part}'; there are ${source.names.join(", ")}`);
  const environment = source.environmentOf(parts);
  const configs = new Map(parts.map((part) => [part, configsOf(part, source.tasks)]));
  const draw = (random: SeededRandom) =>
    Object.fromEntries(parts.map((part) => [part, random.pick(configs.get(part)!)]));
  const started = performance.now();
  const { requests, extension } = source;
  const alone = environment.parts[environment.name] === environment;
  const generated = generateTasks({
    ...options,
    ...{ environment, requests, extension },
    configs: alone || parts.length === 1 ? configs.get(parts[0]!)! : draw,
  });
  const used = new Set(
    generated.tasks.flatMap(({ turns }) => turns.flatMap((turn) => turn.groundTruth.map((call) => call.tool))),
  );
  const seconds = (performance.now() - started) / 1000;
  return { ...generated, name, seconds, used: used.size, tools: Object.keys(environment.tools).length };
}

/** The configs that tasks give an environment, each once; its defaults where none gives any. */
function configsOf(part: string, tasks: readonly Task[]): readonly unknown[] {
  const found = tasks.filter(({ environments }) => environments.includes(part)).map(({ config }) => config[part] ?? {});
  const once = new Map(found.map((config) => [JSON.stringify(config), config]));
  return once.size > 0 ? [...once.values()] : [{}];
}

const figuresOf = ({ name, tasks, seconds, attempts, rejected, left, used, tools }: Row) => ({
  ...{ environment: name, tasks: tasks.length, families: new Set(tasks.map(({ family }) => family)).size },
  ...{ seconds: Number(seconds.toFixed(2)), attempts, rejected, left, toolsUsed: used, tools },
  categories: Object.fromEntries(
    allCategories.map((category) => [category, tasks.filter((task) => task.category === category).length]),
  ),
});

function report(rows: readonly Row[], out: string | undefined): string {
  const head = ["environment", "tasks", "families", ...allCategories, "tools", "attempts", "seconds"];
  const figures = rows.map(figuresOf);
  const lines = [
    table(
      head,
      figures.map((row) => [
        ...[
          row.environment,
          row.tasks,
          row.families,
          ...allCategories.map((category) => row.categories[category]!),
        ].map(String),
        ...[`${row.toolsUsed} of ${row.tools}`, String(row.attempts), row.seconds.toFixed(1)],
      ]),
    ),
  ];
  for (const { environment, rejected, left } of figures) {
    const reasons = Object.entries(rejected).map(([reason, times]) => `${reason} ${times}`);
    if (reasons.length > 0) lines.push(`${environment}, conversations given up: ${reasons.join(", ")}`);
    for (const [category, reason] of Object.entries(left)) lines.push(`${environment}, no ${category}: ${reason}`);
  }
  const total = figures.reduce((sum, { tasks }) => sum + tasks, 0);
  lines.push(
    out === undefined
      ? `${total} tasks verified, none written: name a file with --out`
      : `${out}: ${total} tasks verified and written`,
  );
  return lines.join("\n");
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new DataError(`--${option}: a whole number from 1 is needed, not '${text}'`);
}

function rangeIn(option: string, text: string): readonly [number, number] {
  const [, least, most = least] = /^([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?$/.exec(text) ?? [];
  if (least !== undefined && Number(most) >= Number(least)) return [Number(least), Number(most)];
  throw new DataError(
    `--${option}: two whole numbers are needed, the least and the greatest, as in 3-8, not '${text}'`,
  );
}

function categoriesIn(text: string): readonly Task["category"][] {
  const names = text.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !(allCategories as readonly string[]).includes(name));
  if (wrong === undefined) return names as Task["category"][];
  throw new DataError(`--categories: there is no '${wrong}'; there are ${allCategories.join(", ")}`);
}

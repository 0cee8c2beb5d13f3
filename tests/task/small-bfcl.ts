import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { answerFile, bfclEnvironments, documentFile, questionFile } from "../../src/task/bfcl/layout.ts";
import { categories } from "../../src/task/task.ts";

/** The files of a package, by path. */
export type Files = Record<string, string>;

const tool = (name: string, ...parameters: string[]) => ({
  name,
  description: `Does ${name}.`,
  parameters: {
    type: "dict",
    properties: Object.fromEntries(parameters.map((key) => [key, { type: "string", description: `The ${key}.` }])),
    required: parameters,
  },
  response: { type: "dict", properties: {} },
});
const tools: Record<string, object[]> = {
  GorillaFileSystem: [tool("cd", "folder"), tool("sort", "file_name"), tool("mv", "source", "destination")],
  TradingBot: [tool("fund", "amount", "note")],
};

const constants: readonly (readonly [string, string, string])[] = [
  ["FILE_CONTENT_EXTENSION", '"more text" " and more"', '"more text and more"'],
  ["POPULATE_FILE_EXTENSION", "['a.jpg', 'b.jpg']", '["a.jpg", "b.jpg"]'],
  ["FILES_TAIL_USED", "['log.txt']", '["log.txt"]'],
  ["WATCH_LIST_EXTENSION", "['ZYX', ...]", '["ZYX", {"$ellipsis": true}]'],
  ["TRANSACTION_HISTORY_EXTENSION", "[{'amount': 5.0}]", '[{"amount": 5.0}]'],
  ["MA_5_EXTENSION", "[1.5, 2]", "[1.5, 2]"],
  ["MA_20_EXTENSION", "[]", "[]"],
  ["TECHNOLOGY_EXTENSION", "['ZYX']", '["ZYX"]'],
  ["AUTOMOBILE_EXTENSION", "['CAR']", '["CAR"]'],
  ["ORDER_DETAIL_EXTENSION", "{'note': 'long', 'price': 7.0}", '{"note": "long", "price": 7.0}'],
  ["CREDIT_CARD_EXTENSION", "{'12345': {'balance': 10.0}}", '{"12345": {"balance": 10.0}}'],
  ["BOOKING_RECORD_EXTENSION", "{'b': {'cost': 1}}", '{"b": {"cost": 1}}'],
  ["CAR_STATUS_METADATA_EXTENSION", "'blue'", '"blue"'],
  ["LONG_WEATHER_EXTENSION", "{'-1_day': {'wind': 15.0}}", '{"-1_day": {"wind": 15.0}}'],
  ["PARKING_BRAKE_INSTRUCTION", "'pull'", '"pull"'],
  ["INTERMEDIARY_CITIES", "['Oldtown']", '["Oldtown"]'],
];
export const longContextModule = `# long\n${constants.map(([name, python]) => `${name} = ${python}`).join("\n")}\n`;
export const longContextJson = `{${constants.map(([name, , json]) => `"${name}": ${json}`).join(", ")}}`;

const module = "eval_checker/multi_turn_eval/func_source_code/long_context.py";

/** A package in BFCL's layout with two conversations a category, all of its own words. */
export function smallBfcl(longContext: "module" | "json" = "module"): Files {
  const files: Files = {};
  for (const name of bfclEnvironments)
    files[documentFile(name)] = (tools[name] ?? [tool(`use_${name}`)])
      .map((one) => `${JSON.stringify(one)}\n`)
      .join("");
  for (const category of categories) {
    files[questionFile(category)] = [0, 1].map((index) => `${question(category, index)}\n`).join("");
    files[answerFile(category)] = [1, 0].map((index) => `${answer(category, index)}\n`).join("\n");
  }
  if (longContext === "module") files[module] = longContextModule;
  else files["long_context.json"] = longContextJson;
  return files;
}

const user = (content: string) => `[{"role": "user", "content": ${JSON.stringify(content)}}]`;

function question(category: string, index: number): string {
  const turns = [
    user("Enter the folder."),
    ...(category === "miss_func" ? [user("Sort it."), "[]"] : [user("Sort it.")]),
  ];
  const released = category === "miss_func" ? ', "missed_function": {"2": ["sort"]}' : "";
  const config = `{"GorillaFileSystem": {"root": {}}, "TradingBot": {"orders": {"12": {"price": 5.0}, "2": {"price": 5}}}, "MathAPI": {}}`;
  return `{"id": "multi_turn_${category}_${index}", "question": [${turns.join(", ")}], "initial_config": ${config}, "path": [], "involved_classes": ["TradingBot", "GorillaFileSystem"]${released}, "excluded_function": ["mv"]}`;
}

function answer(category: string, index: number): string {
  const calls = [
    ["cd('docs')", "fund(5.0, note='it\\'s mine')"],
    ...(category === "miss_func" ? [[]] : []),
    ["sort(file_name='a')"],
  ];
  return JSON.stringify({ id: `multi_turn_${category}_${index}`, ground_truth: calls });
}

export async function writeFiles(folder: string, files: Files): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** A wheel that holds the package, its metadata, and a question file that is no part of it. */
export function wheelOf(files: Files): Uint8Array {
  const entries = Object.entries(files).map(([path, text]) => [`bfcl_eval/${path}`, text]);
  entries.push(["bfcl_eval-9.8.7.dist-info/METADATA", "Name: bfcl_eval"]);
  entries.push(["bfcl_eval/data/unused_datasets/question/BFCL_v4_multi_turn_composite.json", "not read"]);
  return zipSync(Object.fromEntries(entries.map(([path, text]) => [path, new TextEncoder().encode(text)])));
}

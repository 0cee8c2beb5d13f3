import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readBfcl } from "../../src/task/bfcl/read-bfcl.ts";
import { problemText } from "../../src/task/problem.ts";
import { type Files, longContextModule, smallBfcl, wheelOf, writeFiles } from "./small-bfcl.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "envtune-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

const read = (path: string) => readBfcl(path, { families: 2 });
const base = "data/BFCL_v4_multi_turn_base.json";
const baseAnswers = "data/possible_answer/BFCL_v4_multi_turn_base.json";
const constants = "eval_checker/multi_turn_eval/func_source_code/long_context.py";

test("every conversation becomes a task", async () => {
  const stages: string[] = [];
  const { name, version, tasks } = await readBfcl(await writeFiles(folder, smallBfcl()), {
    families: 2,
    onStage: (text) => stages.push(text),
  });
  expect([name, version, tasks.length, stages.length]).toEqual(["bfcl", undefined, 8, 7]);
  expect(tasks.map(({ id }) => id).slice(0, 3)).toEqual([
    "multi_turn_base_0",
    "multi_turn_base_1",
    "multi_turn_miss_func_0",
  ]);
  expect(tasks[0]).toEqual({
    id: "multi_turn_base_0",
    family: "bfcl_0",
    category: "base",
    environments: ["TradingBot", "GorillaFileSystem"],
    config: {
      GorillaFileSystem: { root: {} },
      TradingBot: {
        orders: {
          $dict: [
            ["12", { price: { $float: "5.0" } }],
            ["2", { price: 5 }],
          ],
        },
      },
    },
    longContext: false,
    excluded: ["mv"],
    turns: [
      {
        user: "Enter the folder.",
        groundTruth: [
          { tool: "cd", args: { folder: "docs" } },
          { tool: "fund", args: { amount: { $float: "5.0" }, note: "it's mine" } },
        ],
      },
      { user: "Sort it.", groundTruth: [{ tool: "sort", args: { file_name: "a" } }] },
    ],
  });
  expect(tasks.map(({ longContext }) => longContext)).toEqual([...Array(6).fill(false), true, true]);
});

test("a missing function is held out from the start, and released in the turn that has no words of its own", async () => {
  const { tasks } = await read(await writeFiles(folder, smallBfcl()));
  expect(tasks.find(({ id }) => id === "multi_turn_miss_func_1")!.turns).toMatchObject([
    { holdOut: ["sort"] },
    { user: "Sort it.", groundTruth: [] },
    { user: "I have updated some more functions you can choose from. What about now?", release: ["sort"] },
  ]);
});

test("documents are kept as they are, and the long-context constants with Python's numbers and order", async () => {
  const { documents, extension } = await read(await writeFiles(folder, smallBfcl()));
  expect(Object.keys(documents)).toHaveLength(8);
  expect(Object.keys(documents.GorillaFileSystem![0]!)).toEqual(["name", "description", "parameters", "response"]);
  expect(extension).toMatchObject({
    fileSystem: { fileContent: "more text and more", sparedFiles: ["log.txt"] },
    trading: {
      watchList: ["ZYX", { $repr: "Ellipsis" }],
      movingAverage5: [1.5, 2],
      orderDetail: { price: { $float: "7.0" } },
    },
    travel: { creditCards: { $dict: [["12345", { balance: { $float: "10.0" } }]] } },
    vehicle: { weather: { "-1_day": { wind: { $float: "15.0" } } } },
  });
});

test("the hash is the same from a package, site-packages, a checkout, a virtual environment, a wheel and loose data", async () => {
  const places = {
    package: "bfcl_eval",
    sitePackages: "site/bfcl_eval",
    checkout: "checkout/berkeley-function-call-leaderboard/bfcl_eval",
    environment: "venv/lib/python3.11/site-packages/bfcl_eval",
  };
  for (const place of Object.values(places)) await writeFiles(join(folder, place), smallBfcl());
  await mkdir(join(folder, "site", "bfcl_eval-1.2.3.dist-info"));
  await writeFiles(join(folder, "loose"), smallBfcl("json"));
  await writeFile(join(folder, "bfcl.whl"), wheelOf(smallBfcl()));
  const paths = ["bfcl_eval", "site", "checkout", "venv", "bfcl.whl", "loose", "loose/data"];
  const datasets = await Promise.all(paths.map((path) => read(join(folder, path))));
  expect(new Set(datasets.map(({ hash }) => hash)).size).toBe(1);
  expect(datasets.map(({ version }) => version)).toEqual([
    undefined,
    "1.2.3",
    undefined,
    undefined,
    "9.8.7",
    undefined,
    undefined,
  ]);
});

test("the hash tells apart what a Python program could", async () => {
  const hashOf = async (name: string, files: Files) => (await read(await writeFiles(join(folder, name), files))).hash;
  const files = smallBfcl();
  const change = (path: string, from: string, to: string): Files => {
    expect(files[path]).toContain(from);
    return { ...files, [path]: files[path]!.replace(from, to) };
  };
  const hashes = await Promise.all([
    hashOf("a", files),
    hashOf("b", change(base, '{"price": 5.0}', '{"price": 5}')),
    hashOf("c", change(base, '"12": {"price": 5.0}, "2": {"price": 5}', '"2": {"price": 5}, "12": {"price": 5.0}')),
    hashOf("d", change(constants, "15.0", "15")),
    hashOf("e", change("data/multi_turn_func_doc/math_api.json", "Does", "Makes")),
  ]);
  expect(new Set(hashes).size).toBe(5);
});

describe.each<[string, (files: Files) => void, string[]]>([
  [
    "a line that is no JSON",
    (files) => edit(files, base, "[[{", "[[[{"),
    [`${base}:1:155: not JSON: Expecting ',' delimiter; fetch the file again`],
  ],
  [
    "a field of the wrong type",
    (files) => edit(files, base, '"Enter the folder."', "5"),
    [`${base}:1: question[0][0].content: expected string, got number 5; write it in quotes: "5"`],
  ],
  [
    "an unknown class",
    (files) => edit(files, base, '["TradingBot"', '["Bot"'),
    [
      `${base}:1: involved_classes[0]: unknown class 'Bot'; BFCL v4 has GorillaFileSystem, MathAPI, MessageAPI, TwitterAPI, TicketAPI, TradingBot, TravelAPI, VehicleControlAPI`,
    ],
  ],
  [
    "an answer that is missing",
    (files) => edit(files, baseAnswers, "base_1", "base_7"),
    [
      `${baseAnswers}:1: id: 'multi_turn_base_7' answers no question of ${base}`,
      `${base}:2: id: 'multi_turn_base_1' has no answer in ${baseAnswers}`,
    ],
  ],
  [
    "an id that stands twice",
    (files) => edit(files, baseAnswers, "base_1", "base_0"),
    [
      `${baseAnswers}:3: id: 'multi_turn_base_0' stands in line 1 already`,
      `${base}:2: id: 'multi_turn_base_1' has no answer in ${baseAnswers}`,
    ],
  ],
  [
    "more turns than answers",
    (files) => edit(files, base, '[{"role": "user", "content": "Sort it."}]', "[], []"),
    [
      `${base}:1: question: 3 turns, but 2 in line 3 of ${baseAnswers}`,
      `${base}:1: question[1]: an empty turn needs an entry in missed_function, whose tools it hands over`,
      `${base}:1: question[2]: an empty turn needs an entry in missed_function, whose tools it hands over`,
    ],
  ],
  [
    "a call that is no literal",
    (files) => edit(files, baseAnswers, "cd('docs')", "cd(__import__('os'))"),
    [
      `${baseAnswers}:1: ground_truth[0][0]: not a call: only literal values are read: '__import__(...)' is a nested call; call it first and pass its result (character 4 of "cd(__import__('os'))")`,
    ],
  ],
  [
    "a call of an unknown tool",
    (files) => edit(files, baseAnswers, "sort(", "srot("),
    [`${baseAnswers}:1: ground_truth[1][0]: unknown tool 'srot'; did you mean 'sort'?`],
  ],
  [
    "a call with an unknown argument",
    (files) => edit(files, baseAnswers, "file_name=", "path="),
    [`${baseAnswers}:1: ground_truth[1][0]: sort: there is no argument 'path'. The call is "sort(path='a')"`],
  ],
  [
    "a release of an unknown tool in a turn that is none",
    (files) => edit(files, "data/BFCL_v4_multi_turn_miss_func.json", '{"2": ["sort"]}', '{"9": ["x"]}'),
    [
      'data/BFCL_v4_multi_turn_miss_func.json:1: missed_function["9"]: there is no such later turn; the entry has 3 turns',
      "data/BFCL_v4_multi_turn_miss_func.json:1: missed_function[\"9\"]: 'x' is no tool of the entry's environments",
      "data/BFCL_v4_multi_turn_miss_func.json:1: question[2]: an empty turn needs an entry in missed_function, whose tools it hands over",
    ],
  ],
  [
    "a constant that is computed",
    (files) => edit(files, constants, "'blue'", "print('blue')"),
    [
      `${constants}:14: line 14: only literal values are read: 'print(...)' is a nested call; call it first and pass its result`,
    ],
  ],
  [
    "a constant that is missing",
    (files) => edit(files, constants, "FILES_TAIL_USED", "FILES"),
    [`${constants}: FILES_TAIL_USED: missing; expected list`],
  ],
])("%s", (_, spoil, expected) => {
  test("is named with file, line and field", async () => {
    const files = smallBfcl();
    spoil(files);
    const error = await read(await writeFiles(folder, files)).catch((thrown) => thrown);
    const problems: string[] = (error.problems ?? [{ file: String(error), message: "" }]).map(problemText);
    expect(problems.map((text) => text.replaceAll(`${folder}/`, ""))).toEqual(expected);
  });
});

describe("a layout that is not BFCL's", () => {
  test("is told what is missing and what was found", async () => {
    const files = smallBfcl();
    delete files[baseAnswers];
    delete files[constants];
    const error = await read(await writeFiles(folder, files)).catch((thrown) => thrown);
    expect(error.problems.map(problemText)).toEqual([
      `${folder}/${baseAnswers}: is missing; its folder holds BFCL_v4_multi_turn_long_context.json, BFCL_v4_multi_turn_miss_func.json, BFCL_v4_multi_turn_miss_param.json`,
      `${folder}/${constants}: is missing, and so is ${folder}/long_context.json; one of them must hold the long-context constants`,
    ]);
  });

  test("names another version", async () => {
    await writeFiles(folder, { "data/BFCL_v3_multi_turn_base.json": "" });
    await expect(read(folder)).rejects.toThrow(/holds BFCL_v3_multi_turn_base\.json: only BFCL v4 is read/);
  });

  test("is refused as an empty folder, a path that is none, a text file, and another wheel", async () => {
    await expect(read(folder)).rejects.toThrow(/expected data\/BFCL_v4_multi_turn_base\.json .*; found nothing/);
    await expect(read(join(folder, "none"))).rejects.toThrow(/none does not exist; name a bfcl_eval package/);
    await writeFiles(folder, { "a.txt": "text" });
    await expect(read(join(folder, "a.txt"))).rejects.toThrow(/neither a folder nor a readable wheel or zip file/);
    await writeFile(join(folder, "other.whl"), wheelOf({}));
    await expect(read(join(folder, "other.whl"))).rejects.toThrow(/no BFCL data in .*other\.whl/);
  });

  test("is refused where a category has too few conversations", async () => {
    await writeFiles(folder, smallBfcl());
    const error = await readBfcl(folder, { families: 3 }).catch((thrown) => thrown);
    expect(error.problems).toHaveLength(4);
    expect(error.message).toContain("'multi_turn_base_2' is missing; fetch the file again");
  });
});

test("the module of constants is read, not run", async () => {
  const files = { ...smallBfcl(), [constants]: `import os\n${longContextModule}os.remove('x')\n` };
  await expect(read(await writeFiles(folder, files))).rejects.toThrow(/long_context\.py:19/);
});

function edit(files: Files, path: string, from: string, to: string): void {
  if (!files[path]!.includes(from)) throw new Error(`${path} does not hold ${from}`);
  files[path] = files[path]!.replace(from, to);
}

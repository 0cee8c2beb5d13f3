import { generateText, stepCountIs, type ToolSet } from "ai";
import type { MockLanguageModelV3 } from "ai/test";
import { expect, test } from "vitest";
import { environmentOf, hints } from "../../environments/index.ts";
import { toolsOf } from "../../src/tools/index.ts";
import { scripted } from "./scripted-model.ts";

const files = environmentOf(["GorillaFileSystem", "MathAPI"]);
const config = {
  GorillaFileSystem: {
    root: { home: { type: "directory", contents: { "a.txt": { type: "file", content: "pear" } } } },
  },
};
const kit = () => toolsOf(files, { config, hints: { library: hints, level: "guide" } });

const run = (tools: ToolSet, model: MockLanguageModelV3) =>
  generateText({ model, tools, prompt: "Tidy up.", stopWhen: stepCountIs(10) });

test("generateText plays several steps on one state, its calls of a step in order", async () => {
  const tools = kit();
  const model = scripted(
    [
      ["mkdir", { dir_name: "d" }],
      ["cp", { source: "a.txt", destination: "d" }],
      ["cd", { folder: "d" }],
    ],
    [["cat", { file_name: "a.txt" }]],
  );
  const { text, steps } = await run(tools.aiSdk, model);
  expect(text).toBe("done");
  expect(steps.flatMap(({ toolResults }) => toolResults.map(({ output }) => output))).toEqual([
    "None",
    "{\"result\": \"'a.txt' copied to 'd/a.txt'\"}",
    '{"current_working_directory": "d"}',
    '{"file_content": "pear"}',
  ]);
  expect(tools.calls.map(({ call }) => call.tool)).toEqual(["mkdir", "cp", "cd", "cat"]);
  expect(files.differences(files.init(config), tools.state)).toContain("GorillaFileSystem.root");
});

test("the model reads a failure and its hint as the tool's result, and mends its call", async () => {
  const tools = kit();
  const model = scripted([["cat", { file_name: "b.txt" }]], [["cat", { file: "a.txt" }]], [["ls", {}]]);
  await run(tools.aiSdk, model);
  const read = model.doGenerateCalls.map(({ prompt }) => prompt.at(-1));
  const texts = read.slice(1).map((message) => {
    const [part] = message!.role === "tool" ? message!.content : [];
    return part?.type === "tool-result" && part.output.type === "text" ? part.output.value : undefined;
  });
  expect(texts).toEqual([
    expect.stringMatching(/^\{"error": "cat: 'b\.txt': No such file or directory"\}\nHint: .*'a\.txt'/),
    expect.stringMatching(/unexpected keyword argument 'file'.*\nHint: /),
    '{"current_directory_content": ["a.txt"]}',
  ]);
});

test("the SDK hands a provider the very schemas of the environment", async () => {
  const tools = kit();
  const model = scripted();
  await run(tools.aiSdk, model);
  expect(model.doGenerateCalls[0]!.tools).toEqual(
    tools.openai.map(({ function: { name, description, parameters } }) => ({
      type: "function",
      name,
      description,
      inputSchema: parameters,
    })),
  );
});

test("a tool that does not exist is the SDK's own error, and the state stays", async () => {
  const tools = kit();
  const before = tools.state;
  const { steps } = await run(tools.aiSdk, scripted([["rm_all", {}]]));
  expect(steps[0]!.content).toContainEqual(expect.objectContaining({ type: "tool-error", toolName: "rm_all" }));
  expect(tools.state).toBe(before);
});

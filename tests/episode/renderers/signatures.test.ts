import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readRunOptions, runArgs } from "../../../src/cli/run-options.ts";
import { observe, startEpisode } from "../../../src/episode/episode.ts";
import { hermes } from "../../../src/episode/renderers/hermes.ts";
import { python } from "../../../src/episode/renderers/python.ts";
import { signature } from "../../../src/episode/renderers/signature.ts";
import { tagged } from "../../../src/episode/renderers/tagged.ts";
import { withSignatures } from "../../../src/episode/renderers/with-signatures.ts";
import { copying, settingOf, sorting } from "../sample-tasks.ts";

const tool = (description: string, properties: object, required: readonly string[] = []) => ({
  name: "f",
  description,
  parameters: { type: "object", properties, required },
});

test.each([
  [
    "needed arguments",
    tool("Do it.", { a: { type: "string" }, n: { type: "integer" } }, ["a", "n"]),
    "f(a: str, n: int) -- Do it.",
  ],
  ["no arguments", tool("Do it.", {}), "f() -- Do it."],
  [
    "what may be left out",
    tool("Do it.", {
      a: { type: "boolean", default: false },
      b: { type: ["string", "null"], default: null },
      c: { type: "number" },
    }),
    "f(a: bool = false, b?: str, c?: float) -- Do it.",
  ],
  [
    "types in types",
    tool(
      "Do it.",
      {
        a: { type: "array", items: { type: "integer" } },
        b: { type: "object", properties: { x: { type: "string" } } },
      },
      ["a", "b"],
    ),
    "f(a: list[int], b: {x?: str}) -- Do it.",
  ],
  [
    "choices",
    tool("Do it.", { a: { enum: ["on", "off"] }, b: { anyOf: [{ type: "integer" }, { type: "null" }] }, c: {} }, [
      "a",
      "b",
      "c",
    ]),
    'f(a: "on" | "off", b: int, c: any) -- Do it.',
  ],
  [
    "documents of BFCL",
    tool(
      "This tool belongs to X. It does much. Tool description: Show e.g. one\nline of it. Then more.",
      { a: { type: "dict" }, b: { type: "float" } },
      ["a", "b"],
    ),
    "f(a: dict, b: float) -- Show e.g. one line of it.",
  ],
])("a signature shows %s", (_, document, expected) => {
  expect(signature(document)).toBe(expected);
});

test.each([hermes, tagged, python])("$name shows every tool on a line, and says no more of it", (renderer) => {
  const short = withSignatures(renderer);
  const setting = settingOf(copying, short);
  const { messages } = observe(setting, startEpisode(setting));
  const [system] = messages;
  expect(system!.content).toContain("\nmv(source: str, destination: str) -- Move a file or directory");
  expect(system!.content).not.toContain('"parameters"');
  expect(system!.content).not.toContain("JSON document");
  expect(short.name).toBe(`${renderer.name}+signatures`);
});

test("a tool that is offered later comes as its signature too", () => {
  const setting = settingOf(sorting, withSignatures(hermes));
  const said = hermes.answer("I cannot sort.");
  const step = { message: said, calls: [], results: [] };
  const { messages } = observe(setting, { ...startEpisode(setting), turns: [[step], []] });
  expect(messages.at(-1)!.content).toMatch(/^Available from now on:\n<tools>\nsort\(file_name: str\) -- /);
});

test("--tools signatures is for text renderers", () => {
  const options = (renderer: string, tools: string) => {
    const defaults = Object.entries(runArgs).map(([name, option]) => [
      name,
      "default" in option ? option.default : undefined,
    ]);
    return readRunOptions({ ...Object.fromEntries(defaults), renderer, tools } as never).renderer.name;
  };
  expect(options("hermes", "signatures")).toBe("hermes+signatures");
  expect(options("hermes", "full")).toBe("hermes");
  expect(() => options("openai", "signatures")).toThrow(/--tools signatures: .*add --renderer hermes/);
  expect(() => options("hermes", "short")).toThrow(/--tools short: /);
});

test("the page on renderers shows a signature as it is", async () => {
  const page = await readFile(new URL("../../../docs/renderers.md", import.meta.url), "utf8");
  const setting = settingOf(copying, withSignatures(hermes));
  const shown = observe(setting, startEpisode(setting)).messages[0]!.content;
  expect(shown).toContain(/^tail\(.*$/m.exec(page)![0]);
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as episode from "../docs/examples/first-episode.ts";
import * as own from "../docs/examples/own-environment.ts";
import { renderers } from "../src/index.ts";
import { checkLaws } from "../src/testing/index.ts";

test("the first episode reads as the README shows it", () => {
  expect(episode.texts).toEqual(['{"file_content": "1\\n2"}', '{"result": 3}']);
  expect(episode.differences).toEqual(["GorillaFileSystem.root"]);
});

test("the environment of one's own fails with data, and obeys the laws", () => {
  expect(own.texts).toEqual(['{"left":1}', `{"error":"'Emma' is not on the shelf"}`]);
  expect(own.error).toEqual({
    code: "notHere",
    message: "'Emma' is not on the shelf",
    data: { title: "Emma", lent: true },
  });
  checkLaws(own.library, { config: { books: ["Emma", "Ulysses"] } });
});

test("the page on renderers shows what they really say", () => {
  const page = readFileSync(new URL("../docs/renderers.md", import.meta.url), "utf8");
  const examples = [...page.matchAll(/^`(\w+)`, to .*\n\n```\n([\s\S]*?)\n```\n\n> (.*)$/gm)];
  expect(examples.map(([, name]) => name)).toEqual(Object.keys(renderers));
  for (const [, name, text, said] of examples) {
    const call = { id: "", type: "function", function: { name: "cat", arguments: text! } } as const;
    const message = name === "openai" ? { content: null, tool_calls: [call] } : { content: text! };
    const { unreadable } = renderers[name as keyof typeof renderers].read({ role: "assistant", ...message });
    expect(unreadable).toBe(said);
  }
});

test("links between pages lead somewhere", () => {
  const root = new URL("..", import.meta.url);
  const pages = readdirSync(new URL("docs", root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  const dead = ["README.md", ...pages].flatMap((page) => {
    const links = readFileSync(new URL(page, root), "utf8").matchAll(/\]\(([^)\s#]+)[^)]*\)/g);
    return [...links]
      .map(([, target]) => target!)
      .filter((target) => !target.includes("://") && !existsSync(new URL(target, new URL(page, root))))
      .map((target) => `${page}: ${target}`);
  });
  expect(dead).toEqual([]);
});

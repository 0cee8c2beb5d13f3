import { describe, expect, test } from "vitest";
import { hints } from "../../../environments/index.ts";
import { act, observe, startEpisode } from "../../../src/episode/episode.ts";
import type { AssistantMessage } from "../../../src/episode/message.ts";
import { type Prompt, prompts } from "../../../src/episode/prompts.ts";
import { renderers } from "../../../src/episode/renderers/index.ts";
import { evaluationSetting } from "../../../src/episode/setting.ts";
import { profiles } from "../../../src/grading/profile.ts";
import { copying, fileTask, prepare, sorting } from "../sample-tasks.ts";
import { native, play, says, seen, training } from "./saying.ts";

const ls = [{ tool: "ls", args: {} }];
/** A message that no renderer can read. */
const garbled: Readonly<Record<keyof typeof renderers, AssistantMessage>> = {
  tagged: says("<think>a</think><tool_call>[{]</tool_call>"),
  openai: native(["ls", "["]),
  hermes: says("<tool_call>{</tool_call>"),
  python: says("[ls("),
};

describe.each(Object.entries(renderers))("%s", (name, renderer) => {
  const broken = garbled[name as keyof typeof renderers];

  test("a later observation starts with exactly what an earlier one held, and users never speak twice in a row", () => {
    for (const task of [copying, sorting]) {
      const setting = training(task, renderer, { hints: { library: hints, level: "guide" }, turnFeedback: "guide" });
      const calling = (file: string) => renderer.write([...ls, { tool: "cat", args: { file_name: file } }]);
      const spoken = [broken, ...Array.from({ length: 5 }, () => calling("none")), broken, renderer.answer("Done.")];
      let episode = startEpisode(setting);
      let earlier = observe(setting, episode).messages;
      for (const message of spoken) {
        if (episode.ending) break;
        episode = act(setting, episode, message);
        const { messages } = observe(setting, episode);
        expect(messages.slice(0, earlier.length)).toEqual(earlier);
        expect(messages.length).toBeGreaterThan(earlier.length);
        for (const [index, { role }] of messages.entries())
          if (role === "user") expect(messages[index + 1]?.role).not.toBe("user");
        earlier = messages;
      }
    }
  });

  test("in training a message that cannot be read is explained, and play goes on in the same turn", () => {
    const setting = training(copying, renderer);
    const episode = play(setting, broken, renderer.write(copying.turns[0]!.groundTruth), renderer.answer("Done."));
    expect(episode.turns.map((steps) => steps.length)).toEqual([3, 0]);
    const [, ...after] = seen(setting, broken).slice(-2);
    expect(after[0]!.content).toMatch(
      /^Your last message could not be read, so nothing in it was executed: .*at (the end|character)/,
    );
    expect(JSON.stringify(observe(setting, episode).messages)).toContain("copied");
  });

  test("in evaluation it ends the turn, and the next message of the user starts with it", () => {
    const setting = evaluationSetting(prepare(copying).truth, { profile: profiles.bfcl, renderer });
    const messages = seen(setting, broken);
    expect(JSON.stringify(messages)).toContain("could not be read");
    expect(messages.at(-1)!.content).toMatch(/What does it say\?$/);
  });

  test("hints stand with the result they are about", () => {
    const setting = training(copying, renderer, { hints: { library: hints, level: "guide" } });
    const message = renderer.write([{ tool: "cat", args: { file_name: "a.tx" } }]);
    const [step] = play(setting, message).turns[0]!;
    const { text, hint } = step!.results[0]!;
    const shown = seen(setting, message).at(-1)!.content!;
    // Python's form quotes the content.
    const plain = name === "python" ? shown.replaceAll("\\'", "'").replaceAll("\\n", "\n") : shown;
    expect(plain).toContain(`${text}\nHint: ${hint!.text}`);
    expect(hint!.text).toContain("a.txt");
  });

  test("notices, tools that go and tools that come stand before what the user says next", () => {
    const sixSteps = Array.from({ length: 6 }, () => renderer.write(ls));
    expect(seen(training(copying, renderer), ...sixSteps).at(-1)!.content).toMatch(
      /The turn before was ended for you[\s\S]*\nWhat does it say\?$/,
    );
    const changing = fileTask("changing", [
      { user: "One.", groundTruth: ls, holdOut: ["sort"] },
      { user: "Two.", groundTruth: ls, holdOut: ["rm"], release: ["sort"] },
    ]);
    const setting = training(changing, renderer);
    const before = observe(setting, startEpisode(setting));
    const after = observe(setting, play(setting, renderer.answer("No.")));
    if (name === "openai") {
      const names = ({ tools }: typeof after) => tools.map(({ function: { name } }) => name);
      expect([names(before).includes("sort"), names(before).includes("rm")]).toEqual([false, true]);
      expect([names(after).includes("sort"), names(after).includes("rm")]).toEqual([true, false]);
    } else {
      expect(before.messages[0]!.content).not.toMatch(/"name": ?"sort"/);
      expect(after.messages.at(-1)!.content).toMatch(
        /^No longer available: rm\n[\s\S]*"name": ?"sort", ?"description"[\s\S]*\nTwo\.$/,
      );
    }
  });

  test("a prompt tells how to behave, and may be one's own", () => {
    const system = (prompt?: Prompt) =>
      observe(training(copying, renderer, prompt ? { prompt } : {}), startEpisode(training(copying, renderer)))
        .messages[0]!;
    for (const prompt of [prompts.standard, prompts.resourceful, { name: "own", text: "Be brief." }]) {
      expect(system(prompt).role).toBe("system");
      expect(system(prompt).content!.startsWith(prompt.text)).toBe(true);
    }
    expect(system()).toEqual(
      name === "openai" ? { role: "user", content: "Copy a.txt into d." } : system(prompts.standard),
    );
  });
});

test("tagged: tools, results and what to do next", () => {
  const setting = training(copying, renderers.tagged);
  const [system] = seen(setting);
  expect(system!.content).toContain('<tool_call>[{"name": "first_function", "arguments": {"argument": value}}');
  expect(system!.content).toContain('{"name":"cat","description"');
  expect(seen(setting, renderers.tagged.write([...ls, { tool: "pwd", args: {} }])).at(-1)).toEqual({
    role: "user",
    content: expect.stringMatching(
      /^Result of call 1: \{"current_directory_content".*\nResult of call 2: \{"current_working_directory".*\n\nIf the request is fulfilled/,
    ),
  });
});

test("hermes: tools, calls and results have the shapes of Qwen's chat templates", () => {
  const setting = training(copying, renderers.hermes);
  const [system] = seen(setting);
  expect(system!.content).toMatch(
    /\n\n# Tools\n[\s\S]*\n<tools>\n\{"type": "function", "function": \{"name": "\w+", "description": [\s\S]*\n<\/tools>\n/,
  );
  expect(system!.content).toContain(
    '<tool_call>\n{"name": "function", "arguments": {"argument": value}}\n</tool_call>',
  );
  const message = renderers.hermes.write([...ls, { tool: "pwd", args: {} }]);
  expect(message.content).toBe(
    '<tool_call>\n{"name": "ls", "arguments": {}}\n</tool_call>\n<tool_call>\n{"name": "pwd", "arguments": {}}\n</tool_call>',
  );
  expect(seen(setting, message).at(-1)).toEqual({
    role: "user",
    content: expect.stringMatching(
      /^<tool_response>\n\{.*\}\n<\/tool_response>\n<tool_response>\n\{.*\}\n<\/tool_response>$/,
    ),
  });
});

test("the resourceful prompt says all of the standard one, and two things more", () => {
  const { standard, resourceful } = prompts;
  expect(resourceful.text.startsWith(standard.text)).toBe(true);
  expect(standard.text).toMatch(/If none of the functions can do what is asked, say so\. If the request lacks a value/);
  expect(resourceful.text).toMatch(/see whether another function can find it[\s\S]*Never guess[\s\S]*make up no call/);
});

import { expect, test } from "vitest";
import { z } from "zod";
import { defineRequests, generateTasks } from "../../src/generate/index.ts";
import { defineState, failure } from "../../src/index.ts";

const desk = defineState({
  name: "Desk",
  state: z.strictObject({ notes: z.array(z.strictObject({ note_id: z.int(), text: z.string() })), next: z.int() }),
  config: z.strictObject({ next: z.int().default(17) }),
}).init(({ next }) => ({ notes: [], next }));

const write_note = desk
  .write({
    description: "Write a note down.",
    args: z.object({ text: z.string() }),
    result: z.strictObject({ note_id: z.int() }),
    provides: ["a note"],
  })
  .run(({ state, draft, args: { text } }) => {
    draft().notes.push({ note_id: state.next, text });
    draft().next = state.next + 1;
    return { note_id: state.next };
  });
const erase_note = desk
  .write({
    description: "Erase a note, by its id.",
    args: z.object({ note_id: z.int() }),
    result: z.null(),
    failures: { noSuchNote: failure(z.strictObject({ note_id: z.int() }), () => "There is no such note.") },
    candidates: { note_id: ({ notes }) => notes.map(({ note_id }) => note_id) },
    requires: ["a note"],
  })
  .run(({ state, draft, args: { note_id }, fail }) => {
    const at = state.notes.findIndex((note) => note.note_id === note_id);
    if (at < 0) return fail.noSuchNote({ note_id });
    draft().notes.splice(at, 1);
    return null;
  });
const read_note = desk
  .read({
    description: "Read a note, by its id.",
    args: z.object({ note_id: z.int() }),
    result: z.strictObject({ text: z.string() }),
    failures: { noSuchNote: failure(z.strictObject({ note_id: z.int() }), () => "There is no such note.") },
    candidates: { note_id: ({ notes }) => notes.map(({ note_id }) => note_id) },
    requires: ["a note"],
  })
  .run(({ state, args: { note_id }, fail }) => {
    const note = state.notes.find((one) => one.note_id === note_id);
    return note ? { text: note.text } : fail.noSuchNote({ note_id });
  });
const environment = desk.environment({ tools: { write_note, erase_note, read_note } });
const options = { environment, configs: [{}], count: 30, categories: ["base"] as const };
const saidIn = (generated: ReturnType<typeof generateTasks>) =>
  generated.tasks.flatMap(({ turns }) => turns.map(({ user }) => user)).join("\n");

test("an environment without requests is spoken of in the words of its descriptions", () => {
  const generated = generateTasks(options);
  expect(generated.tasks).toHaveLength(30);
  expect(saidIn(generated)).toMatch(/[Ww]rite a note down \(text: ".*"\)/);
});

test("the author's words replace those, and a value that only an answer tells is left to the answer", () => {
  const requests = defineRequests(environment, {
    nouns: { note_id: "note" },
    tools: {
      write_note: ({ text }) => `jot down ${text}`,
      read_note: ({ note_id }) => `read me the note ${note_id}`,
      erase_note: { ask: ({ note_id }) => `erase the note ${note_id}`, values: {} },
    },
  });
  const generated = generateTasks({ ...options, requests: [requests] });
  const said = saidIn(generated);
  expect(said).toMatch(/[Jj]ot down "/);
  expect(said).toMatch(/the note id you get from that/);
  for (const { turns } of generated.tasks)
    for (const { user, groundTruth } of turns)
      for (const [at, { tool, args }] of groundTruth.entries())
        if (tool === "read_note" && groundTruth[at - 1]?.tool === "write_note" && args.note_id === 17)
          expect(user).not.toContain("17");
});

test("a noun that the order and the reference both say stands there once, in brackets, too", () => {
  const requests = defineRequests(environment, {
    tools: {
      write_note: ({ text }) => `jot down ${text}`,
      read_note: ({ note_id }) => `read me the note (note id ${note_id})`,
      erase_note: ({ note_id }) => `erase the note with the note id ${note_id}`,
    },
  });
  const said = saidIn(generateTasks({ ...options, requests: [requests] }));
  expect(said).toContain("the note (the note id you get from that)");
  expect(said).not.toContain("note id the note id");
});

test("a table that names what there is not throws, naming it", () => {
  const wrong = (tools: object) => () => defineRequests(environment, { tools } as never);
  expect(wrong({ burn_note: () => "burn it" })).toThrow("Desk: there are requests for 'burn_note', which is no tool");
  expect(wrong({ read_note: { values: { page: () => [1] } } })).toThrow("Desk.read_note: values are given for 'page'");
  expect(wrong({ read_note: { standIns: ["peek"] } })).toThrow("Desk.read_note: 'peek' is named as a stand-in");
});

test("where there is nothing to fill the world with, the category is left with its reason", () => {
  const { tasks, left } = generateTasks({ ...options, categories: ["base", "long_context"] });
  expect(new Set(tasks.map(({ category }) => category))).toEqual(new Set(["base"]));
  expect(left.long_context).toBe("no extension is given, and Desk has no requests with 'enlarge'");
});

test("an author's larger config makes long contexts", () => {
  const requests = defineRequests(environment, { tools: {}, enlarge: (config) => ({ ...config, next: 9000 }) });
  const { tasks } = generateTasks({
    ...options,
    categories: ["long_context"],
    requests: [requests],
    calls: [1, 2],
    turns: [1, 2],
    count: 4,
  });
  expect(tasks.map(({ config }) => config.Desk)).toEqual(Array(4).fill({ next: 9000 }));
});

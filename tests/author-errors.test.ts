import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineRequests } from "../src/generate/index.ts";
import { defineHints, defineState, failure, joinEnvironments, mergeTools, silent } from "../src/index.ts";

const page = readFileSync(new URL("../docs/authoring.md", import.meta.url), "utf8");
const [, section] = page.split("## Errors of the author's\n");
const printed = [...section!.matchAll(/^\| `(.*?)` \|/gm)].map(([, message]) => message!);

const State = z.strictObject({ texts: z.array(z.string()) });
const kit = (init: (config: any) => any = () => ({ texts: [] }), name = "Desk", state: any = State) =>
  defineState({ name, state, config: z.strictObject({ day: z.string().optional() }) }).init(init) as any;
const full = failure(z.strictObject({}), () => "full");
const note = (more: object = {}, of = kit()) =>
  of.read({ description: "Note.", args: z.object({}), result: z.null(), failures: { full }, ...more }).run(() => null);
const desk = (tools: object, more: object = {}) => kit().environment({ tools, ...more });
const good = desk({ note: note() });
const started = (environment: any, config: object = {}) => environment.init(config);
const same = note();
const request = (tools: object) => defineRequests(good, { tools } as any);

/** Each mistake of the page's table, made. */
const mistakes: readonly (() => unknown)[] = [
  () => desk({ "write note": note() }),
  () => desk({ reset: note() }),
  () => desk({ note: same, other: same }),
  () => desk({ note: note({ description: " " }) }),
  () => desk({ note: note({ failures: { unknownTool: full } }) }),
  () => desk({ note: note({ candidates: { txt: () => [] } }) }),
  () => started(desk({ note: note() }, { public: { notes: true } })),
  () => started(good, { day: 7 }),
  () => started(kit(() => ({ texts: [1] })).environment({ tools: {} })),
  () => started(kit(() => ({ at: new Map() }), "Desk", z.any()).environment({ tools: {} })),
  () => started(desk({ note: note() }, { invariants: { "there is room": (state: any) => state.room.left > 0 } })),
  () => started(desk({ note: note({ args: z.object({ when: z.date() }) }) })),
  () => mergeTools({ note: note() } as any, { note: note() } as any),
  () => joinEnvironments({ Desk: good, Shelf: kit(undefined, "Shelf").environment({ tools: { note: note() } }) }),
  () => defineHints(good, {} as any),
  () => defineHints(good, { note: { full: silent("why"), empty: silent("why") } } as any),
  () => defineHints(good, { note: { full: silent("") } } as any),
  () => request({ notes: () => "" }),
  () => request({ note: { values: { txt: () => [] } } }),
  () => request({ note: { standIns: ["pen"] } }),
];

const messageOf = (mistake: () => unknown): string => {
  try {
    mistake();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
};

test("the authoring reference prints every error of the author's as it is thrown", () => {
  expect(printed).toHaveLength(mistakes.length);
  for (const [index, mistake] of mistakes.entries()) {
    const pieces = printed[index]!.split("…").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    expect(messageOf(mistake)).toMatch(new RegExp(`^${pieces.join("[\\s\\S]*")}$`));
  }
});

import { z } from "zod";
import { defineState } from "../../../src/core/environment.ts";
import { joinEnvironments } from "../../../src/core/join.ts";
import { failure } from "../../../src/core/outcome.ts";
import type { Tools } from "../../../src/core/tool.ts";
import { defineHints } from "../../../src/feedback/define-hints.ts";
import type { HintLibrary } from "../../../src/feedback/feedback.ts";
import type { Task } from "../../../src/task/task.ts";
import type { VerifySubject } from "../../../src/testing/verify/subject.ts";

const State = z.strictObject({ notes: z.record(z.string(), z.string()), opened: z.int() });
export const deskKit = defineState({
  name: "Desk",
  state: State,
  config: z.strictObject({ notes: State.shape.notes }),
}).init(({ notes }) => ({ notes, opened: 0 }));
const names = ({ notes }: z.output<typeof State>) => Object.keys(notes);
const noNote = failure(z.strictObject({ name: z.string() }), ({ name }) => `no note '${name}'`);

const read_note = deskKit
  .read({
    description: "Read a note.",
    args: z.object({ name: z.string() }),
    result: z.strictObject({ text: z.string() }),
    failures: { noNote },
    candidates: { name: names },
  })
  .run(({ state, args: { name }, fail }) =>
    Object.hasOwn(state.notes, name) ? { text: state.notes[name]! } : fail.noNote({ name }),
  );
const list_notes = deskKit
  .read({ description: "List the notes.", args: z.object({}), result: z.array(z.string()) })
  .run(({ state }) => names(state));
const write_note = deskKit
  .write({
    description: "Write over a note.",
    args: z.object({ name: z.string(), text: z.string() }),
    result: z.null(),
    failures: { noNote },
    candidates: { name: names, text: () => ["later"] },
  })
  .run(({ state, draft, args: { name, text }, fail }) => {
    if (!Object.hasOwn(state.notes, name)) return fail.noNote({ name });
    draft().notes[name] = text;
    return null;
  });

let clock = 0;
const late_read = deskKit
  .read({ description: "Tell the time.", args: z.object({}), result: z.int() })
  .run(() => ++clock);

const silentRule = () => ({
  diagnose: "There is no note of that name.",
  guide: "Look at which notes there are.",
  direct: "",
});

/** Notes on a desk, and what is planted in it. */
export function desk(plant: { tools?: Tools; hint?: () => ReturnType<typeof silentRule> } = {}) {
  const environment = deskKit.environment({
    tools: { read_note, list_notes, write_note, ...(plant.tools as object) },
  });
  const rule = plant.hint ?? silentRule;
  const hints = defineHints(environment as any, { read_note: { noNote: rule }, write_note: { noNote: rule } } as any);
  return { environment, hints };
}
export const clockTool: Tools = { late_read };

export const call = (tool: string, args: Record<string, unknown> = {}) => ({ tool, args });
export const write = (name: string, text: string) => call("write_note", { name, text });

/** A task that nothing is wrong with, and what is to be wrong with it. */
export function task(id: string, turns: Task["turns"], more: Partial<Task> = {}): Task {
  return {
    ...{ id, family: id, category: "base", environments: ["Desk"], longContext: false, turns },
    config: { Desk: { notes: { fridge: "milk", pantry: "tea", cellar: "salt" } } },
    ...more,
  };
}
export const good = task("good", [
  { user: "What does note 'fridge' say?", groundTruth: [call("read_note", { name: "fridge" })] },
  { user: "Write 'bread' over note 'pantry'.", groundTruth: [write("pantry", "bread")] },
]);

export function subject(tasks: readonly Task[], plant: Parameters<typeof desk>[0] = {}): VerifySubject {
  const { environment, hints } = desk(plant);
  const joined = joinEnvironments({ Desk: environment as any });
  return {
    ...{ name: "desk", hash: "", tasks, seed: "0", quick: false, environments: { Desk: environment as any } },
    hints: { Desk: hints } as unknown as HintLibrary,
    environmentOf: () => joined as any,
    laws: { Desk: { runs: 60 } },
  };
}

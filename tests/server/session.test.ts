import { expect, test } from "vitest";
import type { ToolCall } from "../../src/episode/message.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import type { Reply } from "../../src/server/session/reply.ts";
import type { Session } from "../../src/server/session/session.ts";
import type { SessionError } from "../../src/server/session/session-error.ts";
import { createSessionTable } from "../../src/server/session/session-table.ts";
import type { Task } from "../../src/task/task.ts";
import { bundledCatalog } from "./catalog.ts";

const catalog = await bundledCatalog();
const open = (limits = {}) => createSessionTable({ catalog, limits });
const taskOf = (category: Task["category"]) => catalog.tasks.find((task) => task.category === category)!;

/** As a model writes them, which keeps 5 and 5.0 apart. */
const asToolCalls = (calls: Task["turns"][number]["groundTruth"]): readonly ToolCall[] =>
  renderers.openai.write(calls).tool_calls!;

/** Every turn's ground truth in one message, then words. */
function solveInDialogue(session: Session, task: Task): Reply[] {
  return task.turns.flatMap(({ groundTruth }) => [
    ...(groundTruth.length > 0
      ? [session.step({ type: "message", content: null, tool_calls: asToolCalls(groundTruth) })]
      : []),
    session.step({ type: "message", content: "Done." }),
  ]);
}

function solveWithTools(session: Session, task: Task): Reply[] {
  return task.turns.flatMap(({ groundTruth }) => [
    ...asToolCalls(groundTruth).map(({ function: { name, arguments: text } }) =>
      session.step({ type: "call_tool", tool_name: name, arguments: text }),
    ),
    session.step({ type: "call_tool", tool_name: "next_user_request" }),
  ]);
}

test.each(catalog.tasks.map(({ id }) => id))("%s: right messages earn the whole reward, in either mode", (id) => {
  const task = catalog.taskOf(id)!;
  const table = open();
  const dialogue = table.create();
  dialogue.reset({ task: id, step_limit: 30 });
  const replies = solveInDialogue(dialogue, task);
  const tools = table.create();
  tools.reset({ task: id, mode: "tools", step_limit: 30 });
  const calls = solveWithTools(tools, task);
  for (const steps of [replies, calls]) {
    const last = steps.at(-1)!;
    expect(last.done).toBe(true);
    expect(last.metadata).toMatchObject({ total_reward: 1, turn_scores: task.turns.map(() => 1) });
    expect(steps.reduce((sum, { reward }) => sum + reward!, 0)).toBeCloseTo(1, 12);
    expect(steps.slice(0, -1).every(({ done }) => !done)).toBe(true);
  }
  expect(tools.state().state_hash).toBe(dialogue.state().state_hash);
  table.shutDown();
});

test("a reset shows the conversation and the tools, a step only what is new", () => {
  const task = taskOf("base");
  const session = open().create();
  const first = session.reset({ task: task.id });
  expect(first).toMatchObject({ reward: null, done: false });
  expect(first.observation).toMatchObject({ messages: [{ role: "user", content: task.turns[0]!.user }] });
  expect(JSON.stringify(first)).not.toContain(task.turns[1]!.user.slice(0, 40));
  const called = session.step({ type: "message", content: null, tool_calls: asToolCalls(task.turns[0]!.groundTruth) });
  expect("messages" in called.observation && called.observation.messages.map(({ role }) => role)).toEqual(
    task.turns[0]!.groundTruth.map(() => "tool"),
  );
  expect(called.observation).not.toHaveProperty("tools");
  const answered = session.step({ type: "message", content: "Done." });
  expect(answered.observation).toEqual({ messages: [{ role: "user", content: task.turns[1]!.user }] });
  expect(answered.reward).toBeCloseTo(1 / task.turns.length, 12);
});

test("a tool that is released mid-episode is shown, to the framework and in the text", () => {
  const task = taskOf("miss_func");
  const session = open().create();
  const before = session.reset({ task: task.id, mode: "tools", step_limit: 30 });
  const [shown] = task.turns[0]!.holdOut!;
  const names = ({ observation }: Reply) =>
    "tools" in observation
      ? observation.tools!.map((tool) => ("function" in tool ? tool.function.name : tool.name))
      : undefined;
  expect(names(before)).not.toContain(shown);
  expect(names(before)).toContain("next_user_request");
  const release = solveWithTools(session, task).find((reply) => names(reply)?.includes(shown));
  expect(release?.observation).toMatchObject({ tool_name: "next_user_request", error: null });
  expect(JSON.stringify(release?.observation)).toContain("available from now on");
});

test("a failed call says so with its hint, in the result and in the error", () => {
  const session = open().create();
  session.reset({ environments: ["GorillaFileSystem"], mode: "tools", hints: "guide" });
  const { observation, reward } = session.step({
    type: "call_tool",
    tool_name: "cd",
    arguments: { folder: "nowhere" },
  });
  if (!("result" in observation)) throw new Error("no result");
  expect(observation.error).toEqual({ error_type: "execution_error", message: observation.result });
  expect(observation.result).toContain("nowhere");
  expect(observation.result.length).toBeGreaterThan(60);
  expect(reward).toBeNull();
  const types = [
    [{ tool_name: "fly", arguments: {} }, "tool_not_found"],
    [{ tool_name: "cd", arguments: { place: "x" } }, "invalid_args"],
    [{ tool_name: "cd", arguments: "{" }, "invalid_args"],
  ] as const;
  for (const [call, type] of types)
    expect(session.step({ type: "call_tool", ...call }).observation).toMatchObject({ error: { error_type: type } });
});

test("a step sent twice with one id is done once; one that follows other steps is refused", () => {
  const session = open().create();
  session.reset({ environments: ["GorillaFileSystem"], mode: "tools" });
  const make = { type: "call_tool", tool_name: "mkdir", arguments: { dir_name: "x" } };
  const first = session.step(make, { requestId: "a", stepCount: 0 });
  expect(session.step(make, { requestId: "a", stepCount: 0 })).toBe(first);
  expect(() => session.step(make, { requestId: "b", stepCount: 0 })).toThrow(/follows 0 steps, and there were 1/);
  expect(session.state().step_count).toBe(1);
});

test.each([
  [{ taks: "x" }, /taks: no such option; did you mean 'task'/],
  [{ task: "../../etc/passwd" }, /there is no/],
  [{ task: "a", index: 1 }, /task and index: give one of them/],
  [{ index: 9999 }, /index: 9999 is beyond the/],
  [{ split: "all" }, /split: give the index/],
  [{ hints: "loud" }, /hints/],
  [{ hints: { guide: 0.5 } }, /add up to 0.5/],
  [{ reward: "money" }, /reward: 'money' is no reward/],
  [{ mode: "tools", renderer: "hermes" }, /renderer: 'hermes'/],
  [{ environments: ["Nope"] }, /environments: there is no 'Nope'/],
  [{ environments: ["MathAPI", "MathAPI"] }, /name each of them once/],
  [{ environments: ["GorillaFileSystem"], config: { GorillaFileSystem: { root: 5 } } }, /config: /],
  [{ config: {} }, /config: name the environments/],
  [{ seed: -1 }, /seed/],
  ["text", /expected object/],
])("options %j are refused, and the episode before them goes on", (options, message) => {
  const session = open().create();
  session.reset({ environments: ["MathAPI"], mode: "tools" });
  expect(() => session.reset(options)).toThrow(message);
  expect(session.state()).toMatchObject({ task: "free-play", done: false });
});

test("a refusal names twenty wrong fields at most, and repeats little of what it was sent", () => {
  const session = open().create();
  const refusalOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return error as SessionError;
    }
    throw new Error("it was taken");
  };
  const long = "x".repeat(100_000);
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`a${index}`, 1]));
  expect(refusalOf(() => session.reset(many)).message).toMatch(/^a0: no such option.*and 4980 more$|…$/s);
  for (const options of [many, { [long]: 1 }, { reward: long }, { hints: { [long]: 1 } }, { task: long }]) {
    const { message, details } = refusalOf(() => session.reset(options));
    expect(message.length + JSON.stringify(details).length).toBeLessThan(20_000);
  }
  const calls = { type: "message", content: null, tool_calls: Array.from({ length: 5000 }, () => 1), ...many };
  expect(JSON.stringify(refusalOf(() => session.step(calls)).details).length).toBeLessThan(20_000);
});

test("a message of more calls than a model has a use for is refused as a whole", () => {
  const session = open().create();
  session.reset({ environments: ["MathAPI"] });
  const call = { function: { name: "add", arguments: '{"a": 1, "b": 2}' } };
  const message = (calls: number) => ({ type: "message", tool_calls: Array.from({ length: calls }, () => call) });
  expect(() => session.step(message(513))).toThrow(/tool_calls: .*512.*a list of 513/);
  expect(session.state().step_count).toBe(0);
  expect(session.step(message(512)).done).toBe(false);
});

test("a renderer that the mode does not take is refused, also where the mode is the server's", () => {
  const session = createSessionTable({ catalog, defaults: { mode: "tools" } }).create();
  expect(() => session.reset({ renderer: "hermes" })).toThrow(/renderer: 'hermes'/);
  expect(session.reset({ renderer: "hermes", mode: "dialogue" }).observation).toHaveProperty("messages");
  const dialogues = createSessionTable({ catalog, defaults: { renderer: "hermes" } }).create();
  expect(JSON.stringify(dialogues.reset({ mode: "tools" }).observation)).toContain("next_user_request");
});

test("a call in a turn that is there to abstain in is an error: it was not executed, and ended the turn", () => {
  const task = taskOf("miss_func");
  const turn = task.turns.findIndex(({ groundTruth }) => groundTruth.length === 0);
  const session = open().create();
  session.reset({ task: task.id, mode: "tools", step_limit: 30 });
  for (let ended = 0; ended < turn; ended++) session.step({ type: "call_tool", tool_name: "next_user_request" });
  const { observation, metadata } = session.step({ type: "call_tool", tool_name: "ls" });
  if (!("result" in observation)) throw new Error("no result");
  expect(observation.error).toEqual({ error_type: "execution_error", message: observation.result });
  expect(observation.result).toMatch(/^This call was not executed\..*the turn was ended/s);
  expect(metadata.turn).toBe(turn + 1);
});

test("the last step that an episode may have ends it, and pays what there is", () => {
  const task = taskOf("base");
  const session = open({ maxSteps: 3 }).create();
  session.reset({ task: task.id, mode: "tools", step_limit: 30 });
  const next = { type: "call_tool", tool_name: "next_user_request" };
  const call = { type: "call_tool", tool_name: "nothing_of_the_kind" };
  const rewards = [session.step(next), session.step(call), session.step(call)];
  expect(rewards.map(({ done }) => done)).toEqual([false, false, true]);
  const { observation, metadata } = rewards[2]!;
  expect(metadata).toMatchObject({
    ending: { why: "stepLimit" },
    total_reward: 0,
    turn_scores: task.turns.map(() => 0),
  });
  expect(JSON.stringify(observation)).toContain("The conversation was ended here.");
  expect(JSON.stringify(observation)).not.toContain("no further request");
  expect(() => session.step(call)).toThrow(/has ended \(stepLimit\)/);
});

test("a step before reset, after the end, and in the other mode are refused", () => {
  const session = open().create();
  const words = { type: "message", content: "Hello." };
  expect(() => session.step(words)).toThrow(/reset before the first step/);
  expect(session.step({ type: "list_tools" }).observation).toHaveProperty("tools");
  session.reset({ environments: ["MathAPI"] });
  expect(() => session.step({ type: "call_tool", tool_name: "add" })).toThrow(/belongs to mode "tools"/);
  expect(session.step(words).done).toBe(true);
  expect(() => session.step(words)).toThrow(/has ended \(completed\)/);
});

test("seeds and the order of tasks pick the task", () => {
  const table = open();
  const taken = (options?: object) => table.create().reset(options).metadata.task;
  expect(taken({ seed: 3 })).toBe(catalog.tasks[3]!.id);
  expect(taken({ seed: catalog.tasks.length + 3 })).toBe(catalog.tasks[3]!.id);
  expect([taken(), taken(), taken()]).toEqual(catalog.tasks.slice(0, 3).map(({ id }) => id));
  expect(taken({ split: "all", index: 5 })).toBe(catalog.tasks[5]!.id);
});

test.each(["progress", "0.9*progress+0.1*format", "toolrl", "binary", "stateProgress"])(
  "an episode that is cut off is paid what it is worth where it stands: %s",
  (reward) => {
    const task = taskOf("base");
    const worth = (messages: readonly object[]) => {
      const session = open().create();
      session.reset({ task: task.id, reward });
      const paid = messages.map((action) => session.step(action).reward!);
      return { paid: paid.reduce((sum, one) => sum + one, 0), state: session.state() };
    };
    const first = [
      { type: "message", content: null, tool_calls: asToolCalls(task.turns[0]!.groundTruth) },
      { type: "message", content: "Done." },
    ];
    const cut = worth([...first, { type: "end" }]);
    // A message that is over the limit ends the episode, too.
    const limited = open().create();
    limited.reset({ task: task.id, reward, token_limit: 10 });
    limited.step(first[0]!);
    const { total_reward } = limited.step({ ...first[1]!, tokens: 11 }).metadata;
    expect(cut.paid).toBeCloseTo(total_reward!, 12);
    expect(cut.state).toMatchObject({ done: true, step_count: 2, total_reward, ending: { why: "tokenLimit" } });
    expect(cut.state).toMatchObject({ turn_scores: task.turns.map((_, turn) => (turn === 0 ? 1 : 0)) });
    const { state } = worth([{ type: "end", why: "stepLimit" }]);
    expect(state).toMatchObject({ ending: { why: "stepLimit" }, step_count: 0 });
  },
);

test("shares of hints are drawn anew in each episode, and by its seed where it has one", () => {
  const task = taskOf("base");
  const hints = { guide: 0.5, off: 0.5 };
  const table = open();
  const levels = (options: object) =>
    Array.from({ length: 24 }, () => {
      const session = table.create();
      session.reset({ task: task.id, hints, ...options });
      const wrong = renderers.openai.write([{ tool: "no_such_tool", args: {} }]).tool_calls!;
      return JSON.stringify(session.step({ type: "message", content: null, tool_calls: wrong })).includes("Hint");
    });
  expect(new Set(levels({})).size).toBe(2);
  expect(new Set(levels({ seed: 3 })).size).toBe(1);
});

test("an environment that throws ends its own episode, and no other", () => {
  const table = open();
  const broken = table.create();
  broken.reset({ task: taskOf("base").id, reward: "progress" });
  const truth = catalog.truthOf(taskOf("base"));
  const { step } = truth.environment;
  (truth.environment as { step: unknown }).step = () => {
    throw new Error("the author's mistake");
  };
  try {
    const call = { type: "message", content: null, tool_calls: asToolCalls(taskOf("base").turns[0]!.groundTruth) };
    const reply = broken.step(call);
    expect(reply).toMatchObject({ done: true, metadata: { ending: { why: "aborted", fault: "task" } } });
    expect(JSON.stringify(reply.observation)).not.toContain("mistake");
  } finally {
    (truth.environment as { step: unknown }).step = step;
  }
  const whole = table.create();
  whole.reset({ task: taskOf("base").id, step_limit: 30 });
  expect(solveInDialogue(whole, taskOf("base")).at(-1)!.metadata.total_reward).toBe(1);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { Conformance } from "../../src/conformance/conformance.ts";
import { compared } from "../../src/conformance/tally.ts";
import type { Dataset } from "../../src/task/dataset.ts";
import { Task } from "../../src/task/task.ts";

const folder = mkdtempSync(join(tmpdir(), "envtune-conformance-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const task = Task.parse({
  id: "t_0",
  family: "t",
  category: "base",
  environments: ["VehicleControlAPI", "MessageAPI"],
  config: { VehicleControlAPI: { fuelLevel: { $float: "5.0" } } },
  turns: [
    { user: "Fill up.", groundTruth: [{ tool: "fillFuelTank", args: { fuelAmount: 2.5 } }] },
    { user: "Any messages?", groundTruth: [{ tool: "list_users", args: {} }] },
  ],
});
const dataset = { name: "test", tasks: [task], documents: {}, extension: {}, hash: "" } as unknown as Dataset;
const environment = environmentOf(task.environments);
const initial = environment.init(task.config);
const conformance = new Conformance(dataset, environmentOf);

let files = 0;
function replay(record: object, compress = false) {
  const path = join(folder, `recording-${files++}.jsonl`);
  // Integral floats of a state must reach the file as 5.0, which JSON.stringify cannot write.
  const text = JSON.stringify(record).replaceAll(/\{"\$float":"([^"]+)"\}/g, "$1");
  writeFileSync(path, compress ? gzipSync(text) : text);
  return conformance.replayFile(path);
}

const filled = environment.step(initial, { tool: "fillFuelTank", args: { fuelAmount: 2.5 } }).state;
const stateOf = (state: object) =>
  JSON.parse(environment.canonical(state as never).replaceAll(/(?<=[:,[])(-?\d+\.0)(?=[,}\]])/g, '{"$float":"$1"}'));
const fuzz = (steps: object[], states: object = {}) => ({
  id: "f",
  group: "g",
  entry: "t_0",
  classes: task.environments,
  long_context: false,
  steps,
  states,
});
const fill = { call: "fillFuelTank(fuelAmount=2.5)", result: '{"fuelLevel": 7.5}', kind: "valid" };

describe("a replay", () => {
  test("finds a recording of the environment itself equal, gzipped or not", () => {
    const record = {
      id: "t_0",
      involved_classes: task.environments,
      long_context: false,
      initial_state: stateOf(initial),
      turns: [
        { calls: [fill.call], results: [fill.result], state: stateOf(filled) },
        {
          calls: ["list_users()"],
          results: ['{"user_list": ["Alice", "Bob", "Catherine", "Daniel"]}'],
          state: stateOf(filled),
        },
      ],
    };
    for (const compress of [false, true]) {
      const tally = replay(record, compress);
      expect(tally.differences).toEqual([]);
      expect(tally.counts.equal).toBe(2);
      expect([...tally.kinds.keys()]).toEqual(["VehicleControlAPI", "MessageAPI"]);
    }
  });
  test("finds a changed result, and skips what follows it", () => {
    const tally = replay(fuzz([{ ...fill, result: '{"fuelLevel": 7.51}' }, fill]));
    expect(tally.counts).toMatchObject({ different: 1, skipped: 1 });
    expect(tally.differences[0]).toMatchObject({ where: "f step 1 (result)", actual: '{"fuelLevel": 7.5}' });
  });
  test("finds a changed state, one that only turned a float into an int too", () => {
    expect(replay(fuzz([fill], { 1: stateOf(filled) })).counts).toMatchObject({ equal: 1, different: 0 });
    const state = stateOf(filled);
    state.VehicleControlAPI.humidityLevel = 50;
    const tally = replay(fuzz([fill], { 1: state }));
    expect(tally.counts).toMatchObject({ equal: 0, different: 1 });
    expect(tally.differences[0]!.where).toBe("f step 1 (state)");
  });
  test("finds a changed initial state", () => {
    const state = stateOf(initial);
    state.MessageAPI.user_count = 5;
    const tally = replay({ id: "t_0", involved_classes: task.environments, initial_state: state, turns: [] });
    expect(tally.counts.different).toBe(1);
  });
  test("goes on after a refusal where the reference raised, and stops where it accepted", () => {
    const raised = {
      call: "fillFuelTank(fuelAmount='x')",
      result: "Error during execution: whatever",
      kind: "wrongtype",
    };
    expect(replay(fuzz([raised, fill])).counts).toMatchObject({ refused: 1, equal: 1 });
    const accepted = { ...raised, result: '{"fuelLevel": 5.0}' };
    expect(replay(fuzz([accepted, fill])).counts).toMatchObject({ refused: 1, skipped: 1 });
  });
  test("lets no difference pass as by design because an earlier call was refused", () => {
    const raised = {
      call: "fillFuelTank(fuelAmount='x')",
      result: "Error during execution: whatever",
      kind: "wrongtype",
    };
    const tally = replay(fuzz([raised, { ...fill, result: "None" }], { 2: stateOf(initial) }));
    expect(tally.counts).toMatchObject({ refused: 1, different: 1, bydesign: 0 });
  });
  test("knows a builtin of Python from a tool that is missing", () => {
    expect(replay(fuzz([{ call: "len([1])", result: "1", kind: "syntax" }])).causes).toEqual(
      new Map([["pythonName", 1]]),
    );
    expect(replay(fuzz([{ call: "fillTank(1)", result: "1", kind: "valid" }])).counts.different).toBe(1);
  });
  test("excuses a spliced instance name, and only where nothing else differs", () => {
    const step = (result: string) => fuzz([{ call: "set_navigation('list_users (x)')", result, kind: "quirk" }]);
    expect(replay(step('{"status": "Navigating to <<INSTANCE:MessageAPI>>.list_users(x)"}')).counts.bydesign).toBe(1);
    expect(replay(step('{"status": "Driving to <<INSTANCE:MessageAPI>>.list_users(x)"}')).counts.different).toBe(1);
  });
  test("sorts the keys of a state again when it takes a spliced name out", () => {
    const call = "add_contact('list_users (x)')";
    const added = environment.step(initial, { tool: "add_contact", args: { user_name: "list_users(x)" } });
    const state = JSON.parse(
      JSON.stringify(stateOf(added.state)).replaceAll("list_users(x)", "<<INSTANCE:MessageAPI>>.list_users(x)"),
    );
    const result = environment.text("add_contact", added.outcome);
    const record = () => fuzz([{ call, result, kind: "quirk" }], { 1: state });
    expect(replay(record()).causes).toEqual(new Map([["splicedInstanceName", 1]]));
    state.MessageAPI.user_count = 9;
    expect(replay(record()).counts).toMatchObject({ bydesign: 0, different: 1 });
  });
  test("excuses a result after an expression that changed the state before it raised", () => {
    const raised = (call: string) => ({ call, result: "Error during execution: 'x'", kind: "nested" });
    const after = { ...fill, result: '{"fuelLevel": 10.0}' };
    expect(replay(fuzz([raised("fillFuelTank(2.5)['x']"), after])).causes).toEqual(
      new Map([["changedBeforeRaising", 1]]),
    );
    const driven = { ...after, call: "get_current_speed()", result: '{"currentSpeed": 99.11925428879405}' };
    // A draw from the random numbers is no public state.
    const drawn = fuzz([raised("get_current_speed()['x']"), driven], { 1: stateOf(initial) });
    expect(replay(drawn).counts).toMatchObject({ refused: 1, bydesign: 1 });
    expect(replay(fuzz([raised("list_users()['x']"), after])).counts).toMatchObject({ bydesign: 0, different: 1 });
  });
  test("leaves out a result that hangs on chance, and goes on", () => {
    expect(
      replay(
        fuzz([
          { ...fill, result: "?", cmp: false },
          { call: "list_users()", result: "?", kind: "valid", cmp: false },
          { ...fill, result: '{"fuelLevel": 10.0}' },
        ]),
      ).counts,
    ).toMatchObject({ skipped: 2, equal: 1 });
  });
});

describe("verdicts", () => {
  const right = [[[fill.call]], [["list_users()"]]];
  const verdict = { valid: true, error_type: null, error_message: null };
  const checker = (trajectory: unknown, checker: object) =>
    replay({ id: "t_0", variant: "v", trajectory, checker, irrelevance: verdict });
  test("of a checker's record are compared", () => {
    expect(checker(right, verdict).verdictsEqual).toBe(1);
    expect(checker([right[0], []], verdict).verdictsEqual).toBe(0);
    const mismatch = {
      valid: false,
      error_type: "multi_turn:instance_state_mismatch",
      error_message: "Model instance for VehicleControlAPI does not match",
      differences: ["fuelLevel"],
    };
    const wrong = [[["fillFuelTank(fuelAmount=3.5)"]], [["list_users()"]]];
    expect(checker(wrong, mismatch).verdictsEqual).toBe(1);
    expect(checker(wrong, { ...mismatch, differences: ["acTemperature"] }).verdictsEqual).toBe(0);
    expect(
      checker(wrong, { ...mismatch, error_message: "Model instance for MessageAPI does not match" }).verdictsEqual,
    ).toBe(0);
  });
  test("of a trace are compared, and each of its calls", () => {
    const trace = {
      id: "t_0",
      source: "s",
      result: [[[{ fillFuelTank: '{"fuelAmount": 2.5}' }], []], [[{ list_users: "{}" }]]],
      calls: right,
      outcomes: [[[fill.result]], [['{"user_list": ["Alice", "Bob", "Catherine", "Daniel"]}']]],
      verdict,
    };
    expect(replay(trace)).toMatchObject({ verdicts: 1, verdictsEqual: 1, counts: { equal: 2, different: 0 } });
    expect(replay({ ...trace, outcomes: [[["None"]], [["None"]]] }).counts.different).toBe(1);
    expect(replay({ ...trace, calls: [[["fillFuelTank(fuelAmount=9)"]], [["list_users()"]]] }).counts.different).toBe(
      1,
    );
    expect(
      replay({
        id: "t_0",
        source: "s",
        result: "Error",
        verdict: { ...verdict, valid: false, error_type: "multi_turn:inference_error" },
      }).verdictsEqual,
    ).toBe(1);
  });
});

describe("a file that cannot be replayed", () => {
  test("names its line and what is wrong", () => {
    const path = join(folder, "broken.jsonl");
    writeFileSync(path, `${JSON.stringify(fuzz([fill]))}\n{"id": 1}\n`);
    expect(() => conformance.replayFile(path)).toThrow(/broken\.jsonl:2: no known kind of recording/);
    writeFileSync(path, `{"id": `);
    expect(() => conformance.replayFile(path)).toThrow(/broken\.jsonl:1: /);
    const turn = { calls: ["list_users()"], results: [], state: {} };
    const short = { id: "t_0", involved_classes: task.environments, initial_state: {}, turns: [turn] };
    expect(() => replay(short)).toThrow(/:1: turns\[0\] must have as many results as calls/);
    expect(() => replay({ id: "t_0", turns: [] })).toThrow(/:1: the field 'initial_state' is missing/);
    writeFileSync(path, gzipSync("{}\n".repeat(100)).subarray(0, 20));
    expect(() => conformance.replayFile(path)).toThrow(/broken\.jsonl cannot be unpacked .*; fetch the file again/);
    expect(() => replay({ ...fuzz([fill]), entry: "gone_7" })).toThrow(/'gone_7', which the dataset does not have/);
  });
  test("compares nothing where nothing is recorded", () => {
    expect(compared(replay(fuzz([])))).toBe(0);
  });
});

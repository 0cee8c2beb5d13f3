import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { environmentOf, environments } from "../../environments/index.ts";
import { execute } from "../../src/python/execute.ts";

const all = environmentOf(Object.keys(environments));
const start = all.init({});
const tools = Object.keys(all.tools);
const codeOf = (outcome: { ok: boolean; error?: { code: string } }) => (outcome.ok ? "ok" : outcome.error!.code);
const refusals = [
  "malformedCall",
  "unknownTool",
  "unknownArgument",
  "missingArguments",
  "tooManyArguments",
  "invalidArguments",
];

describe("hostile calls", () => {
  test("there are 143 tools in nine environments", () => {
    expect([Object.keys(environments).length, tools.length]).toEqual([9, 143]);
  });

  test.each([
    ["10,000 nested brackets", `post_tweet(content=${"[".repeat(10_000)}${"]".repeat(10_000)})`],
    ["10,000 nested dicts", `edit_ticket(ticket_id=1, updates=${"{'a':".repeat(10_000)}`],
    ["an open string of 10 MB", `cat(file_name='${"x".repeat(10_000_000)}`],
    ["a million blanks before a parenthesis", `cat${" ".repeat(1_000_000)}(`],
    ["a name that is no tool", "__proto__(x=1)"],
    ["another", "constructor()"],
    ["a prototype as an argument", "cat(file_name='a', __proto__={'polluted': 1})"],
    ["an expression", "cat(file_name=__import__('os').getcwd())"],
    ["not a number", "fund_account(amount=nan)"],
    ["nothing", ""],
    ["a control character", "\u0000"],
  ])("%s: a typed failure, the state untouched", (_, call) => {
    const { state, outcome, text } = execute(all, start, call);
    expect(refusals).toContain(codeOf(outcome as never));
    expect(state).toBe(start);
    expect(text.startsWith("Error during execution: ")).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("a string of 10 MB and lone surrogates are ordinary values", () => {
    const long = "x".repeat(10_000_000);
    expect(execute(all, start, `echo(content='${long}')`).text).toBe(`{"terminal_output": "${long}"}`);
    const { state } = execute(all, start, "touch(file_name='\ud800')");
    expect(execute(all, state, "ls()").text).toBe('{"current_directory_content": ["\\ud800"]}');
    expect(all.hash(state)).not.toBe(all.hash(start));
  });

  test("arguments nested too deeply for a schema are refused", () => {
    let updates: unknown = 1;
    for (let level = 0; level < 100_000; level++) updates = { a: updates };
    const { state, outcome } = all.step(start, { tool: "edit_ticket", args: { ticket_id: 1, updates } });
    expect(codeOf(outcome as never)).toBe("invalidArguments");
    expect(state).toBe(start);
  });

  test("thousands of directories inside each other are walked as far as Python would", () => {
    let state = start;
    for (let level = 0; level < 3000; level++)
      for (const call of ["mkdir(dir_name='a')", "cd(folder='a')"]) state = execute(all, state, call).state;
    state = execute(all, state, "cd(folder='/')").state;
    for (const call of ["find()", "du()"])
      expect(execute(all, state, call).text).toBe("Error during execution: maximum recursion depth exceeded");
    expect(codeOf(execute(all, state, "cp(source='a', destination='b')").outcome as never)).toBe("treeTooLarge");
    expect(all.same(start, state)).toBe(false);
  });

  test("numbers beyond all bounds end in bounded time", () => {
    const digits = "9".repeat(4000);
    for (const call of [
      `power(base=${digits}, exponent=${digits})`,
      "power(base=10, exponent=1000000000)",
      `fund_account(amount=${digits})`,
      "logarithm(value=2, base=3, precision=1000000000)",
      "square_root(number=2, precision=1000000000)",
      `round_number(number=1.5, decimal_places=${digits})`,
      `tail(file_name='x', lines=${digits})`,
      `gallon_to_liter(gallon=${digits})`,
      "multiply(a=1e308, b=1e308)",
    ])
      expect(typeof execute(all, start, call).text).toBe("string");
  });

  test("whatever arguments a tool is given, it answers, and refuses without a trace", () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        Number.NaN,
        Number.POSITIVE_INFINITY,
        -0,
        2 ** 60,
        undefined,
        "\udfff",
        { $float: "nan" },
        { $dict: [] },
      ),
      fc.constant(JSON.parse('{"__proto__": {"polluted": true}}')),
    );
    const call = fc.constantFrom(...tools).chain((tool) => {
      const names = [...Object.keys(all.tools[tool].spec.args.shape), "__proto__", "constructor", "self"];
      return fc.tuple(
        fc.constant(tool),
        fc.dictionary(fc.constantFrom(...names), value),
        fc.array(value, { maxLength: 3 }),
      );
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 8 }), (calls) => {
        let state = start;
        for (const [tool, args, positional] of calls) {
          const step = all.step(state, { tool, args, positional });
          expect(typeof all.text(tool, step.outcome)).toBe("string");
          if (refusals.includes(codeOf(step.outcome as never))) expect(step.state).toBe(state);
          state = step.state;
        }
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

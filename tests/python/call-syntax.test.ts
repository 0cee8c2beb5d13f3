import { describe, expect, test } from "vitest";
import {
  blockedName,
  type CallSyntax,
  callText,
  collapseBlanks,
  entriesOf,
  isPlainDict,
  type NamedArgument,
  parseCall,
  parseCalls,
  parseJson,
  type SyntaxFailure,
} from "../../src/python/index.ts";
import { readShared } from "../shared-data.ts";

function lines(name: string): any[] | undefined {
  const text = readShared(name);
  return text
    ?.split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function read(text: string): CallSyntax {
  const call = parseCall(text);
  if (!call.ok) throw new Error(`${call.message} at ${call.position}: ${text}`);
  return call;
}

function failure(text: string): SyntaxFailure {
  const call = parseCall(text);
  if (call.ok) throw new Error(`read: ${text}`);
  return call;
}

describe("parseCall", () => {
  test("reads positional and named literals in order", () => {
    expect(read("book(1, 'a', to='b', price=5.0, tags=['x'], extra=None)")).toEqual({
      ok: true,
      tool: "book",
      positional: [1, "a"],
      named: [
        ["to", "b"],
        ["price", { $float: "5.0" }],
        ["tags", ["x"]],
        ["extra", null],
      ],
    });
  });

  test.each([
    ["f()", []],
    ["  \tf ( a = 1 , ) # done", [["a", 1]]],
    [
      "f(\n  a=1,  # one\n  b='x'\n      'y',\n)\n",
      [
        ["a", 1],
        ["b", "xy"],
      ],
    ],
    [
      "f(r=r'\\n', u=u'é')",
      [
        ["r", "\\n"],
        ["u", "é"],
      ],
    ],
    [
      "f(True_=True, nothing=None)",
      [
        ["True_", true],
        ["nothing", null],
      ],
    ],
    [
      "f(__proto__=1, constructor=2, self=3)",
      [
        ["__proto__", 1],
        ["constructor", 2],
        ["self", 3],
      ],
    ],
    ["f(größe=1)", [["größe", 1]]],
    ["f(ﬁ=1)", [["fi", 1]]],
  ] as const)("%j", (text, named) => {
    expect(read(text).named).toEqual(named);
  });

  test.each([
    ["", 0, "a call is expected, the text is empty"],
    ["cd", 2, "'(' is expected after 'cd'"],
    [
      "echo<|channel|>x()",
      4,
      "'(' is expected after 'echo', not '<|channel|>', a control token of a chat template that is no part of the name",
    ],
    ["a:b()", 1, "'(' is expected after 'a', not ':'; a name holds letters, digits and '_' only"],
    ["f(a=inf)", 4, "only literal values are read: 'inf' is no number; numbers go up to about 1.8e308"],
    ["'cd()'", 0, "a call is expected, such as tool(name='value')"],
    ["FileSystem.ls.all(a=True)", 10, "dotted names are not tools: 'FileSystem.ls.all'"],
    ["cd(", 2, "'(' was never closed"],
    ["f(a=[1, 2)", 9, "unmatched ')'"],
    ["f(a=[1, 2", 4, "'[' was never closed"],
    ["f(a=1, 2)", 7, "positional argument follows keyword argument"],
    ["f \\\n(a=1)", 1, "'(' is expected right after 'f', not on the next line"],
    ["f(a=1, b=2, a=3)", 12, "keyword argument repeated: a"],
    ["f(class=1)", 2, "the reserved word 'class' cannot name an argument"],
    ["f(*[1])", 2, "argument unpacking with '*' or '**' is not read: write each argument"],
    ["f(**{})", 2, "argument unpacking with '*' or '**' is not read: write each argument"],
    ["f(={})", 2, "'=' needs an argument's name before it and one value after it"],
    ["f(a:=1)", 2, "only literal values are read: 'a' is a name; a string needs quotes: 'a'"],
    ["f(a=true)", 4, "only literal values are read: 'true' is a name; write True"],
    ["f(a=g(1))", 4, "only literal values are read: 'g(...)' is a nested call; call it first and pass its result"],
    ["f(a=x.y)", 4, "only literal values are read: 'x.' reaches into a name"],
    ["f(a=1+2)", 5, "only literal values are read: '+' would have to be evaluated"],
    ["f(a='x'.upper())", 7, "only literal values are read: '.' reaches into the value before it"],
    ["f(a='x'[0])", 7, "only literal values are read: '[' calls or indexes the value before it"],
    ["f(a=[x for x in 'y'])", 5, "only literal values are read: 'x' is a name; a string needs quotes: 'x'"],
    ["f(a=[1 for x in 'y'])", 7, "only literal values are read: no comprehensions"],
    ["f(a=lambda: 1)", 4, "only literal values are read: no lambda"],
    ["f(a=f'{b}')", 4, "f-strings are not read: write the text itself"],
    ["f(a=b'x')", 4, "bytes are not read: write a plain string"],
    ["f(a='x)", 4, "unterminated string literal"],
    ["f(a=“x”)", 4, "invalid character '“' (U+201C)"],
    ["f(,)", 2, "a value is expected before ','"],
    ["f();", 3, "unexpected text after the call: invalid character ';' (U+003B)"],
    [
      "f()()",
      3,
      "unexpected text after the call: only literal values are read: '(' calls or indexes the value before it",
    ],
    [
      "f()\n g()",
      5,
      "unexpected text after the call: only literal values are read: 'g(...)' is a nested call; call it first and pass its result",
    ],
    ["\n  f()", 3, "unexpected indent"],
  ])("refuses %j", (text, position, message) => {
    expect(failure(text)).toEqual({ ok: false, position, message });
  });

  test("stays linear and bounded on hostile texts", () => {
    expect(failure(`f(a=${"[".repeat(10_000)}`)).toMatchObject({
      position: 203,
      message: expect.stringContaining("nested"),
    });
    expect(read(`f(a='${"x".repeat(10_000_000)}')`).named[0]?.[1]).toHaveLength(10_000_000);
    expect(read(`f(a='${"\\n".repeat(1_000_000)}')`).named[0]?.[1]).toHaveLength(1_000_000);
    const many = Array.from({ length: 100_000 }, (_, index) => `a${index}=${index}`);
    expect(read(`f(${many.join(",")})`).named).toHaveLength(100_000);
    expect(failure(`f(${many.join(",")},a7=1)`).message).toBe("keyword argument repeated: a7");
    expect(failure(`f(a=${"9".repeat(5000)})`).message).toContain("4300 digits");
    expect(failure(`f(a=${"-".repeat(1_000_000)})`).message).toBe("a sign must stand before a number");
    expect(failure(`f(a='\0')`).message).toBe("source code string cannot contain null bytes");
    expect(failure(`f${".f".repeat(100_000)}()`).message).toContain("dotted names");
  });
});

describe("parseCalls", () => {
  test.each([
    ["[f(a=1), g()]", ["f", "g"]],
    ["f(a=1), g()", ["f", "g"]],
    ["f(a=1)", ["f"]],
    ["[\n  f(),\n  g(),\n]\n", ["f", "g"]],
    ["[]", []],
    ["", []],
  ])("%j", (text, tools) => {
    const calls = parseCalls(text);
    expect("ok" in calls ? calls : calls.map((call) => call.tool)).toEqual(tools);
  });

  test.each([
    ["[f()", 0, "'[' was never closed"],
    ["[f() g()]", 5, expect.stringContaining("unexpected text after a call")],
    ["f() and that is all", 4, expect.stringContaining("unexpected text after the calls")],
    ["[f()] g()", 6, expect.stringContaining("unexpected text after the calls")],
    ["[1]", 1, "a call is expected, such as tool(name='value')"],
    ["[[f()]]", 1, "a call is expected, such as tool(name='value')"],
  ])("refuses %j", (text, position, message) => {
    expect(parseCalls(text)).toEqual({ ok: false, position, message });
  });
});

test("callText writes Python values", () => {
  const named: NamedArgument[] = [
    ["a", "it's"],
    ["b", { $float: "5.0" }],
    ["c", [true, null]],
    ["d", { k: 1 }],
  ];
  expect(callText("f", named)).toBe(`f(a="it's",b=5.0,c=[True, None],d={'k': 1})`);
  expect(callText("f", [])).toBe("f()");
});

describe("collapseBlanks", () => {
  test.each([
    ["cd(folder='a')", "cd(folder='a')"],
    ["cd \t(folder='a')", "cd(folder='a')"],
    ["echo(content='Draft (v1) and (v2)')", "echo(content='Draft(v1) and(v2)')"],
    ["f('1 (a)', 'é (b)', '1a (c)')", "f('1 (a)', 'é (b)', '1a (c)')"],
    ["f('aé (b)', '_1\u3000(c)', 'x-y (d)')", "f('aé(b)', '_1(c)', 'x-y(d)')"],
    ["f('a \ufeff(b)', 'a ((c', '  (d')", "f('a \ufeff(b)', 'a((c', '  (d')"],
    ["f('𐐀 (a)', 'a𐐀 (b)', 'a😀 (c)')", "f('𐐀 (a)', 'a𐐀(b)', 'a😀 (c)')"],
  ])("%j", (text, collapsed) => {
    expect(collapseBlanks(text)).toBe(collapsed);
  });

  test("is linear", () => {
    expect(collapseBlanks(`${"a".repeat(1_000_000)}${" ".repeat(1_000_000)}(`)).toHaveLength(1_000_001);
    expect(collapseBlanks(" (".repeat(500_000))).toHaveLength(1_000_000);
    expect(collapseBlanks("a (".repeat(300_000))).toHaveLength(600_000);
  });
});

test.each([
  ["exit()", "exit"],
  ["exit", "exit"],
  ["a.exit()", "exit"],
  ["a.run.x()", "run"],
  ["x.y.kill()", undefined],
  [" exit()", undefined],
  ["exit ()", undefined],
  ["[exit()]", undefined],
  ["exit_now()", undefined],
  ["f(a='b.exit(')", undefined],
])("blockedName of %j", (text, name) => {
  expect(blockedName(text)).toBe(name);
});

describe("recorded calls", () => {
  const groundTruth = lines("goldens/groundtruth.jsonl.gz");
  test.skipIf(groundTruth === undefined)("every ground-truth call is read and survives being written again", () => {
    const texts: string[] = groundTruth!.flatMap((entry) => entry.turns.flatMap((turn: any) => turn.calls));
    expect(texts).toHaveLength(4625);
    for (const text of texts) {
      const call = read(text);
      expect(collapseBlanks(text)).toBe(text);
      expect(read(callText(call.tool, call.named))).toEqual({ ...call, positional: [] });
    }
  });

  const traces = lines("goldens/traces_train.jsonl.gz");
  test.skipIf(traces === undefined)("every tool call of real models becomes the text that the reference wrote", () => {
    let written = 0;
    let readable = 0;
    for (const { result, calls } of traces!) {
      if (calls === undefined) continue;
      for (const [turn, steps] of (result as { [name: string]: string }[][][]).entries()) {
        const decodable = steps.filter((step) => Array.isArray(step) && step.length > 0);
        const texts = decodable.map(decodedTexts).filter((step) => step !== undefined);
        expect(texts).toEqual(calls[turn]);
        for (const text of texts.flat()) {
          written += 1;
          if (parseCall(text).ok) readable += 1;
        }
      }
    }
    expect({ written, readable }).toEqual({ written: 13_438, readable: 13_210 });
  });
});

/** The call texts of one step; undefined where arguments are no JSON object. */
function decodedTexts(step: readonly { readonly [name: string]: string }[]): string[] | undefined {
  try {
    return step.flatMap((call) =>
      Object.entries(call).map(([tool, json]) => {
        const value = parseJson(json);
        if (!isPlainDict(value)) throw new TypeError("no object");
        return callText(tool, entriesOf(value) as NamedArgument[]);
      }),
    );
  } catch {
    return undefined;
  }
}

import { describe, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { fileSystem } from "../../environments/file-system/index.ts";
import {
  type ArgsOf,
  type CallOf,
  defineState,
  type FailureFrom,
  failure,
  joinEnvironments,
  type ValueOf,
} from "../../src/core/index.ts";

type T = typeof fileSystem.tools;
const kit = defineState({ name: "x", state: z.strictObject({ n: z.int() }), config: z.object({}) }).init(() => ({
  n: 0,
}));

describe("types", () => {
  test("of arguments, values and failures come from the schemas", () => {
    expectTypeOf<ArgsOf<T["ls"]>>().toEqualTypeOf<{ a: boolean }>();
    expectTypeOf<ValueOf<T["cat"]>>().toEqualTypeOf<{ file_content: string }>();
    expectTypeOf<
      Exclude<FailureFrom<T["touch"]>["code"], `${string}Argument${string}` | "unknownTool" | "raised">
    >().toEqualTypeOf<"invalidCharacter" | "exists">();
    expectTypeOf<CallOf<Pick<T, "ls" | "cat">>["tool"]>().toEqualTypeOf<"ls" | "cat">();
    const { outcome } = fileSystem.step(fileSystem.init({}), { tool: "cat", args: { file_name: "x" } });
    if (!outcome.ok && outcome.error.code === "notFound")
      expectTypeOf(outcome.error.data).toEqualTypeOf<{ name: string }>();
  });

  test("refuse an author's slips", () => {
    // @ts-expect-error the result has no such field
    kit.read({ description: "", args: z.object({}), result: z.object({ n: z.number() }) }).run(() => ({ m: 1 }));
    // @ts-expect-error an undeclared failure
    kit.read({ description: "", args: z.object({}), result: z.null() }).run(({ fail }) => fail.nope({}));
    const bad = failure(z.strictObject({ name: z.string() }), ({ name }) => name);
    kit
      .read({ description: "", args: z.object({}), result: z.null(), failures: { bad } })
      // @ts-expect-error the failure's data lacks its name
      .run(({ fail }) => fail.bad({}));
    kit.write({ description: "", args: z.object({}), result: z.null() }).run(({ draft }) => {
      // @ts-expect-error the state has no such field
      draft().nope = 1;
      return null;
    });
    // @ts-expect-error a tool that only reads has no draft
    kit.read({ description: "", args: z.object({}), result: z.null() }).run(({ draft }) => draft());
    // @ts-expect-error candidates name an argument
    kit.read({ description: "", args: z.object({ a: z.string() }), result: z.null(), candidates: { b: () => [] } });
    // @ts-expect-error only a tool that writes can keep what it drafted
    kit.read({ description: "", args: z.object({}), result: z.null(), onFailure: "commit" });
    kit
      .read({ description: "", args: z.object({}), result: z.object({ kind: z.enum(["a", "b"]) }) })
      .run(() => ({ kind: "a" }));
  });

  test("of joined environments keep every part's", () => {
    const tick = kit
      .read({ description: "Tick.", args: z.object({ by: z.int() }), result: z.number() })
      .run(({ args }) => args.by);
    const world = joinEnvironments({ fileSystem, timer: kit.environment({ tools: { tick } }) });
    const state = world.init({});
    expectTypeOf(state.timer.n).toEqualTypeOf<number>();
    const { outcome } = world.step(state, { tool: "tick", args: { by: 2 } });
    if (outcome.ok) expectTypeOf(outcome.value).toEqualTypeOf<number>();
  });
});

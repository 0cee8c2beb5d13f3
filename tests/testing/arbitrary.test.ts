import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { arbitraryOf } from "../../src/testing/arbitrary.ts";

type Tree = { readonly name: string; readonly below: readonly Tree[] };
const Tree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ name: z.string(), below: z.array(Tree) }));

test.each<[string, z.ZodType]>([
  ["texts with bounds", z.string().min(3).max(5)],
  ["texts of a pattern", z.string().regex(/^[A-Z]{2}\d$/)],
  ["numbers above one and below another", z.number().gt(2).lt(3)],
  ["numbers above a great one", z.number().min(2_000_000)],
  ["whole numbers", z.int().positive().max(9)],
  ["multiples", z.int().multipleOf(5).min(10).max(50)],
  ["what may be null, and has a default", z.object({ a: z.string().nullable().default(null), b: z.int().optional() })],
  [
    "one of several",
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b"), n: z.int() })]),
  ],
  ["records", z.record(z.string(), z.int())],
  ["tuples and lists with bounds", z.tuple([z.enum(["x", "y"]), z.array(z.boolean()).min(9).max(12)])],
])("%s fit their schema", (_, schema) => {
  for (const value of fc.sample(arbitraryOf(schema), { numRuns: 200, seed: 1 }))
    expect(schema.safeParse(value), JSON.stringify(value)).toMatchObject({ success: true });
});

test("what may be null is null at times, and a text at others", () => {
  const drawn = fc.sample(arbitraryOf(z.string().nullable()), { numRuns: 100, seed: 1 });
  expect(new Set(drawn.map((value) => typeof value))).toEqual(new Set(["string", "object"]));
});

test("a schema that stands in itself comes to an end", () => {
  expect(fc.sample(arbitraryOf(Tree), { numRuns: 50, seed: 1 })).toHaveLength(50);
});

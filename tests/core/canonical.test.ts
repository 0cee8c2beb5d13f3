import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { canonicalJson, compareCodePoints, sameValue, sha256 } from "../../src/core/index.ts";

describe("canonical JSON", () => {
  test("sorts keys by code point, not by UTF-16 unit", () => {
    expect(canonicalJson({ "\u{1f600}": 1, "\uffee": 2, b: 3, a: [1, { d: 4, c: null }] })).toBe(
      '{"a":[1,{"c":null,"d":4}],"b":3,"\uffee":2,"\u{1f600}":1}',
    );
  });
  property.prop([fc.jsonValue()])("is one text for one value, whatever its order", (value) => {
    const text = canonicalJson(value);
    expect(canonicalJson(JSON.parse(text))).toBe(text);
    expect(sameValue(JSON.parse(text), JSON.parse(JSON.stringify(value)))).toBe(true);
  });
  property.prop([fc.string({ unit: "binary" }), fc.string({ unit: "binary" })])("orders as UTF-8 bytes do", (a, b) => {
    expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
  });
});

test("a digest is of UTF-8, and of WTF-8 where surrogates stand alone", () => {
  expect(sha256("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
  expect(sha256("a\ud800")).not.toBe(sha256("a\ufffd"));
});

import { expect, test } from "vitest";
import { shop } from "../../environments/shop/index.ts";
import { checkLaws } from "../../src/testing/laws.ts";

test("obeys the laws", () => {
  checkLaws(shop, { config: {} });
  checkLaws(shop, { config: { verified: ["C1", "C2"] }, runs: 200, maxCalls: 50 });
});

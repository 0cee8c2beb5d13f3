import { expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { prompts } from "../../src/episode/prompts.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import { bfclProtocol } from "../../src/evaluation/bfcl-protocol/bfcl-protocol.ts";
import { documentsHash, promptHash } from "../../src/evaluation/fingerprints.ts";

test("a prompt's hash is one for each renderer and prompt, whatever the tools and tasks", () => {
  const shown = [...Object.values(renderers), ...Object.values(bfclProtocol).map(({ renderer }) => renderer)];
  const hashes = [prompts.standard, prompts.resourceful].flatMap((prompt) =>
    shown.map((renderer) => promptHash(renderer, prompt)),
  );
  // The reference's protocol has no prompt but its own, which in function calling is none at all.
  expect(new Set(hashes).size).toBe(2 * Object.keys(renderers).length + 2);
  expect(promptHash(renderers.tagged, undefined)).toBe(promptHash(renderers.tagged, prompts.standard));
  expect(promptHash(renderers.openai, undefined)).toBe(promptHash(bfclProtocol.functionCalling.renderer, undefined));
});

test("documents are hashed by environment, the dataset's where it has them", () => {
  const [both, one, other] = [["MathAPI", "TicketAPI"], ["TicketAPI"], ["MathAPI"]].map((names) =>
    environmentOf(names),
  );
  const hash = documentsHash([both!], {});
  expect(documentsHash([one!, other!, one!], {})).toBe(hash);
  expect(documentsHash([one!], {})).not.toBe(hash);
  const document = { name: "add", description: "Adds.", parameters: { type: "dict", properties: {}, required: [] } };
  expect(documentsHash([both!], { MathAPI: [document] })).not.toBe(hash);
  expect(documentsHash([both!], { TravelAPI: [document] })).toBe(hash);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hermes } from "../../../src/episode/renderers/hermes.ts";
import { groundTruthPolicy } from "../../../src/rollout/scripted-policies.ts";
import { loadChatFormat } from "../../../src/training/tokens/load-chat-format.ts";
import { supervisedEpisode } from "../../../src/training/tokens/supervised-episode.ts";
import { copying, settingOf } from "../../episode/sample-tasks.ts";
import { modelFolder } from "./model-folder.ts";

/** A vocabulary of characters that puts a mark before a text's first word and in place of each blank, as SentencePiece does. */
function blankBefore(): string {
  const tokenizer = JSON.parse(readFileSync(join(modelFolder(), "tokenizer.json"), "utf8"));
  const marks = { type: "Metaspace", replacement: "▁", prepend_scheme: "first", split: false };
  const characters = ["▁", "\n", ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))];
  const vocab = Object.fromEntries(characters.map((character, id) => [character, id]));
  return JSON.stringify({
    ...tokenizer,
    ...{ pre_tokenizer: marks, decoder: marks, model: { ...tokenizer.model, vocab } },
  });
}

test("a message goes on from its prompt also where the vocabulary begins a text otherwise than it goes on", async () => {
  const format = await loadChatFormat(modelFolder({ files: { "tokenizer.json": blankBefore() } }));
  const options = { format, thoughtHistory: "kept", contextTokens: 100_000 } as const;
  const { segments } = await supervisedEpisode(settingOf(copying, hermes), groundTruthPolicy, options);
  const [{ tokens }] = segments as [(typeof segments)[0]];
  const text = format.decode(tokens);
  expect(text).toContain("assistant\n<tool_call>");
  expect(text).not.toContain("assistant\n ");
});

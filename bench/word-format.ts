import type { ChatMessage } from "../src/episode/message.ts";
import type { ChatFormat } from "../src/training/tokens/chat-format.ts";

const endOfMessage = "\u0003";

/**
 * A token for each word and each mark, in the shape of ChatML: prompts are about as long as a model's, but what its tokenizer and
 * template take is not measured.
 */
export function wordFormat(): ChatFormat {
  const words = [endOfMessage];
  const ids = new Map(words.map((word, id) => [word, id]));
  const idOf = (word: string): number => {
    const id = ids.get(word) ?? words.push(word) - 1;
    ids.set(word, id);
    return id;
  };
  return {
    ...{ name: "words", hash: "", stopTokens: [0], endOfMessage },
    encode: (text) => (text.match(/ ?\w{1,6}|\s+|[^\w\s]/gu) ?? []).map(idOf),
    decode: (tokens) => tokens.map((token) => words[token]).join(""),
    literally: (text) => text.replaceAll(endOfMessage, ""),
    render: (messages) => `${shown(messages)}assistant\n`,
    continuation: (messages) => `\n${shown(messages)}assistant\n`,
  };
}

const shown = (messages: readonly ChatMessage[]): string =>
  messages.map(({ role, content }) => `${role}\n${content}${endOfMessage}\n`).join("");

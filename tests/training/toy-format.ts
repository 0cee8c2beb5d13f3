import type { ChatMessage } from "../../src/episode/message.ts";
import type { ChatFormat } from "../../src/training/tokens/chat-format.ts";

const firstCharacter = 1000;

/** Tokens that are whole messages or parts of them, and one for each other character. The last of the vocabulary ends a message. */
export function toyFormat(words: readonly string[]): ChatFormat {
  const stop = words.length;
  const turn = (messages: readonly ChatMessage[]) =>
    messages.map(({ role, content }) => `${role}: ${content}\n`).join("");
  const end = "<|end|>";
  return {
    name: "toy",
    hash: "0",
    stopTokens: [stop],
    endOfMessage: end,
    literally: (text) => text,
    encode(text) {
      const tokens: number[] = [];
      for (let at = 0; at < text.length; ) {
        const word = [...words, end].findIndex((each) => text.startsWith(each, at));
        tokens.push(word < 0 ? firstCharacter + text.charCodeAt(at) : word);
        at += word < 0 ? 1 : [...words, end][word]!.length;
      }
      return tokens;
    },
    decode: (tokens) =>
      tokens
        .map((token) =>
          token < stop ? words[token] : token === stop ? end : String.fromCharCode(token - firstCharacter),
        )
        .join(""),
    // The two end differently, so that a bigram model can tell the first message from later ones.
    render: (messages) => `${turn(messages)}assistant:`,
    continuation: (messages) => `\n${turn(messages)}assistant>`,
  };
}

import { Template } from "@huggingface/jinja";
import type { ChatMessage } from "../../episode/message.ts";
import { DataError } from "../../task/problem.ts";
import type { ModelFiles } from "./model-files.ts";

/** A chat template's part of a `ChatFormat`. */
export interface ChatTemplate {
  readonly endOfMessage: string;
  render(messages: readonly ChatMessage[]): string;
  continuation(messages: readonly ChatMessage[]): string;
}

/** A message that stands in for the model's: its words are found again in what the template writes. */
const standIn = "An answer in stead of another.";
const otherStandIn = { thought: "<think>\nHm.\n</think>\n\n", words: "42, and nothing more" };
const probe = { system: "Words of the system.", user: "Words of the user.", next: "Further words." } as const;

/**
 * Reads a chat template and tries it out. Throws a `DataError` where it cannot write a conversation of text that starts with a system
 * message, or where no token of the vocabulary ends the model's messages.
 */
export function readChatTemplate(
  { template: { text, file }, tokenizerConfig }: ModelFiles,
  tokens: readonly string[],
  literally: (text: string) => string,
): ChatTemplate {
  const template = parse(text, file);
  const variables = {
    ...specialTokens(tokenizerConfig),
    add_generation_prompt: true,
    tools: null,
    documents: null,
  };
  const render = (messages: readonly ChatMessage[]): string => {
    const shown = messages.map((message) => ({ ...message, content: literally(message.content ?? "") }));
    try {
      return template.render({ ...variables, messages: shown });
    } catch (error) {
      const roles = messages.map(({ role }) => role).join(", ");
      throw new DataError(
        `${file}: the chat template fails on messages of ${roles}: ${(error as Error).message}; change it so that it writes them, or take another model`,
      );
    }
  };
  /** What follows the model's message, its end included. */
  const after = (said: string, words: string, messages: readonly ChatMessage[]): string => {
    const written = render([user("Hello."), { role: "assistant", content: said }, ...messages]);
    const at = written.indexOf(words);
    if (at < 0) throw new DataError(`${file}: the chat template leaves out what the model said`);
    return written.slice(at + words.length);
  };

  const next = [user(probe.next)];
  const usual = after(standIn, standIn, next);
  const endOfMessage = longest(tokens.filter((token) => usual.startsWith(token)));
  if (endOfMessage === undefined)
    throw new DataError(
      `${file}: the chat template ends the model's messages with ${JSON.stringify(usual.slice(0, 20))}, which starts with no added token of tokenizer.json; it needs one, such as <|im_end|>`,
    );
  if (after(otherStandIn.thought + otherStandIn.words, otherStandIn.words, next) !== usual)
    throw new DataError(
      `${file}: what the chat template writes after a message of the model depends on the words of that message, so that a conversation cannot be continued`,
    );
  const start = render([{ role: "system", content: probe.system }, user(probe.user)]);
  for (const role of ["system", "user"] as const)
    if (!start.includes(probe[role]))
      throw new DataError(`${file}: the chat template leaves out messages of the ${role}`);
  if (!usual.includes(probe.next)) throw new DataError(`${file}: the chat template leaves out messages of the user`);
  return {
    endOfMessage,
    render,
    continuation: (messages) => after(standIn, standIn, messages).slice(endOfMessage.length),
  };
}

const user = (content: string): ChatMessage => ({ role: "user", content });

/** The day that Llama's templates fall back on: a prompt that depends on the clock would be another one tomorrow. */
const fixedDay = "{% macro strftime_now(format) %}26 Jul 2024{% endmacro %}";

function parse(text: string, file: string): Template {
  try {
    return new Template(fixedDay + text);
  } catch (error) {
    throw new DataError(`${file}: the chat template cannot be read: ${(error as Error).message}`);
  }
}

/** Templates write tokens such as `bos_token` by these names. */
function specialTokens({ bos_token, eos_token, unk_token, pad_token }: ModelFiles["tokenizerConfig"]) {
  const named = { bos_token, eos_token, unk_token, pad_token };
  return Object.fromEntries(Object.entries(named).filter(([, token]) => typeof token === "string"));
}

const longest = (texts: readonly string[]): string | undefined =>
  texts.reduce<string | undefined>(
    (best, text) => (best === undefined || text.length > best.length ? text : best),
    undefined,
  );

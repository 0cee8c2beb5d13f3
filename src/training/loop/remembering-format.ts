import type { ChatMessage } from "../../episode/message.ts";
import type { ChatFormat } from "../tokens/chat-format.ts";

/** The format, which does only once what the rollouts of a group have in common: the first prompt, users' turns, equal results. */
export function rememberingFormat(format: ChatFormat): ChatFormat {
  return {
    ...format,
    encode: remembering((text) => text, format.encode),
    render: remembering(keyOf, format.render),
    continuation: remembering(keyOf, format.continuation),
  };
}

function remembering<A, R>(keyFor: (value: A) => string, work: (value: A) => R): (value: A) => R {
  const known = new Map<string, R>();
  return (value) => {
    const key = keyFor(value);
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = work(value);
    known.set(key, result);
    return result;
  };
}

const keyOf = (messages: readonly ChatMessage[]): string =>
  messages.map(({ role, content }) => `${role}\n${content?.length ?? ""}\n${content}`).join("\n");

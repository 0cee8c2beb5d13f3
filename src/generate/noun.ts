import type { Reference } from "./conversation.ts";
import type { Noun } from "./define-requests.ts";
import type { WorldTool } from "./world.ts";

/** `receiver_id` and `receiverId` as "receiver id". */
export const words = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();

export function nounOf({ nouns, request }: WorldTool, argument: string): Noun {
  const given = request.nouns?.[argument] ?? nouns[argument] ?? words(argument);
  return typeof given === "string" ? { noun: given } : given;
}

/** In place of an argument that is left open. */
export function openPhrase(tool: WorldTool, argument: string): string {
  const { noun, open } = nounOf(tool, argument);
  return open ?? `the ${noun} I have in mind`;
}

/** In place of an argument that an answer tells, under the fuller of its two names. */
export function referencePhrase(tool: WorldTool, { argument, field, isLatest }: Reference): string {
  const { noun } = nounOf(tool, argument);
  const name = noun.endsWith(` ${words(field)}`) ? noun : words(field);
  return `the ${name} ${isLatest ? "you get from that" : "you got before"}`;
}

/** Puts phrases into an order so that no noun stands there twice: "ticket the ticket id you ..." loses its first word. */
export function withoutDoubles(order: string, phrases: readonly string[]): string {
  let text = order;
  for (const phrase of phrases) {
    const at = text.indexOf(phrase);
    if (at < 0 || !phrase.startsWith("the ")) continue;
    const nouns = phrase.slice(4).split(" ");
    let before = text.slice(0, at);
    for (let count = nouns.length; count > 0; count--) {
      const double = `${nouns.slice(0, count).join(" ")} `;
      if (!before.endsWith(` ${double}`) && !before.endsWith(`(${double}`)) continue;
      before = before.slice(0, -double.length).replace(/ (?:the|a|an|this) $/, " ");
      break;
    }
    text = before + text.slice(at);
  }
  return text;
}

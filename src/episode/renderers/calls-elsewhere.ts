import { strippedAnswer } from "../../python/answer.ts";

/** The ways in which models write calls, besides native ones. */
export type CallNotation = "tags" | "json" | "python";

const described: Readonly<Record<CallNotation, string>> = {
  tags: "calls in <tool_call> tags",
  json: "calls as bare JSON",
  python: "calls in Python syntax",
};

/**
 * Which notation a text is in that was meant as calls, though not in the way that this conversation takes them; undefined for
 * plain words. It must look like calls as a whole: words about calls are words.
 */
export function callsElsewhere(text: string, ...among: readonly CallNotation[]): string | undefined {
  const stripped = strippedAnswer(text).replace(/^(?:json|python|tool_code|tool_call)\n\s*/, "");
  const notation = notationOf(text, stripped);
  return notation !== undefined && among.includes(notation) ? described[notation] : undefined;
}

function notationOf(text: string, stripped: string): CallNotation | undefined {
  if (text.includes("<tool_call>")) return "tags";
  if (/^\[?\s*\{\s*"name"\s*:/.test(stripped) && /"(?:arguments|parameters)"/.test(stripped)) return "json";
  return /^\[\s*[A-Za-z_]\w*\(/.test(stripped) && stripped.endsWith(")]") ? "python" : undefined;
}

import type { CallResult } from "../transcript.ts";

/** What the model reads of a call: the result as it is and, on a line of its own, the hint. */
export const resultText = ({ text, hint }: CallResult): string => (hint ? `${text}\nHint: ${hint.text}` : text);

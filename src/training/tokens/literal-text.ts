/** Marks a special token that is only spelled; a noncharacter, which texts have no use for. */
const mark = "\ufdd0";

/** Tags that renderers write and read: where a vocabulary has tokens for them, texts are meant to hold those. */
const rendererTag = /^<\/?(?:think|tool_call|tool_response|tools|answer)>$/;

/** Texts in which none of these special tokens can be mistaken for one that the template wrote. */
export function literalText(specialTokens: readonly string[]) {
  const guarded = specialTokens.filter((token) => !rendererTag.test(token)).sort((a, b) => b.length - a.length);
  const spelled = new RegExp(
    guarded.map((token) => token.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") || "(?!)",
    "gu",
  );
  return {
    /** The text with a mark inside each special token. */
    literally: (text: string): string =>
      text
        .replaceAll(mark, "\ufffd")
        .replace(spelled, (token) => `${[...token][0]}${mark}${token.slice([...token][0]!.length)}`),
    /** A text in the pieces that marks make of it; no special token runs across two of them. */
    pieces: (text: string): string[] => text.split(mark).filter((piece) => piece !== ""),
  };
}

/** A text of at most so many characters; what a client sent is repeated to it only so far. */
export const clipped = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

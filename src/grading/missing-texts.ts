/** The expected texts that were not seen, each seen text serving once. Texts are compared, not hashed: many are long. */
export function missingTexts(expected: readonly string[], seen: readonly string[]): string[] {
  const unused = [...seen];
  return expected.filter((text) => {
    const index = unused.indexOf(text);
    if (index >= 0) unused.splice(index, 1);
    return index < 0;
  });
}

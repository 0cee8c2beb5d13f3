/** Values looked at for an argument at most, the latest ones. */
const most = 200;

/** What a text offers as arguments: what it quotes, its numbers, and words that look like names. */
export function valuesIn(text: string): readonly unknown[] {
  const values: unknown[] = [];
  for (const match of text.matchAll(/["'“‘]([^"'”’]{1,80})["'”’]/gu)) values.push(match[1]);
  for (const match of text.matchAll(/-?\d+(?:\.\d+)?/g)) values.push(Number(match[0]));
  return [...new Set(values)].slice(-most);
}

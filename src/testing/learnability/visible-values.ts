/** Values of one text at most, the last ones, and texts whose values are remembered. */
const most = 60;
const mostTexts = 20_000;

const known = new Map<string, readonly unknown[]>();

/** What a text offers as arguments: what it quotes, and its numbers. */
export function valuesIn(text: string): readonly unknown[] {
  let values = known.get(text);
  if (!values) {
    if (known.size >= mostTexts) known.clear();
    values = read(text);
    known.set(text, values);
  }
  return values;
}

function read(text: string): readonly unknown[] {
  const values: unknown[] = [];
  for (const match of text.matchAll(/["'“‘]([^"'”’]{1,80})["'”’]/gu)) values.push(match[1]);
  for (const match of text.matchAll(/-?\d+(?:\.\d+)?/g)) values.push(Number(match[0]));
  return [...new Set(values)].slice(-most);
}

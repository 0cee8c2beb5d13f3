/** The texts about a company with its symbol filled in, as Python's `str.format` does. */
export function orderMetadata(texts: Readonly<Record<string, string>>, symbol: string): Record<string, string> {
  const meanings: Readonly<Record<string, string>> = { "{{": "{", "}}": "}", "{symbol}": symbol };
  const filled: Record<string, string> = {};
  for (const key in texts) filled[key] = texts[key]!.replace(/\{\{|\}\}|\{symbol\}/g, (mark) => meanings[mark]!);
  return filled;
}

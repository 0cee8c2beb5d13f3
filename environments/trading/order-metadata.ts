/** The texts about a company with its symbol filled in, as Python's `str.format` does. */
export function orderMetadata(texts: Readonly<Record<string, string>>, symbol: string): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const key in texts)
    filled[key] = texts[key]!.replace(/\{\{|\}\}|\{symbol\}/g, (mark) => replacement(mark, symbol));
  return filled;
}

function replacement(mark: string, symbol: string): string {
  if (mark === "{{") return "{";
  return mark === "}}" ? "}" : symbol;
}

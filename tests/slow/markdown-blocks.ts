/** A fenced block of a page: its language, its text, and the line of the page that it starts at. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    line: page.slice(0, match.index).split("\n").length,
  }));
}

/** A command and what a page says that it prints. */
export interface Shown {
  readonly command: string;
  readonly output: string;
}

export function commandsIn({ text }: Block): readonly Shown[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command, ...output] = part.split("\n");
      return { command: command!, output: output.join("\n").trim() };
    });
}

/** Whether an output is as shown; `…` stands for any text in a line, and alone on a line for any lines. */
export function isAsShown(shown: string, output: string): boolean {
  const lines = shown.split("\n").map((line) => line.trimEnd());
  const pattern = lines
    .map((line) => (line.trim() === "…" ? "(?:.*\n)*?.*" : line.split("…").map(escaped).join(".*")))
    .join("\n");
  const real = output.split("\n").map((line) => line.trimEnd());
  return new RegExp(`^${pattern}$`).test(real.join("\n").trim());
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

import { find, lineOf, planted } from "./find.ts";

/** The tables of `docs/defects.md`, made anew, and the defects that nothing found. */
export async function tables(): Promise<{
  readonly text: string;
  readonly missed: readonly string[];
  readonly count: number;
}> {
  const parts: string[] = [];
  const missed: string[] = [];
  let count = 0;
  for (const [kind, defects] of Object.entries(planted)) {
    parts.push(`### In ${kind}\n`, "| defect | reported by | as |", "| --- | --- | --- |");
    for (const [name, defect] of Object.entries(defects)) {
      count++;
      const found = await find(defect);
      if (!found) missed.push(name);
      const by = defect.law === undefined ? `check \`${defect.check}\`` : `law \`${defect.law}\``;
      parts.push(`| ${name} | ${by} | ${found ? asCode(lineOf(found)) : "nothing"} |`);
    }
    parts.push("");
  }
  return { text: parts.join("\n"), missed, count };
}

/** Backticks may stand inside, and a bar would end the cell. */
const asCode = (line: string): string => `\`\` ${line.replaceAll("|", "/").replaceAll("\n", " ")} \`\``;

const [begin, end] = ["<!-- made by `npm run defects -- --write` -->\n", "<!-- end -->"];

/** The page with other tables in it. */
export function withTables(page: string, text: string): string {
  const [before, rest] = page.split(begin);
  if (rest === undefined) throw new Error(`docs/defects.md has no line ${begin}`);
  return `${before}${begin}\n${text}\n${end}${rest.split(end)[1]}`;
}

/** A tag in a text, such as `<think>` or `</think>`: where it starts and where it ends (UTF-16 offsets). */
export interface Tag {
  readonly name: string;
  readonly closes: boolean;
  readonly start: number;
  readonly end: number;
}

/** The tags of these names, in order; one pass over the text, whatever it holds. */
export function tagsIn(text: string, names: readonly string[], from = 0): Tag[] {
  const tags: Tag[] = [];
  for (let start = text.indexOf("<", from); start >= 0; start = text.indexOf("<", start + 1)) {
    const closes = text[start + 1] === "/";
    const at = start + (closes ? 2 : 1);
    const name = names.find((one) => text.startsWith(`${one}>`, at));
    if (name !== undefined) tags.push({ name, closes, start, end: at + name.length + 1 });
  }
  return tags;
}

/** What stands between a tag and the one that closes it, and where the whole starts and ends. */
export interface Section {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly body: string;
}

/** Tags that do not pair up: the tag that is wrong, and the one that is open there. */
export type TagProblem =
  | { readonly kind: "nested" | "crossed"; readonly tag: Tag; readonly open: Tag }
  | { readonly kind: "notOpened"; readonly tag: Tag }
  | { readonly kind: "notClosed"; readonly tag: Tag };

/** Pairs tags up; none may stand inside another. */
export function sectionsOf(text: string, tags: readonly Tag[]): readonly Section[] | TagProblem {
  const sections: Section[] = [];
  let open: Tag | undefined;
  for (const tag of tags) {
    if (!tag.closes) {
      if (open) return { kind: "nested", tag, open };
      open = tag;
    } else {
      if (!open) return { kind: "notOpened", tag };
      if (open.name !== tag.name) return { kind: "crossed", tag, open };
      const { name, start, end: bodyStart } = open;
      sections.push({ name, start, end: tag.end, bodyStart, body: text.slice(bodyStart, tag.start) });
      open = undefined;
    }
  }
  return open ? { kind: "notClosed", tag: open } : sections;
}

/** What is wrong with the tags, where, and how to write it. */
export function explainTags(problem: TagProblem, where: (at: number) => string): string {
  const { kind, tag } = problem;
  if (kind === "notClosed") return `<${tag.name}> ${where(tag.start)} is never closed with </${tag.name}>`;
  if (kind === "notOpened") return `</${tag.name}> ${where(tag.start)} has no <${tag.name}> before it`;
  const { name } = problem.open;
  const shown = tag.closes ? `</${tag.name}>` : `<${tag.name}>`;
  const what = `${tag.name === name ? `another ${shown}` : shown} ${where(tag.start)} stands inside <${name}>`;
  const remedy =
    name === "tool_call"
      ? `close it with </${name}> first, or, inside a JSON string, write the tag's "<" as \\u003c`
      : `close it with </${name}> first; where you only speak of a tag, leave out its brackets`;
  return `${what}, which is still open: ${remedy}`;
}

/** JSON that no reader of tags can mistake: where it holds something like one, the brackets are escaped. */
export const withoutTags = (json: string): string => (/<\/?\w/.test(json) ? json.replaceAll("<", "\\u003c") : json);

/** The offset of the first character that is no white space, from one place to another; undefined where there is none. */
export function firstVisible(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) if (!/\s/.test(text[at]!)) return at;
  return undefined;
}

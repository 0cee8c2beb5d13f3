/** Names that the reference refuses to call, whatever the tools are. */
const BLOCKED: ReadonlySet<string> = new Set(["kill", "exit", "quit", "remove", "unlink", "popen", "Popen", "run"]);

/**
 * The blocked name that a call text starts with, tested on the raw text as the reference does: all before the first
 * "(", and of that the second dotted part if there is one (so `a.exit()` is blocked and `x.y.kill()` is not). Blanks count;
 * pass the text through `collapseBlanks` first.
 */
export function blockedName(text: string): string | undefined {
  const parenthesis = text.indexOf("(");
  const head = parenthesis < 0 ? text : text.slice(0, parenthesis);
  const name = head.includes(".") ? (head.split(".", 2)[1] ?? "") : head;
  return BLOCKED.has(name) ? name : undefined;
}

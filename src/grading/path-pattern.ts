/** Whether a path is one that the pattern names: `*` stands for any one part, `**` at its end for all below. */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  const open = wanted.at(-1) === "**";
  const fixed = open ? wanted.slice(0, -1) : wanted;
  if (open ? given.length < fixed.length : given.length !== fixed.length) return false;
  return agree(fixed, given);
}

/** Whether one of the two lies at or inside what the other names. */
export function touchesPath(pattern: string, path: string): boolean {
  return agree(
    pattern.split("/").filter((part) => part !== "**"),
    path.split("/"),
  );
}

const agree = (wanted: readonly string[], given: readonly string[]): boolean =>
  wanted.every((part, index) => part === "*" || given[index] === undefined || part === given[index]);

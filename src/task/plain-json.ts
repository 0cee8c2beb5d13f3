import type { Finding } from "./issue.ts";

/** Deeper than any config or argument has reason to be; what walks values recurses. */
const deepest = 200;

/** What a value holds that JSON, or our reading of it, would lose or that could reach into JavaScript's own objects. */
export function plainJsonFindings(value: unknown): Finding[] {
  const found: Finding[] = [];
  walk(value, [], found);
  return found;
}

function walk(value: unknown, path: readonly PropertyKey[], found: Finding[]): void {
  const report = (message: string) => found.push({ path, message });
  switch (typeof value) {
    case "string":
    case "boolean":
      return;
    case "number":
      if (!Number.isFinite(value)) report(`${value} is no JSON; write {"$float": "${pythonName(value)}"}`);
      else if (Number.isInteger(value) && !Number.isSafeInteger(value))
        report(`a number this large loses digits; write {"$int": "…"} or {"$float": "…"}`);
      return;
    case "object":
      break;
    default:
      report(`${value === undefined ? "undefined" : `a ${typeof value}`} is no JSON value`);
      return;
  }
  if (value === null) return;
  if (path.length > deepest) {
    report(`nested deeper than ${deepest} levels`);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], found);
    return;
  }
  for (const key of Object.keys(value)) {
    if (key === "__proto__") report(`'__proto__' cannot be a key; write {"$dict": [["__proto__", …]]}`);
    else walk((value as Record<string, unknown>)[key], [...path, key], found);
  }
}

function pythonName(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

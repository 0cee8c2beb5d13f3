import type { z } from "zod";
import { nearestName } from "../core/nearest-name.ts";

/** What a schema found, as a place and plain words: "expected string, got number 5". */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Schema issues in plain words. `input` is the value that was checked; it tells what stands there instead. */
export function issueProblems(issues: readonly z.core.$ZodIssue[], input: unknown): Finding[] {
  return issues.flatMap((issue) => findings(issue, input));
}

function findings(issue: z.core.$ZodIssue, input: unknown): Finding[] {
  const { path } = issue;
  const value = valueAt(input, path);
  const finding = (message: string): Finding[] => [{ path, message }];
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined) return finding(`missing; expected ${kindName(issue.expected)}`);
      return finding(`expected ${kindName(issue.expected)}, got ${shortly(value)}${typeFix(issue.expected, value)}`);
    case "invalid_value": {
      const choices = issue.values.map((choice) => JSON.stringify(choice)).join(", ");
      const expected = issue.values.length === 1 ? choices : `one of ${choices}`;
      return finding(
        value === undefined ? `missing; expected ${expected}` : `expected ${expected}, got ${shortly(value)}`,
      );
    }
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: "no such field; remove it or correct its name",
      }));
    case "too_small":
      return finding(`${issue.message}; got ${shortly(value)}`);
    case "invalid_union":
      return unionFindings(issue, value, path);
    case "custom":
      return finding(value === undefined ? "missing" : `${issue.message}, got ${shortly(value)}`);
    default:
      return finding(`${issue.message}; got ${shortly(value)}`);
  }
}

/** Of the forms a value may have, the one it comes nearest to: the one whose problem lies deepest. */
function unionFindings(issue: z.core.$ZodIssueInvalidUnion, value: unknown, path: readonly PropertyKey[]): Finding[] {
  if (value === undefined) return [{ path, message: "missing" }];
  const branches = issue.errors.filter(
    (branch) => branch.length > 0 && !branch.some((inner) => lacksTag(inner, value)),
  );
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map((inner) => inner.path.length));
  const deepest = branches.reduce<readonly z.core.$ZodIssue[]>(
    (best, branch) => (best.length === 0 || depth(branch) > depth(best) ? branch : best),
    [],
  );
  if (deepest.length > 0 && depth(deepest) > 0)
    return issueProblems(deepest, value).map((inner) => ({ path: [...path, ...inner.path], message: inner.message }));
  const expected = branches.flatMap(([first]) => (first?.code === "invalid_type" ? [kindName(first.expected)] : []));
  if (issue.message !== "Invalid input" || expected.length === 0)
    return [{ path, message: `${issue.message}, got ${shortly(value)}${typeFix(issue.message, value)}` }];
  return [{ path, message: `expected ${[...new Set(expected)].join(" or ")}, got ${shortly(value)}` }];
}

/** Whether a form is out of the question because it is tagged ("$dict") and the value is not. */
function lacksTag({ path: [key] }: z.core.$ZodIssue, value: unknown): boolean {
  return typeof key === "string" && key.startsWith("$") && !Object.hasOwn(Object(value), key);
}

/** JSON's word for a kind of value. */
const kindName = (kind: string): string => ({ array: "list", record: "object", int: "whole number" })[kind] ?? kind;

function typeFix(expected: string, value: unknown): string {
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean"))
    return `; write it in quotes: "${value}"`;
  if (/number$/.test(expected) && typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)))
    return `; write it without quotes: ${value.trim()}`;
  return "";
}

/** A value in a few words: `number 5`, `string "a"`, `list of 3`. */
export function shortly(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  const text = JSON.stringify(value);
  return `${typeof value} ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`;
}

/** " Did you mean 'x'?" or the names there are. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `did you mean '${nearest}'?`;
  return known.length === 0 ? "there are none" : `there are ${known.join(", ")}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

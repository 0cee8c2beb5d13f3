import type { z } from "zod";
import { type Finding, issueProblems } from "../../task/issue.ts";
import { pathText } from "../../task/problem.ts";
import { clipped } from "./clipped.ts";
import { SessionError, type SessionErrorCode } from "./session-error.ts";

/** Wrong fields that an answer names; a hostile request may have a hundred thousand. */
const named = 20;
const longestField = 200;
const longestMessage = 500;

/** A refusal that names each wrong field and what it takes, also as a list in `details.errors`. `explain` may say more of one. */
export function wrongFields(
  code: SessionErrorCode,
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  explain: (finding: Finding) => string = ({ message }) => message,
): SessionError {
  const findings = issueProblems(issues, input);
  const errors = findings.slice(0, named).map((finding) => ({
    field: clipped(pathText(finding.path), longestField),
    message: clipped(explain(finding), longestMessage),
  }));
  const lines = errors.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`));
  if (findings.length > named) lines.push(`and ${findings.length - named} more`);
  return new SessionError(code, lines.join("; "), { errors });
}

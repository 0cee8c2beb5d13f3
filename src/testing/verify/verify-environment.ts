import packageFile from "../../../package.json" with { type: "json" };
import { type AuditCard, auditCard } from "./audit-card.ts";
import { checks as allChecks, checksNamed } from "./checks.ts";
import type { KnownFinding } from "./known-findings.ts";
import { moduleSubject } from "./module-subject.ts";
import { reportText } from "./report-text.ts";
import { type CheckReport, verify } from "./verify.ts";

export interface VerifyOptions {
  /** What the report and the card call it ("module"). */
  readonly name?: string;
  /** The checks to make, by name; all unless given. */
  readonly checks?: readonly string[];
  /** Known defects: they are counted, and fail nothing. */
  readonly known?: readonly KnownFinding[];
  /** Decides what is drawn ("0"). */
  readonly seed?: string;
  /** Fewer programs and samples: for every save, not for a release. */
  readonly quick?: boolean;
}

export interface VerifyReport {
  /** Whether nothing was found that is not known. */
  readonly ok: boolean;
  readonly checks: readonly CheckReport[];
  readonly card: AuditCard;
  /** What the command prints. */
  readonly text: string;
}

/**
 * Looks at everything about environments and their tasks that needs no model, as `envtune verify` does. `module` is what a module
 * exports, or a record like it: hints made by `defineHints` under any name, `tasks` or a `config`, and where needed `laws` and
 * `bounds`. Throws a `DataError` where it cannot be looked at.
 */
export async function verifyEnvironment(module: object, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { name = "module", checks, known = [], seed = "0", quick = false } = options;
  const subject = moduleSubject(module, name, { seed, quick });
  const reports = await verify(subject, checks === undefined ? allChecks : checksNamed(checks, "checks"), known);
  return {
    ok: reports.every(({ findings }) => findings.length === 0),
    checks: reports,
    card: auditCard(subject, reports, packageFile.version),
    text: reportText(subject, reports, mostPrinted),
  };
}
const mostPrinted = 10;

/** `verifyEnvironment` in one line of any test: throws its report where something is wrong. */
export async function checkVerified(module: object, options: VerifyOptions = {}): Promise<void> {
  const { ok, text } = await verifyEnvironment(module, options);
  if (!ok) throw new Error(text);
}

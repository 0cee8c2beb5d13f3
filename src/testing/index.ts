export { arbitraryOf } from "./arbitrary.ts";
export {
  checkLaws,
  findLawBreaks,
  type LawBreak,
  type LawName,
  type LawOptions,
  type LawReport,
  laws,
  type Reached,
} from "./laws.ts";
export * from "./learnability/index.ts";
export type { AuditCard } from "./verify/audit-card.ts";
export type { Finding } from "./verify/check.ts";
export type { KnownFinding } from "./verify/known-findings.ts";
export type { CheckReport } from "./verify/verify.ts";
export {
  checkVerified,
  type VerifyOptions,
  type VerifyReport,
  verifyEnvironment,
} from "./verify/verify-environment.ts";

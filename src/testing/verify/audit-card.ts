import { z } from "zod";
import { canonicalJson, sha256 } from "../../core/canonical.ts";
import type { Environment } from "../../core/environment.ts";
import type { Tool, Tools } from "../../core/tool.ts";
import { toolDocument } from "../../core/tool-document.ts";
import type { VerifySubject } from "./subject.ts";
import type { CheckReport } from "./verify.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const PlacedFinding = z.strictObject({
  environment: z.string().optional(),
  tool: z.string().optional(),
  task: z.string().optional(),
  turn: z.int().optional(),
  call: z.int().optional(),
  problem: z.string(),
  fix: z.string(),
});

/** What was looked at, with which versions, and what was found, as JSON; docs/verify.md says what each field means. */
export const AuditCard = z.strictObject({
  card: z.literal(1),
  versions: z.strictObject({ envtune: z.string(), node: z.string() }),
  subject: z.strictObject({ name: z.string(), hash: Sha256, tasks: z.int() }),
  environments: z.record(z.string(), Sha256),
  seed: z.string(),
  quick: z.boolean(),
  checks: z.array(
    z.strictObject({
      name: z.string(),
      statement: z.string(),
      figures: z.record(z.string(), z.number()),
      skipped: z.boolean(),
      passed: z.boolean(),
      found: z.int(),
      known: z.int(),
      remarks: z.array(PlacedFinding),
    }),
  ),
  findings: z.array(PlacedFinding.extend({ check: z.string(), known: z.boolean() })),
  sha256: Sha256,
});
export type AuditCard = z.output<typeof AuditCard>;

export function auditCard(subject: VerifySubject, reports: readonly CheckReport[], version: string): AuditCard {
  const { name, hash, tasks, environments, seed, quick } = subject;
  const card = {
    card: 1 as const,
    versions: { envtune: version, node: process.versions.node },
    subject: { name, hash, tasks: tasks.length },
    environments: Object.fromEntries(
      Object.entries(environments).map(([part, environment]) => [part, environmentHash(environment)]),
    ),
    seed,
    quick,
    checks: reports.map((report) => ({
      ...{ name: report.name, statement: report.statement, figures: report.figures },
      skipped: report.skipped,
      passed: !report.skipped && report.findings.length === 0,
      found: report.findings.length,
      known: report.known.length,
      remarks: [...(report.remarks ?? [])],
    })),
    findings: reports.flatMap(({ name: check, findings, known }) => [
      ...findings.map((finding) => ({ check, known: false, ...finding })),
      ...known.map((finding) => ({ check, known: true, ...finding })),
    ]),
  };
  // As it will be read: without fields that are undefined.
  const written = JSON.parse(JSON.stringify(card)) as typeof card;
  return { ...written, sha256: sha256(canonicalJson(written)) } as AuditCard;
}

/** Of what an environment promises: its tools' documents, results and failures, and its schemas; not of its code. */
export function environmentHash(environment: Environment): string {
  const tools = Object.entries(environment.tools as Tools).map(([name, tool]) => promiseOf(name, tool));
  const { name, stateSchema, configSchema, invariants } = environment;
  return sha256(
    canonicalJson({
      ...{ name, tools, state: schemaOf(stateSchema), config: schemaOf(configSchema) },
      invariants: Object.keys(invariants),
    }),
  );
}

function promiseOf(name: string, tool: Tool) {
  const { effect, spec } = tool;
  return {
    ...{ effect, document: toolDocument(name, tool), result: schemaOf(spec.result) },
    ...(spec.ensures ? { ensures: Object.keys(spec.ensures) } : {}),
    failures: Object.fromEntries(
      Object.entries(spec.failures ?? {}).map(([code, failure]) => [
        code,
        schemaOf((failure as { data: z.ZodType }).data),
      ]),
    ),
  };
}

/** What JSON schema cannot say of a schema counts as anything. */
const schemaOf = (schema: z.ZodType): unknown =>
  JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })));

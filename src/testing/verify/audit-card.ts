import { z } from "zod";
import { canonicalJson, sha256 } from "../../core/canonical.ts";
import type { Environment } from "../../core/environment.ts";
import type { Tool, Tools } from "../../core/tool.ts";
import { toolDocument } from "../../core/tool-document.ts";
import type { VerifySubject } from "./subject.ts";
import type { CheckReport } from "./verify.ts";

/** What was looked at, with which versions, and what was found, as JSON; `sha256` is of the canonical card without it. */
export type AuditCard = ReturnType<typeof auditCard>;

export function auditCard(subject: VerifySubject, reports: readonly CheckReport[], version: string) {
  const { name, hash, tasks, environments, seed, quick } = subject;
  const card = {
    card: 1,
    versions: { envtune: version, node: process.versions.node },
    subject: { name, hash, tasks: tasks.length },
    environments: Object.fromEntries(
      Object.entries(environments).map(([part, environment]) => [part, environmentHash(environment)]),
    ),
    seed,
    quick,
    checks: reports.map((report) => ({
      ...{ name: report.name, statement: report.statement, figures: report.figures },
      passed: report.findings.length === 0,
      found: report.findings.length,
      known: report.known.length,
      remarks: report.remarks ?? [],
    })),
    findings: reports.flatMap((report) =>
      [...report.findings, ...report.known].map((finding) => ({ check: report.name, ...finding })),
    ),
  };
  return { ...card, sha256: sha256(canonicalJson(card)) };
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

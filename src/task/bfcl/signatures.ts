import type { Signature } from "../../core/call.ts";
import { signatureOf } from "../../core/step.ts";
import type { Tools } from "../../core/tool.ts";
import type { EnvironmentOf } from "../check.ts";
import type { Dataset } from "../dataset.ts";

/**
 * The signatures of an environment's tools by environment. The order of parameters is the environment's own, as in the
 * reference's code; BFCL's documents, which serve where there is no environment, order those of `purchase_insurance` differently.
 */
export function signaturesBy(
  documents: Dataset["documents"],
  environmentOf: EnvironmentOf | undefined,
): (environment: string) => readonly Signature[] {
  const known = new Map<string, readonly Signature[]>();
  return (name) => {
    const signatures = known.get(name) ?? fromEnvironment(name, environmentOf) ?? fromDocuments(name, documents);
    known.set(name, signatures);
    return signatures;
  };
}

function fromEnvironment(name: string, environmentOf: EnvironmentOf | undefined): Signature[] | undefined {
  if (!environmentOf) return undefined;
  try {
    return Object.entries(environmentOf([name]).tools as Tools).map(([tool, spec]) => signatureOf(tool, spec));
  } catch {
    return undefined;
  }
}

function fromDocuments(name: string, documents: Dataset["documents"]): readonly Signature[] {
  return (Object.hasOwn(documents, name) ? documents[name]! : []).map((document) => ({
    tool: document.name,
    parameters: Object.keys(document.parameters.properties),
    required: document.parameters.required,
  }));
}

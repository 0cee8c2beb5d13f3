import { z } from "zod";
import type { Finding } from "./check.ts";

/** A finding that is known: each field that it names must be the finding's own. Further fields are for people. */
const KnownFinding = z.looseObject({
  check: z.string(),
  environment: z.string().optional(),
  tool: z.string().optional(),
  task: z.string().optional(),
  turn: z.int().optional(),
  call: z.int().optional(),
});
export type KnownFinding = z.output<typeof KnownFinding>;
/** A file of known defects; an audit card is one too. */
export const KnownFindings = z.looseObject({ findings: z.array(KnownFinding) });

const places = ["environment", "tool", "task", "turn", "call"] as const;

export function isKnown(check: string, finding: Finding, known: readonly KnownFinding[]): boolean {
  return known.some(
    (one) => one.check === check && places.every((place) => one[place] === undefined || one[place] === finding[place]),
  );
}

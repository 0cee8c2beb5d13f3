import type { z } from "zod";
import { defineState, type Environment } from "../../../src/core/index.ts";
import type { Hints } from "../../../src/feedback/define-hints.ts";
import type { LawName, LawOptions } from "../../../src/testing/laws.ts";
import { Config, copiesLeft, firstState, invariants, lend, notHere, shelf, title, titles, tools } from "./shelf.ts";

/** An environment with one defect, and what has to report it. */
export interface Planted {
  readonly law: LawName;
  /** Left out where it lies with no tool. */
  readonly tool?: string;
  /** What the message has to say, so that the author knows where to look. */
  readonly says: string;
  /** Whether what came before decides, so that no program shows it each time. */
  readonly remembers?: boolean;
  /** Fresh at every call, since some of them remember. */
  readonly make: () => Made;
}
interface Made {
  readonly environment: Environment;
  readonly hints?: Hints;
  readonly options?: Partial<LawOptions>;
}

/** What the tools that count a book have in common. */
export const counting = { args: title, result: copiesLeft, failures: { notHere }, candidates: titles };
/** What those that lend one do. */
export const lending = { ...lend.spec, description: "Lend a book." };

export const withTools = (changed: object, more: object = {}): Made => ({
  environment: shelf.environment({ tools: { ...tools, ...changed }, invariants, ...more } as never) as Environment,
});

/** The same tools over another kind of state. */
export function withState(schema: z.ZodType<object>, first: () => object = firstState): Made {
  const kit = defineState({ name: "Shelf", state: schema, config: Config }).init(first as never);
  return { environment: kit.environment({ tools: tools as never }) as Environment };
}

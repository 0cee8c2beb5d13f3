import { z } from "zod";
import type { Environment } from "../../core/environment.ts";
import type { HintLibrary } from "../../feedback/feedback.ts";
import { KnownEqual } from "./known-equal.ts";
import type { LawOptions } from "./law-options.ts";

/** An environment under examination, and what is known of it across programs. */
export interface Subject {
  readonly environment: Environment;
  readonly starts: readonly { readonly config: unknown; readonly extension: unknown; readonly state: object }[];
  readonly hints: HintLibrary | undefined;
  readonly alsoTry: NonNullable<LawOptions["alsoTry"]>;
  readonly stateSchema: z.ZodType;
  readonly results: ReadonlyMap<string, z.ZodType>;
  /** Parts of states that are known to be frozen plain JSON. */
  readonly known: WeakSet<object>;
  readonly equal: KnownEqual;
}

export function subjectOf(environment: Environment, options: LawOptions): Subject {
  const { config, extension, alsoFrom = [], hints, alsoTry = {} } = options;
  return {
    environment,
    starts: [{ config, extension }, ...alsoFrom].map((start, index) => ({
      config: start.config,
      extension: start.extension,
      state: firstState(environment, start, index),
    })),
    hints: hints && libraryOf(hints),
    alsoTry,
    stateSchema: z.compile(environment.stateSchema) as z.ZodType,
    results: new Map(
      Object.entries(environment.tools).map(([tool, { spec }]: [string, any]) => [tool, z.compile(spec.result)]),
    ),
    known: new WeakSet(),
    equal: new KnownEqual(),
  };
}

function firstState(
  environment: Environment,
  { config, extension }: Pick<LawOptions, "config" | "extension">,
  index: number,
): object {
  try {
    return environment.init(config, extension) as object;
  } catch (error) {
    if (index === 0) throw error;
    throw new Error(`alsoFrom[${index - 1}]: ${(error as Error).message}`, { cause: error });
  }
}

export function libraryOf(hints: NonNullable<LawOptions["hints"]>): HintLibrary {
  if (!("rules" in hints && "environment" in hints)) return hints as HintLibrary;
  const { environment } = hints as HintLibrary[string];
  return { [environment.name]: hints as HintLibrary[string] };
}

/** An error as a report shows it. */
export const told = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `a ${typeof error}, which is no Error`;

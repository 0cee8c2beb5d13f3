import type { Hints } from "../../feedback/define-hints.ts";
import type { HintLibrary } from "../../feedback/feedback.ts";

export interface LawOptions<C = any> {
  /** What programs start from. */
  readonly config: C;
  readonly extension?: unknown;
  /** Further starts, drawn as often as the first; some failures are met only in a state that a config of its own makes. */
  readonly alsoFrom?: readonly { readonly config: C; readonly extension?: unknown }[];
  /** The environment's hints, or those of a joined one's parts by name: asked for on every failure, they must change nothing. */
  readonly hints?: Hints | HintLibrary;
  /** Values worth trying beside the tools' own candidates, by "tool.argument": what no model should be shown as a good idea. */
  readonly alsoTry?: Readonly<Record<string, readonly unknown[]>>;
  /** Random programs to try (500). */
  readonly runs?: number;
  /** Calls in a program at most (50). */
  readonly maxCalls?: number;
  /** Chooses the programs; the same ones each time unless given (1). */
  readonly seed?: number;
  /** With `seed`, as a broken law prints them: runs the program that broke it, and nothing else. */
  readonly path?: string;
  /** Failures that no program meets, as "tool.code", and tools that are never to succeed, as "tool.ok"; say why beside them. */
  readonly unreached?: readonly string[];
}

import type { Environment } from "../../core/environment.ts";
import type { Tool } from "../../core/tool.ts";
import type { Task } from "../../task/task.ts";
import { type Features, featureOf, wordValue } from "./feature-hash.ts";
import { clausesOf, type Sought, soughtIn, stemsOf } from "./text.ts";

/** The name by which the end of the turn stands among tools. */
export const end = "";

/** What the user asks for in a turn, as features need it. */
export class Request {
  readonly whole: Sought;
  readonly clauses: readonly Sought[];
  /** What the user said in earlier turns. */
  readonly earlier: Sought;
  readonly #stems: ReadonlySet<string>;
  readonly #clauseStems: readonly ReadonlySet<string>[];
  readonly #environment: Environment;
  readonly #known = new Map<string, readonly Features[]>();

  /** `goesOn`: nothing was called in the turn before, so that what was asked there is still open. */
  constructor(task: Task, turn: number, environment: Environment, goesOn: boolean) {
    const said = task.turns.map(({ user }) => user);
    const [before, now] = [said[turn - 1] ?? "", said[turn]!];
    const open = goesOn ? `${before}\n${now}` : now;
    // A word that a tool is back, or a value that was missing, asks for nothing of its own.
    const asksAnew = !task.turns[turn]!.release && clausesOf(now).length > 1;
    const clauses = goesOn ? [...clausesOf(before), ...(asksAnew ? clausesOf(now) : [])] : clausesOf(now);
    this.whole = soughtIn(open);
    this.clauses = clauses.map(soughtIn);
    this.earlier = soughtIn(said.slice(0, turn).join("\n"));
    this.#stems = stemsOf(open);
    this.#clauseStems = clauses.map(stemsOf);
    this.#environment = environment;
  }

  /** The clause that is due after so many calls that succeeded; undefined once there is none left. */
  due(succeeded: number): Sought | undefined {
    return this.clauses[succeeded];
  }

  /** What the words of the request, and those of the clause that is due, say for a tool. */
  featuresOf(tool: string, succeeded: number): readonly Features[] {
    const at = Math.min(succeeded, this.clauses.length);
    const key = `${at} ${tool}`;
    let features = this.#known.get(key);
    if (!features) {
      features = [...this.#wordFeatures(tool), ...this.#clauseFeatures(tool, at)];
      this.#known.set(key, features);
    }
    return features;
  }

  #wordFeatures(tool: string): readonly Features[] {
    const ids = [...this.#stems].map((stem) => featureOf("request", stem, tool));
    const likeness = tool === end ? [] : [featureOf("request like tool", this.#likeness(tool, this.#stems))];
    return [
      { ids, value: wordValue },
      { ids: likeness, value: 1 },
    ];
  }

  #clauseFeatures(tool: string, at: number): readonly Features[] {
    const stems = this.#clauseStems[at];
    const left = Math.min(3, this.clauses.length - at);
    const ids = tool === end ? [featureOf("end", "clauses left", left)] : [featureOf("call", "clauses left", left)];
    if (!stems) return [{ ids, value: 1 }];
    if (tool !== end) ids.push(featureOf("clause like tool", this.#likeness(tool, stems)));
    return [
      { ids: [...stems].map((stem) => featureOf("clause", stem, tool)), value: 2 * wordValue },
      { ids, value: 1 },
    ];
  }

  /** How much of the tool's name, and of its description, is in some words: from 0 to 3 each. */
  #likeness(tool: string, stems: ReadonlySet<string>): string {
    const { description } = (this.#environment.tools[tool] as Tool).spec;
    return `${shareOf(stemsOf(tool), stems)} ${shareOf(stemsOf(description.split(/[.;(]/, 1)[0]!), stems)}`;
  }
}

/** The share of some words that is among others, in thirds. */
export function shareOf(words: ReadonlySet<string>, among: ReadonlySet<string>): number {
  if (words.size === 0) return 0;
  let found = 0;
  for (const word of words) if (among.has(word)) found++;
  return Math.ceil((3 * found) / words.size);
}

import type { Environment } from "../../core/environment.ts";
import { declaredFailures } from "../../feedback/declared-failures.ts";
import type { Finding, Reached } from "./law.ts";
import type { Walk } from "./walk.ts";

/** Counts what programs reach. */
export class Reach {
  readonly #counts: Record<string, { ok: number; failures: Record<string, number> }>;
  programs = 0;
  calls = 0;

  constructor(environment: Environment) {
    this.#counts = Object.fromEntries(Object.keys(environment.tools).map((tool) => [tool, { ok: 0, failures: {} }]));
  }

  add({ calls, outcomes }: Walk): void {
    this.programs++;
    this.calls += outcomes.length;
    for (const [index, outcome] of outcomes.entries()) {
      const count = this.#counts[calls[index]!.tool]!;
      if (outcome.ok) count.ok++;
      else count.failures[outcome.error.code] = (count.failures[outcome.error.code] ?? 0) + 1;
    }
  }

  get reached(): Reached {
    return this.#counts;
  }
}

/** Tools that never succeeded, and declared failures that no program met and that are not listed. */
export function reachFindings(
  environment: Environment,
  { reached, programs }: Pick<Reach, "reached" | "programs">,
  unreached: readonly string[],
): Finding[] {
  const idle = Object.keys(environment.tools)
    .filter((tool) => reached[tool]!.ok === 0 && !unreached.includes(`${tool}.ok`))
    .map((tool): Finding => {
      const failures = Object.entries(reached[tool]!.failures).sort(([, one], [, other]) => other - one);
      const why = failures.map(([code, count]) => `${code} ${count} times`).join(", ") || "it was not called";
      return {
        law: "everyToolSucceeds",
        tool,
        message: `in none of ${programs} programs did it succeed (${why}); give \`candidates\` for its arguments, or a config (\`config\`, \`alsoFrom\`) in which it can; if it is never to succeed, list "${tool}.ok" in \`unreached\``,
      };
    });
  const missed = declaredFailures(environment)
    .filter(({ tool, code }) => !reached[tool]!.failures[code] && !unreached.includes(`${tool}.${code}`))
    .map(
      ({ tool, code }): Finding => ({
        law: "everyFailureReached",
        tool,
        message: `none of ${programs} programs met its failure '${code}'; if it can be met, give \`candidates\` or a config that lead there, or more \`runs\`; if not, remove it or list "${tool}.${code}" in \`unreached\``,
      }),
    );
  return [...idle, ...missed];
}

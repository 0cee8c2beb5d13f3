import { sha256 } from "../../core/canonical.ts";
import type { Environment } from "../../core/environment.ts";
import { DataError } from "../../task/problem.ts";
import { type LawBreak, type LawReport, laws } from "../laws/law.ts";
import type { LawOptions } from "../laws/law-options.ts";
import type { Check, Finding } from "./check.ts";
import type { VerifySubject } from "./subject.ts";

export const lawsCheck: Check = {
  name: "laws",
  ofTasks: false,
  statement: "every environment obeys the laws, whatever is called",
  async run(subject) {
    const { findLawBreaks } = await import("../laws/find-law-breaks.ts").catch(withoutFastCheck);
    const findings: Finding[] = [];
    const counts = { environments: 0, programs: 0, calls: 0 };
    for (const [name, environment] of Object.entries(subject.environments)) {
      let report: LawReport;
      try {
        report = findLawBreaks(environment, optionsFor(subject, name));
      } catch (error) {
        findings.push({
          environment: name,
          problem: `the laws cannot be tried: ${(error as Error).message}`,
          fix: "correct what it speaks of: the module's `laws`, the config of a task, or the environment's init",
        });
        continue;
      }
      counts.environments++;
      counts.programs += report.programs;
      counts.calls += report.calls;
      findings.push(
        ...report.breaks.filter((one) => !isChance(subject, one)).map((one) => finding(name, environment, one)),
      );
    }
    return { findings, figures: counts };
  },
};

function optionsFor(
  { laws: given = {}, hints, quick, tasks, extension, seed }: VerifySubject,
  name: string,
): LawOptions {
  const own = { ...(hints[name] ? { hints: hints[name] } : {}), seed: lawSeed(seed) };
  const { runs = 500, ...chosen }: Partial<LawOptions> = given[name] ?? {};
  return { ...startsIn(tasks, extension, name), ...own, ...chosen, runs: quick ? Math.min(runs, 60) : runs };
}

/** The laws take a whole number; at the seed "0" it is their own default, so that both draw the same programs. */
function lawSeed(seed: string): number {
  const given = Number(seed);
  return Number.isSafeInteger(given) ? given + 1 : Number.parseInt(sha256(seed).slice(0, 7), 16);
}

/** Where few programs are tried, chance decides whether every failure is met. */
const isChance = ({ quick }: VerifySubject, { law }: LawBreak): boolean =>
  quick && (law === "everyFailureReached" || law === "everyToolSucceeds");

const mostStarts = 20;

/** The configs that the tasks start this environment from, the first ones of them. */
function startsIn(tasks: VerifySubject["tasks"], extension: unknown, name: string): LawOptions {
  const starts = new Map<string, { readonly config: unknown; readonly extension?: unknown }>();
  for (const { config, environments, longContext } of tasks) {
    if (!environments.includes(name) || starts.size >= mostStarts) continue;
    const start = { config: config[name] ?? {}, ...(longContext && extension ? { extension } : {}) };
    starts.set(JSON.stringify([start.config, longContext]), start);
  }
  const [first = { config: {} }, ...alsoFrom] = starts.values();
  return { ...first, alsoFrom };
}

function finding(name: string, environment: Environment, one: LawBreak): Finding {
  const { law, tool, message, program, seed, path } = one;
  const shown = program.map((call) => `${call.tool}(${JSON.stringify(call.args)})`).join("; ");
  const again = path === "" ? "" : ` (checkLaws with seed ${seed}, path "${path}")`;
  return {
    environment: name,
    ...(tool === undefined ? {} : { tool }),
    problem: `law '${law}' (${laws[law]}) does not hold: ${message}${shown === "" ? "" : ` [${shown}]`}${again}`,
    fix: tool === undefined ? `see ${environment.name}'s state and invariants` : `see the tool '${tool}'`,
  };
}

function withoutFastCheck(error: NodeJS.ErrnoException): never {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  throw new DataError(
    "the check 'laws' needs fast-check: run `npm install --save-dev fast-check`, or leave it out with --checks",
  );
}

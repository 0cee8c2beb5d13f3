import type { Finding } from "../../../src/testing/verify/check.ts";
import { checks } from "../../../src/testing/verify/checks.ts";
import { verify } from "../../../src/testing/verify/verify.ts";
import type { Defect, Defects } from "./defect.ts";
import { inHints } from "./in-hints.ts";
import { inGoals, inTasks } from "./in-tasks.ts";
import { inTools } from "./in-tools.ts";
import { station } from "./station.ts";

/** All that is planted, by what an author was writing. */
export const planted: Readonly<Record<string, Defects>> = {
  "tools and schemas": inTools,
  hints: inHints,
  "tasks and ground truths": inTasks,
  "goals and bounds": inGoals,
};

/** What reports a defect where it is expected, looked at with every check of `verify`; undefined where nothing does. */
export async function find(defect: Defect): Promise<Finding | undefined> {
  const reports = await verify(station(defect.plant()), checks);
  const by = defect.law === undefined ? defect.check : "laws";
  return reports.find(({ name }) => name === by)!.findings.find((finding) => fits(finding, defect));
}

function fits(finding: Finding, defect: Defect): boolean {
  const { law, says } = defect;
  if (law !== undefined && (!finding.problem.startsWith(`law '${law}' `) || finding.tool !== defect.tool)) return false;
  const isThere = (["tool", "task", "turn", "call"] as const).every(
    (part) => defect[part] === undefined || finding[part] === defect[part],
  );
  return isThere && finding.problem.includes(says);
}

/** Where a finding is, and what it says first, on one line. */
export function lineOf({ environment, tool, task, turn, call, problem }: Finding): string {
  const place = [
    ...[task ?? environment],
    ...(turn === undefined ? [] : [`turn ${turn}`]),
    ...(call === undefined ? [] : [`call ${call}`]),
    tool,
  ].filter((part) => part !== undefined);
  const said = problem.replace(/^law '\w+' \(.*?\) does not hold: /, "").replace(/ \(checkLaws with seed .*$/, "");
  const short = said.length > 130 ? `${said.slice(0, 129).trimEnd()}…` : said;
  return place.length > 0 ? `${place.join(", ")}: ${short}` : short;
}

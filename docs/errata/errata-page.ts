import { categories } from "../../src/task/task.ts";
import type { Finding } from "../../src/testing/verify/check.ts";
import type { VerifySubject } from "../../src/testing/verify/subject.ts";
import type { CheckReport } from "../../src/testing/verify/verify.ts";
import { argumentOf, categoryOf, failureOf, placeOf } from "./errata.ts";

/** Why a call fails, by tool and failure, in words that say nothing of an entry's own text. */
const reasons: Readonly<Record<string, string>> = {
  "add_to_watchlist alreadyWatched": "the stock is in the watch list from the start",
  "verify_traveler_information foreignPassport":
    "the tool takes passports of the United States alone, and the task gives another",
  "authenticate_twitter wrongPassword": "the account in the state has another password",
  "retweet alreadyRetweeted": "the tweet was retweeted already",
};
const mostArguments = 14;

/** docs/bfcl-errata.md, out of what the checks found. */
export function errataPage({ tasks }: Pick<VerifySubject, "tasks">, reports: readonly CheckReport[]): string {
  const report = (name: string) => reports.find((one) => one.name === name)!;
  const found = (name: string) => report(name).findings;
  const failing = found("ground-truths").filter(({ problem }) => failureOf(problem) !== undefined);
  const refused = found("ground-truths").filter(({ problem }) => failureOf(problem) === undefined);
  const ungrounded = found("grounded");
  const category = categoryOf(tasks);
  const row = (title: string, findings: readonly Finding[]) =>
    `| ${title} | ${categories.map((one) => findings.filter(({ task }) => category(task) === one).length).join(" | ")} |`;
  const { deletions, noticed } = report("needed-calls").figures;
  const collateral = report("collateral").figures;
  const { pairs } = report("own-solutions").figures;
  return `# Defects in BFCL's multi-turn entries

What \`npx envtune verify bfcl\` says of the ${tasks.length} entries of \`bfcl-eval\` 2026.3.23: which entry, what is wrong with it, and how it shows. The entries'
own texts are not repeated here. \`docs/bfcl-errata.json\` has the same as data, and is a filter:

\`\`\`sh
npx envtune run --dataset bfcl --without docs/bfcl-errata.json        # also: evaluate, train, split audit, split write
npx envtune verify bfcl --known docs/bfcl-errata.json
\`\`\`

The first leaves out the entries with a failing call, a call that is not needed, a vacuous turn, a tool missing in name only, or a ground truth that fails under \`strict\`
(${new Set([...found("ground-truths"), ...found("needed-calls"), ...found("needed-turns"), ...found("missing")].map(({ task }) => task)).size} of them), and keeps those with values that nothing has shown, which are marked \`"remark": true\`. The second ends with exit
status 1 only where something else is found. \`npm run errata -- --dataset <path>\` writes this page and the file anew.

An id is the entry's without \`multi_turn_\`; \`base_113:1.0\` is turn 1, call 0 of its ground truth, both counted from 0. Every call and every turn was
tried by execution, under the official checker's rules (profile \`bfcl\`) unless it says otherwise.

| figure | ${categories.join(" | ")} |
|---|---|---|---|---|
${row("calls of the ground truth that fail", failing)}
${row("calls without which the entry passes", found("needed-calls"))}
${row("vacuous turns", found("needed-turns"))}
${row("turns to wait in, though nothing needed is held out", found("missing"))}
${row("values that nothing has shown", ungrounded)}

Of ${deletions} deletions of one call ${noticed} are noticed. Of ${collateral.changes} further changes after a right solution ${collateral.noticed} were noticed, and of
${pairs} pairs of entries in the same environments ${found("own-solutions").length || "none"} passes with the other's solution.

## A call of the ground truth fails

${[...groupsOf(failing, ({ tool, problem }) => `${tool} ${failureOf(problem)}`)].map(failingText).join("\n\n")}

## The ground truth fails under \`strict\`

It calls a tool that is held out in that turn.

${placesText(refused)}

## A call is not needed

${[...groupsOf(found("needed-calls"), ({ tool }) => tool ?? "")].map(([tool, findings]) => `Without \`${tool}\` the entry still passes: its result had been shown, and it changes nothing.\n\n${placesText(findings)}`).join("\n\n")}

## The turn is vacuous

Any call passes it: nothing is to change, and all results had been shown.

${placesText(found("needed-turns"))}

## Nothing that is needed is held out

The right answer to the turn is to call nothing, as a tool is missing; yet none of the calls that do it once more tools are released is of
a tool that was held out. So a model that calls them at once, as asked, is marked wrong.

${placesText(found("missing"))}

## Values that nothing has shown

${ungrounded.length} values in ${new Set(ungrounded.map(({ task }) => task)).size} entries stand neither in what the user said, nor in a result, nor in the tool's document, by the time they are needed, in any case of letters
or order of words. Most can be worked out by a model that knows the world (an airport's code, a stock's symbol, gallons out of litres, a date written another way) or
guesses (a folder's name, a wildcard's files); a few cannot. They are what to look at, rather than wrong; \`docs/bfcl-errata.json\` names each entry and tool. The most frequent:

| tool | argument | values |
|---|---|---|
${argumentRows(ungrounded)}
`;
}

function failingText([key, findings]: readonly [string, readonly Finding[]]): string {
  const [tool, code] = key.split(" ");
  const reason = reasons[key];
  return `\`${tool}\` answers \`${code}\`${reason === undefined ? "." : `: ${reason}.`}\n\n${placesText(findings)}`;
}

const perLine = 6;
function placesText(findings: readonly Finding[]): string {
  const places = findings.map(placeOf);
  const lines = Array.from({ length: Math.ceil(places.length / perLine) }, (_, index) =>
    places.slice(index * perLine, (index + 1) * perLine).join(" "),
  );
  return ["```", ...lines, "```"].join("\n");
}

function argumentRows(findings: readonly Finding[]): string {
  const groups = groupsOf(findings, ({ tool, problem }) => `\`${tool}\` | \`${argumentOf(problem)}\``);
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .slice(0, mostArguments)
    .map(([key, { length }]) => `| ${key} | ${length} |`)
    .join("\n");
}

function groupsOf(findings: readonly Finding[], keyOf: (finding: Finding) => string): Map<string, readonly Finding[]> {
  const groups = new Map<string, readonly Finding[]>();
  for (const finding of findings) groups.set(keyOf(finding), [...(groups.get(keyOf(finding)) ?? []), finding]);
  return groups;
}

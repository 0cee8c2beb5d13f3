import { basename } from "node:path";
import { environmentOf } from "../../environments/index.ts";
import { Conformance } from "../conformance/conformance.ts";
import { compared, judgements, type Tally } from "../conformance/tally.ts";
import { command } from "./command.ts";
import { requireDataset } from "./dataset.ts";
import { table } from "./table.ts";

/** Differences shown per file; the rest are counted. */
const shown = 10;

export const conformanceCommand = command({
  meta: {
    name: "conformance",
    description: "Replay recordings of the BFCL reference and compare every result, state and verdict",
  },
  args: {
    files: { type: "positional", description: "Recordings (.jsonl or .jsonl.gz)", required: true },
    dataset: { type: "string", description: "BFCL: an imported folder, a package, a wheel or a checkout" },
    json: { type: "boolean", description: "Print one JSON line a file" },
  },
  async run({ args }) {
    const conformance = new Conformance(await requireDataset(args.dataset), environmentOf);
    let failed = false;
    for (const path of args._) {
      const tally = conformance.replayFile(path);
      failed ||= tally.counts.different > 0 || tally.verdictsEqual < tally.verdicts;
      process.stdout.write(args.json ? `${JSON.stringify(summary(path, tally))}\n` : report(path, tally));
    }
    if (failed) process.exitCode = 1;
  },
});

function summary(path: string, tally: Tally): Record<string, unknown> {
  const { verdicts, verdictsEqual } = tally;
  return {
    file: basename(path),
    compared: compared(tally),
    ...tally.counts,
    ...(verdicts > 0 ? { verdicts, verdictsEqual } : {}),
  };
}

function report(path: string, tally: Tally): string {
  const { counts, kinds, causes, differences, verdicts, verdictsEqual, sequences, sequencesEqual } = tally;
  const rows = [...kinds].map(([kind, of]) => [kind, ...judgements.map((name) => String(of[name]))]);
  const lines = [
    `${basename(path)}: ${compared(tally)} steps compared`,
    table(["kind", ...judgements], [...rows, ["all", ...judgements.map((name) => String(counts[name]))]]),
  ];
  if (sequences > 0) lines.push(`${sequencesEqual} of ${sequences} sequences equal in every step and state`);
  if (verdicts > 0) lines.push(`${verdictsEqual} of ${verdicts} verdicts equal`);
  for (const [cause, times] of causes) lines.push(`by design: ${cause} ${times}`);
  for (const { where, call, expected, actual } of differences.slice(0, shown))
    lines.push(`different: ${where}`, ...(call ? [`  call      ${call}`] : []), ...contrast(expected, actual));
  if (differences.length > shown) lines.push(`… and ${differences.length - shown} more differences`);
  return `${lines.join("\n")}\n\n`;
}

/** The two texts from a little before they part. */
function contrast(expected: string, actual: string): string[] {
  let start = 0;
  while (start < expected.length && expected[start] === actual[start]) start++;
  start = Math.max(0, start - 40);
  const cut = (text: string) =>
    `${start > 0 ? "…" : ""}${text.slice(start, start + 200)}${text.length > start + 200 ? "…" : ""}`;
  return [`  reference ${cut(expected)}`, `  envtune   ${cut(actual)}`];
}

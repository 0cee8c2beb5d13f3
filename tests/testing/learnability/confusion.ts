/** What the learnability probe says of the planted environments. `npm run bench:confusion -- --seeds 5 --half fresh`. */
import { type ArmName, probeLearnability } from "../../../src/testing/learnability/index.ts";
import { confusionRows, confusionTotals, type Probed, verdictOn } from "./confusion-table.ts";
import { planted } from "./planted/index.ts";

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const seeds = Number(option("seeds") ?? 5);
const seed = Number(option("seed") ?? 0);
const updates = option("updates");
/** Those that problems are read from: the others say more of the curriculum than of the environment. */
const arms = (option("arms")?.split(",") ?? ["off", "shuffled", "guide", "direct"]) as ArmName[];
const [half, only] = [option("half"), option("only")];

const chosen = Object.entries(planted).filter(
  ([name, one]) => (half === undefined || one.half === half) && (only === undefined || only.split(",").includes(name)),
);
if (chosen.length === 0)
  throw new Error(
    `none${half === undefined ? "" : ` of half '${half}'`}${only === undefined ? "" : ` is named '${only}'`}; there are ${
      Object.entries(planted)
        .filter(([, one]) => half === undefined || one.half === half)
        .map(([name]) => name)
        .join(", ") || "halves tuning, reporting, fresh"
    }`,
  );
console.log(
  `confusion: ${chosen.length} environments, ${seeds} seeds from ${seed}, arms ${arms.join(", ")}, Node ${process.versions.node}`,
);
const probed: Probed[] = [];
for (const [name, { expected, half, make }] of chosen) {
  const spent = process.cpuUsage();
  const options = { seeds, seed, arms, ...(updates === undefined ? {} : { updates: Number(updates) }) };
  const { problems, arms: reports, before, witness } = await probeLearnability(make(), options);
  const { user, system } = process.cpuUsage(spent);
  const reported = problems.filter(({ information }) => !information).map(({ kind }) => kind);
  probed.push({ name, expected, half, reported });
  const means = reports.map(({ arm, mean }) => `${arm} ${mean.toFixed(2)}`).join(", ");
  console.log(`\n${name}: ${verdictOn(probed.at(-1)!)} (${((user + system) / 1e6).toFixed(0)} s)`);
  console.log(`  before ${before.toFixed(2)}, ${means}, witness ${witness.toFixed(2)}`);
  const repairs = reports
    .filter((report) => report.repairs.hints > 0)
    .map(
      ({ arm, repairs: { hints, followed, others } }) =>
        `${arm} ${followed?.toFixed(2) ?? "-"} / ${others?.toFixed(2) ?? "-"} of ${hints}`,
    );
  if (repairs.length > 0)
    console.log(`  failed calls repaired by who follows the hint / by others: ${repairs.join(", ")}`);
  for (const { kind, evidence, information } of problems)
    console.log(`  ${kind}${information ? " (information)" : ""}: ${evidence}`);
}
console.log(`\n${confusionRows(probed)}\n\n${confusionTotals(probed)}`);

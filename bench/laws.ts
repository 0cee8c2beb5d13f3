/** How long the laws of every environment take: 1,000 programs of up to 50 calls each, hints asked for. `npm run bench:laws -- --seed 7`. */
import { fileSystem, math, messages, posting, shop, tickets, trading, travel, vehicle } from "../environments/index.ts";
import type { Environment } from "../src/core/environment.ts";
import { findLawBreaks, type LawOptions } from "../src/testing/laws.ts";
import { lawCases } from "../tests/environments/law-cases.ts";
import { now } from "./measure.ts";

const option = (name: string, otherwise: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1]!;
};
const [seed, runs, only] = [Number(option("seed", "1")), Number(option("runs", "1000")), option("only", "")];
const environments = { fileSystem, math, messages, posting, shop, tickets, trading, travel, vehicle };

console.log(`laws: ${runs} programs of up to 50 calls an environment, seed ${seed}, Node ${process.versions.node}`);
let total = 0;
let busy = 0;
let failed = false;
for (const [name, environment] of Object.entries(environments)) {
  if (only !== "" && only !== name) continue;
  const options: LawOptions = lawCases[name as keyof typeof lawCases];
  const start = now();
  const spent = process.cpuUsage();
  const { breaks, programs, calls } = findLawBreaks(environment as Environment, {
    ...options,
    runs,
    maxCalls: 50,
    seed,
  });
  const seconds = (now() - start) / 1e9;
  const { user, system } = process.cpuUsage(spent);
  busy += (user + system) / 1e6;
  total += seconds;
  failed ||= breaks.length > 0;
  const each = ((seconds * 1e6) / calls).toFixed(0);
  console.log(
    `  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${programs} programs  ${calls} calls  ${each.padStart(4)} µs a call  ${breaks.length} laws broken`,
  );
  for (const { law, tool, message, path } of breaks)
    console.log(`    ${law} ${tool ?? ""}: ${message.split(";")[0]} ${path}`);
}
console.log(`  together     ${total.toFixed(1).padStart(6)} s, of which the processor worked ${busy.toFixed(1)} s`);
process.exitCode = failed ? 1 : 0;

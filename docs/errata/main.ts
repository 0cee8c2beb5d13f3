/** Writes docs/bfcl-errata.md and .json anew: `npm run errata -- --dataset <imported folder, package, wheel or checkout>`. */
import { join } from "node:path";
import { datasetSubject } from "../../src/cli/verify-subject.ts";
import { DataError } from "../../src/task/problem.ts";
import { writeWhole } from "../../src/task/write-whole.ts";
import { checksNamed } from "../../src/testing/verify/checks.ts";
import { verify } from "../../src/testing/verify/verify.ts";
import { errataChecks, errataOf } from "./errata.ts";
import { errataPage } from "./errata-page.ts";

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};

try {
  const subject = await datasetSubject(option("dataset", "bfcl"), { seed: "0", quick: false });
  const reports = await verify(subject, checksNamed(errataChecks, "checks"), [], ({ name, milliseconds, findings }) =>
    console.log(`${name}: ${findings.length} findings, ${(milliseconds / 1000).toFixed(1)} s`),
  );
  const out = option("out", "docs");
  const file = { dataset: subject.name, hash: subject.hash, findings: errataOf(reports) };
  await writeWhole(join(out, "bfcl-errata.json"), `${JSON.stringify(file, null, 2)}\n`);
  await writeWhole(join(out, "bfcl-errata.md"), errataPage(subject, reports));
  console.log(`${join(out, "bfcl-errata.md")} and .json: ${file.findings.length} defects`);
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

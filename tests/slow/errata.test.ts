import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errataChecks, errataOf } from "../../docs/errata/errata.ts";
import { errataPage } from "../../docs/errata/errata-page.ts";
import { datasetSubject } from "../../src/cli/verify-subject.ts";
import { checksNamed } from "../../src/testing/verify/checks.ts";
import { verify } from "../../src/testing/verify/verify.ts";
import { sharedPath } from "../shared-data.ts";

const dataset = sharedPath("bfcl");
const committed = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

test.skipIf(!dataset)("the page and the file of BFCL's defects are what verify finds", async () => {
  const subject = await datasetSubject(dataset!, { seed: "0", quick: false });
  const reports = await verify(subject, checksNamed(errataChecks, "checks"));
  expect(errataPage(subject, reports)).toBe(committed("bfcl-errata.md"));
  expect(JSON.parse(committed("bfcl-errata.json"))).toEqual({
    ...{ dataset: "bfcl", hash: subject.hash },
    findings: errataOf(reports),
  });
  const known = JSON.parse(committed("bfcl-errata.json")).findings;
  const again = await verify(subject, checksNamed(["needed-turns", "grounded"], "checks"), known);
  expect(again.flatMap(({ findings }) => findings)).toEqual([]);
});

/** What reports each planted defect, as a table. `npm run defects`, or with `-- --write` into docs/defects.md. */
import { readFile } from "node:fs/promises";
import { writeWhole } from "../../../src/task/write-whole.ts";
import { tables, withTables } from "./page.ts";

const { text, missed, count } = await tables();
console.log(text);
console.log(`${count - missed.length} of ${count} planted defects are found where they are`);
for (const name of missed) console.log(`not found: ${name}`);
if (process.argv.includes("--write")) {
  const page = "docs/defects.md";
  await writeWhole(page, withTables(await readFile(page, "utf8"), text));
}
process.exitCode = missed.length > 0 ? 1 : 0;

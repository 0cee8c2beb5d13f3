// Run by `npm run coverage` after vitest: which branches of the environments no recording of the reference takes.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const least = 98;
const root = fileURLToPath(new URL("..", import.meta.url));
const files = Object.values(JSON.parse(readFileSync(`${root}/coverage/coverage-final.json`, "utf8")));

let total = 0;
const uncovered = [];
for (const { path, branchMap, b: counts } of files) {
  const lines = readFileSync(path, "utf8").split("\n");
  for (const [id, { locations, loc }] of Object.entries(branchMap)) {
    total += locations.length;
    locations.forEach((location, index) => {
      if (counts[id][index] > 0) return;
      // An `else` that is not written has no place of its own.
      const line = location.start.line ?? loc.start.line;
      uncovered.push(`${relative(root, path)}:${line}  ${lines[line - 1].trim()}`);
    });
  }
}

const covered = total - uncovered.length;
if (covered === 0) {
  console.log("nothing was covered: there are no recordings of the reference at ../shared");
  process.exit(1);
}
const percent = (100 * covered) / total;
console.log(`branch coverage of environments by the recordings: ${covered} of ${total} (${percent.toFixed(1)}%)`);
for (const branch of uncovered) console.log(branch);
if (percent < least) {
  console.log(`the bar is ${least}%`);
  process.exit(1);
}

/** BFCL's file system and calculator joined, stepped, forked and compared. */
import { environmentOf } from "../../environments/index.ts";

const world = environmentOf(["GorillaFileSystem", "MathAPI"]);
const start = world.init({
  GorillaFileSystem: {
    root: { home: { type: "directory", contents: { "sums.txt": { type: "file", content: "1\n2" } } } },
  },
});

const read = world.step(start, { tool: "cat", args: { file_name: "sums.txt" } });
const added = world.step(start, { tool: "add", args: { a: 1, b: 2 } });
const left = world.step(start, { tool: "touch", args: { file_name: "left.txt" } });
const right = world.step(start, { tool: "mkdir", args: { dir_name: "right" } });

export const texts = [world.text("cat", read.outcome), world.text("add", added.outcome)];
/** A fork is a reference: both branches began at `start`, which neither changed. */
export const differences = world.differences(left.state, right.state);

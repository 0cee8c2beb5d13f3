import { newProject } from "../scaffold/new-project.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";

export const newCommand = command({
  meta: { name: "new", description: "Write a small environment that works, with tasks and tests, to make your own of" },
  args: {
    name: {
      type: "positional",
      required: false,
      description: "Words of lower-case letters with - between, as in bike-shop",
    },
    out: { type: "string", valueHint: "folder", description: "Where to write it; a folder of that name unless given" },
    empty: { type: "boolean", description: "Only what a project needs, without an environment" },
  },
  async run({ args }) {
    const [name, ...more] = args._;
    if (name === undefined) throw new DataError("a name is missing, as in envtune new bike-shop");
    if (more.length > 0) throw new DataError(`'${more[0]}' is one name too many; put - between the words of one name`);
    const { out: folder = name, empty = false } = args;
    if (folder === "") throw new DataError("--out is empty; name a folder that there is not yet");
    const files = await newProject(name, folder, empty);
    const next = ["npm install", ...(empty ? [] : ["npx envtune verify", "npx vitest run"])];
    process.stdout.write(`${folder}: ${files.length} files written\n  next: cd ${folder} && ${next.join(" && ")}\n`);
  },
});

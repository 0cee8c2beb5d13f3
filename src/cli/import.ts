import { defineCommand } from "citty";
import { environmentOf } from "../../environments/index.ts";
import { bfclRelease, withDownloadedBfcl } from "../task/bfcl/download.ts";
import { readBfcl } from "../task/bfcl/read-bfcl.ts";
import type { Dataset } from "../task/dataset.ts";
import { datasetFolder, saveDataset } from "../task/dataset-cache.ts";
import { command } from "./command.ts";

const bfclCommand = command({
  meta: {
    name: "bfcl",
    description: `Import BFCL's multi-turn tasks (${bfclRelease}); nothing of the package is executed`,
  },
  args: {
    from: {
      type: "string",
      valueHint: "path",
      description: "An installed bfcl_eval, a wheel or a checkout; else it is downloaded",
    },
    to: { type: "string", valueHint: "folder", description: "Where to put the dataset; the user's cache unless given" },
    python: { type: "string", default: "python3", description: "The Python whose pip downloads the package" },
  },
  async run({ args }) {
    const interruption = new AbortController();
    const interrupt = () => interruption.abort();
    process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    const read = (path: string): Promise<Dataset> => readBfcl(path, { environmentOf, onStage: say });
    const { from, python, to = datasetFolder("bfcl") } = args;
    const { signal } = interruption;
    try {
      if (from === undefined) say(`downloading ${bfclRelease}`);
      const dataset = await (from === undefined ? withDownloadedBfcl({ python, signal }, read) : read(from));
      signal.throwIfAborted();
      say(`writing ${to}`);
      await saveDataset(dataset, to);
      process.stdout.write(summary(dataset, to));
    } catch (error) {
      if (!signal.aborted) throw error;
      say("interrupted; nothing was imported");
      process.exitCode = 130;
    } finally {
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    }
  },
});

export const importCommand = defineCommand({
  meta: { name: "import", description: "Bring a dataset into the cache" },
  subCommands: { bfcl: bfclCommand },
});

function say(stage: string): void {
  process.stderr.write(`${stage}\n`);
}

function summary({ name, version, tasks, hash }: Dataset, folder: string): string {
  const families = new Set(tasks.map(({ family }) => family)).size;
  const title = version === undefined ? name : `${name} ${version}`;
  return `${title}: ${tasks.length} tasks in ${families} families\nhash ${hash}\nin ${folder}\n`;
}

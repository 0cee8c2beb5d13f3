import { defineCommand, runMain } from "citty";
import { environments } from "../environments/index.ts";
import { openDataset } from "../src/task/open-dataset.ts";
import { DataError } from "../src/task/problem.ts";
import { loadChatFormat } from "../src/training/tokens/load-chat-format.ts";
import { entriesOf } from "./entry.ts";
import { episodeFigures } from "./episodes.ts";
import { type Figure, figureLine, figureTable } from "./figure.ts";
import { gradingFigures } from "./grading.ts";
import { heapFigure } from "./heap.ts";
import { loadReference } from "./load-reference.ts";
import { perturbedTrajectories } from "./perturbation.ts";
import { startReference } from "./reference.ts";
import { replayFigures } from "./replay.ts";
import { rolloutFigures } from "./rollouts.ts";
import { singleCallFigures } from "./single-calls.ts";
import { stateFigures } from "./states.ts";
import { wordFormat } from "./word-format.ts";

const trajectoriesEach = 16;
const seed = 20251024;

const bench = defineCommand({
  meta: { name: "bench", description: "Measure envtune on BFCL's dataset, against BFCL's own code where it is there" },
  args: {
    dataset: { type: "string", valueHint: "path", description: "What to measure on; the imported BFCL unless given" },
    python: {
      type: "string",
      default: process.env.ENVTUNE_BENCH_PYTHON ?? "python3",
      description: "The Python that has bfcl_eval, also ENVTUNE_BENCH_PYTHON",
    },
    reference: {
      type: "boolean",
      default: true,
      description: "Measure BFCL's own code too",
      negativeDescription: "Leave it out",
    },
    tokenizer: {
      type: "string",
      valueHint: "folder",
      description: "A model's tokenizer for rollouts; a token for each word unless given",
    },
    rounds: { type: "string", default: "9", description: "Rounds, of which the median counts" },
    json: { type: "boolean", default: false, description: "One JSON line a figure" },
  },
  async run({ args }) {
    const rounds = Number(args.rounds);
    if (!Number.isInteger(rounds) || rounds < 1)
      return refuse(`--rounds takes a whole number from 1, not '${args.rounds}'`);
    const dataset = await openDataset(args.dataset).catch((error: unknown) => {
      if (error instanceof DataError) return refuse(error.message);
      throw error;
    });
    if (process.exitCode) return;
    if (!dataset)
      return refuse("there is no dataset: run `npx envtune import bfcl` first, or name one with --dataset <path>");
    const entries = entriesOf(dataset);
    say(`${entries.length} of ${dataset.tasks.length} entries, in ${Object.keys(environments).length} environments`);
    if (entries.length === 0) return refuse("no entry's environments are all there");

    const trajectories = entries.map(({ task, environment }, index) =>
      perturbedTrajectories(task, environment, trajectoriesEach, seed + index),
    );
    const started = args.reference ? await startReference(args.python) : { reason: "--no-reference was given" };
    const reference = "request" in started ? started : undefined;
    say(
      "reason" in started ? `without the reference: ${started.reason}` : `with the reference: ${started.description}`,
    );
    const figures: Figure[] = [];
    const report = (stage: string, more: readonly Figure[]) => {
      say(`${stage}: done`);
      figures.push(...more);
      if (args.json) process.stdout.write(more.map((figure) => `${figureLine(figure)}\n`).join(""));
    };
    try {
      if (reference) await loadReference(reference, entries, trajectories);
      report("coverage", [{ name: "entries covered", value: entries.length, unit: `of ${dataset.tasks.length}` }]);
      report("replay", await replayFigures(entries, reference, rounds));
      report("grading", await gradingFigures(entries, trajectories, reference, rounds));
      report("single calls", singleCallFigures(rounds));
      report("states", stateFigures(entries, dataset, rounds));
      report("episodes", episodeFigures(entries, rounds));
      report(
        "rollouts",
        await rolloutFigures(entries, args.tokenizer ? await loadChatFormat(args.tokenizer) : wordFormat()),
      );
      report("heap", [heapFigure(entries)]);
    } finally {
      reference?.close();
    }
    if (!args.json) process.stdout.write(figureTable(figures));
  },
});

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function refuse(reason: string): undefined {
  say(reason);
  process.exitCode = 1;
  return undefined;
}

void runMain(bench);

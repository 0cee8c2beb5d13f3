import type { Call } from "../src/core/call.ts";
import type { Dataset } from "../src/task/dataset.ts";
import type { Entry } from "./entry.ts";
import type { Figure } from "./figure.ts";
import { nanosecondsEach } from "./measure.ts";

const write: Call = { tool: "touch", args: { file_name: "new.txt" } };
const otherWrite: Call = { tool: "touch", args: { file_name: "newer.txt" } };

/** Making, forking, comparing and hashing a file system, at its normal size and in long-context mode. */
export function stateFigures(entries: readonly Entry[], dataset: Dataset, rounds: number): Figure[] {
  return (["base", "long_context"] as const).flatMap((category) => {
    const entry = entries.find(
      ({ task }) => task.category === category && task.environments.includes("GorillaFileSystem"),
    );
    return entry ? figuresOf(entry, dataset, rounds, category === "base" ? "normal" : "long context") : [];
  });
}

function figuresOf({ task, environment, truth }: Entry, dataset: Dataset, rounds: number, size: string): Figure[] {
  const extension = task.longContext ? dataset.extension : undefined;
  const { initial } = truth;
  const after = (state: object, call: Call): object => environment.step(state, call).state;
  const last = truth.turns.at(-1)!.state;
  const equal = [after(initial, write), after(initial, write)] as const;
  const unequal = [after(initial, write), after(initial, otherWrite)] as const;
  const forks: object[] = [];
  const measured: Record<string, () => unknown> = {
    init: () => environment.init(task.config, extension),
    fork: () => {
      forks[0] = initial;
      return forks;
    },
    "fork and write": () => after(initial, write),
    "comparison of equal forks": () => environment.differences(...equal),
    "comparison of unequal forks": () => environment.differences(...unequal),
    "comparison of a first and a last state": () => environment.differences(initial, last),
    hash: () => environment.hash(last),
  };
  return Object.entries(measured).map(([name, run]) => ({
    name: `${name}, ${size}`,
    value: nanosecondsEach(run, rounds),
    unit: "ns",
  }));
}

import { environments } from "../environments/index.ts";
import type { Call } from "../src/core/call.ts";
import type { Environment } from "../src/core/environment.ts";
import type { Figure } from "./figure.ts";
import { nanosecondsEach } from "./measure.ts";

interface Sample {
  readonly environment: string;
  readonly config: unknown;
  readonly read: Call;
  readonly failing: Call;
  readonly writing: Call;
}

const samples: readonly Sample[] = [
  {
    environment: "GorillaFileSystem",
    config: {
      root: {
        home: {
          type: "directory",
          contents: {
            "notes.txt": { type: "file", content: "the first line\nthe second line" },
            drafts: { type: "directory", contents: {} },
          },
        },
      },
    },
    read: { tool: "cat", args: { file_name: "notes.txt" } },
    failing: { tool: "cat", args: { file_name: "absent.txt" } },
    writing: { tool: "touch", args: { file_name: "new.txt" } },
  },
  {
    environment: "TradingBot",
    config: {},
    read: { tool: "get_stock_info", args: { symbol: "AAPL" } },
    failing: { tool: "get_order_details", args: { order_id: 1 } },
    writing: { tool: "add_to_watchlist", args: { stock: "AAPL" } },
  },
];

/** One warm call of each kind with its result text, always from the same state. */
export function singleCallFigures(rounds: number): Figure[] {
  return samples.flatMap(({ environment: name, config, ...calls }) => {
    const environment = environments[name];
    if (!environment) return [];
    const state = environment.init(config);
    return Object.entries(calls).map(([kind, call]) => {
      checkKind(environment, state, kind, call);
      const run = () => environment.text(call.tool, environment.step(state, call).outcome);
      return { name: `call ${kind} ${name}`, value: nanosecondsEach(run, rounds), unit: "ns" };
    });
  });
}

/** A sample that does not do what its name says would measure something else. */
function checkKind(environment: Environment, state: object, kind: string, call: Call): void {
  const { state: next, outcome } = environment.step(state, call);
  const actual = outcome.ok ? (next === state ? "read" : "writing") : "failing";
  if (actual !== kind) throw new Error(`${environment.name}.${call.tool} is ${actual}, not ${kind}`);
}

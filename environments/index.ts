import { joinEnvironments } from "../src/core/join.ts";
import type { Environment } from "../src/core/environment.ts";
import { pythonNotation } from "../src/python/notation.ts";
import { fileSystem } from "./file-system/index.ts";
import { posting } from "./posting/index.ts";
import { vehicle } from "./vehicle/index.ts";
import { trading } from "./trading/index.ts";

/** The environments by the names that tasks use. */
export const environments: Readonly<Record<string, Environment>> = {
  GorillaFileSystem: fileSystem,
  TwitterAPI: posting,
  VehicleControlAPI: vehicle,
  TradingBot: trading,
};

const joined = new Map<string, Environment>();

/** The named environments joined in that order; made once per list. Throws on an unknown name. */
export function environmentOf(names: readonly string[]): Environment {
  const key = names.join("+");
  let environment = joined.get(key);
  if (!environment) {
    const parts = names.map((name): [string, Environment] => {
      const part = Object.hasOwn(environments, name) ? environments[name] : undefined;
      if (!part) throw new Error(`no environment is named '${name}'; there are ${Object.keys(environments).join(", ")}`);
      return [name, part];
    });
    environment = joinEnvironments(Object.fromEntries(parts), pythonNotation) as Environment;
    joined.set(key, environment);
  }
  return environment;
}

export { fileSystem, posting, vehicle, trading };

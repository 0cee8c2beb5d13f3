import { z } from "zod";
import { freezeDeep } from "../../src/core/freeze.ts";
import { obstacles } from "../../src/core/obstacles.ts";
import { failure } from "../../src/core/outcome.ts";
import { equal } from "../../src/python/equal.ts";
import { compare } from "../../src/python/number.ts";
import { float } from "../../src/python/schema.ts";
import { brakePedalStatus, doors, engineState, type State, unlockedDoors, vehicleState } from "./state.ts";

/** The conditions that other tools bring about. */
export const doorsLocked = "all doors locked";
export const brakeFullyPressed = "brake pedal fully pressed";
export const engineRunning = "engine running";
export const fuelInTank = "fuel in the tank";

/** Newtons at the pedal position 1. */
const fullBrakeForce = freezeDeep({ $float: "1000.0" });
const modes = freezeDeep(["START", "STOP"]);

/** What can keep the engine from starting, in the order in which one problem at a time is told. */
const problem = z.enum([
  "doorsUnlocked",
  "brakePedalReleased",
  "brakePedalNotFullyPressed",
  "fuelBelowZero",
  "invalidIgnitionMode",
]);
type Problem = z.output<typeof problem>;

/** All that starting depends on: every problem at once, though the message names only the first. */
export const EngineFacts = z.strictObject({
  ignitionMode: z.string(),
  ignitionModes: z.array(z.string()),
  problems: z.array(problem),
  unlockedDoors: z.array(z.enum(doors)),
  brakePedalStatus,
  brakePedalForce: float,
  neededBrakePedalForce: float,
  fuelLevel: float,
  engineStateBefore: engineState,
});
export type EngineFacts = z.output<typeof EngineFacts>;

export function engineFacts(state: State, ignitionMode: string): EngineFacts {
  const open = unlockedDoors(state);
  return {
    ignitionMode,
    ignitionModes: modes,
    problems: obstacles<Problem>({
      doorsUnlocked: open.length > 0,
      brakePedalReleased: state.brakePedalStatus !== "pressed",
      brakePedalNotFullyPressed: !equal(state.brakePedalForce, fullBrakeForce),
      fuelBelowZero: compare(state.fuelLevel, 0) < 0,
      invalidIgnitionMode: ignitionMode !== "START",
    }),
    unlockedDoors: open,
    brakePedalStatus: state.brakePedalStatus,
    brakePedalForce: state.brakePedalForce,
    neededBrakePedalForce: fullBrakeForce,
    fuelLevel: state.fuelLevel,
    engineStateBefore: state.engineState,
  };
}

const messages: Readonly<Record<Problem, (facts: EngineFacts) => string>> = {
  doorsUnlocked: (facts) =>
    `All doors must be locked before starting the engine. Here are the unlocked doors: ${facts.unlockedDoors.join(", ")}`,
  brakePedalReleased: () => "Brake pedal needs to be pressed when starting the engine.",
  brakePedalNotFullyPressed: () => "Must press the brake fully before starting the engine.",
  fuelBelowZero: () => "Fuel tank is empty.",
  invalidIgnitionMode: () => "Invalid ignition mode.",
};
const engineFailure = failure(EngineFacts, (facts) => messages[facts.problems[0]!](facts));

export const startEngine = vehicleState
  .write({
    description:
      "Start the engine with 'START' or stop it with 'STOP'. Starting needs all doors locked and the brake pedal fully pressed. Stopping always works, though it is answered by an error.",
    args: z.object({ ignitionMode: z.string() }),
    result: z.strictObject({ engineState: z.literal("running"), fuelLevel: float, batteryVoltage: float }),
    failures: {
      doorsUnlocked: engineFailure,
      brakePedalReleased: engineFailure,
      brakePedalNotFullyPressed: engineFailure,
      fuelBelowZero: engineFailure,
      invalidIgnitionMode: engineFailure,
      /** The answer to 'STOP' tells what a start would lack, but the engine is stopped. */
      stoppedAllTheSame: engineFailure,
    },
    candidates: { ignitionMode: () => modes },
    requires: [doorsLocked, brakeFullyPressed],
    provides: [engineRunning],
    onFailure: "commit",
  })
  .run(({ state, draft, args: { ignitionMode }, fail }) => {
    const facts = engineFacts(state, ignitionMode);
    if (ignitionMode === "STOP") {
      draft().engineState = "stopped";
      return fail.stoppedAllTheSame(facts);
    }
    const [first] = facts.problems;
    if (first) return fail[first](facts);
    if (state.engineState !== "running") draft().engineState = "running";
    return { engineState: "running", fuelLevel: state.fuelLevel, batteryVoltage: state.batteryVoltage };
  });

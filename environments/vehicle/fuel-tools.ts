import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { add, compare, multiply, subtract } from "../../src/python/number.ts";
import { float } from "../../src/python/schema.ts";
import { fuelInTank } from "./start-engine.ts";
import { tankCapacity, vehicleState } from "./state.ts";

const milesPerGallon = { $float: "20.0" };

const filling = z.strictObject({ fuelAmount: float, fuelLevel: float, capacity: z.int() });

export const fillFuelTank = vehicleState
  .write({
    description: "Add gallons of fuel to what is in the tank, which holds 50.",
    args: z.object({ fuelAmount: float }),
    result: z.strictObject({ fuelLevel: float }),
    failures: {
      negativeAmount: failure(filling, () => "Fuel amount cannot be negative."),
      aboveCapacity: failure(filling, () => "Cannot fill gas above the tank capacity."),
      belowEmpty: failure(filling, () => "Fuel tank is empty. Min fuel level is 0 gallons."),
    },
    provides: [fuelInTank],
    candidates: { fuelAmount: ({ fuelLevel }) => [1, { $float: "5.0" }, subtract(tankCapacity, fuelLevel)] },
  })
  .run(({ state: { fuelLevel }, draft, args: { fuelAmount }, fail }) => {
    const facts = { fuelAmount, fuelLevel, capacity: tankCapacity };
    if (compare(fuelAmount, 0) < 0) return fail.negativeAmount(facts);
    const sum = add(fuelLevel, fuelAmount);
    if (compare(sum, tankCapacity) > 0) return fail.aboveCapacity(facts);
    if (compare(sum, 0) < 0) return fail.belowEmpty(facts);
    draft().fuelLevel = sum;
    return { fuelLevel: sum };
  });

export const estimate_drive_feasibility_by_mileage = vehicleState
  .read({
    description: "Tell whether the fuel in the tank lasts for a distance in miles.",
    args: z.object({ distance: float }),
    result: z.strictObject({ canDrive: z.boolean() }),
  })
  .run(({ state, args: { distance } }) => ({
    canDrive: !(compare(multiply(state.fuelLevel, milesPerGallon), distance) < 0),
  }));

export const liter_to_gallon = vehicleState
  .read({
    description: "Convert litres to gallons.",
    args: z.object({ liter: float }),
    result: z.strictObject({ gallon: float }),
  })
  .run(({ args: { liter } }) => ({ gallon: multiply(liter, 0.264172) }));

export const gallon_to_liter = vehicleState
  .read({
    description: "Convert gallons to litres.",
    args: z.object({ gallon: float }),
    result: z.strictObject({ liter: float }),
  })
  .run(({ args: { gallon } }) => ({ liter: multiply(gallon, 3.78541) }));

import { z } from "zod";
import { freezeDeep } from "../../src/core/freeze.ts";
import { failure } from "../../src/core/outcome.ts";
import { add, compare, divide } from "../../src/python/number.ts";
import { float, integer } from "../../src/python/schema.ts";
import {
  brakePedalStatus,
  DoorStatus,
  engineState,
  headlightStatus,
  parkingBrakeStatus,
  type State,
  TirePressures,
  vehicleState,
} from "./state.ts";

const shown = {
  fuel: z.strictObject({ fuelLevel: float }),
  battery: z.strictObject({ batteryVoltage: float }),
  doors: z.strictObject({ doorStatus: DoorStatus }),
  climate: z.strictObject({
    currentACTemperature: float,
    fanSpeed: integer,
    climateMode: z.string(),
    humidityLevel: float,
  }),
  headlights: z.strictObject({ headlightStatus }),
  parkingBrake: z.strictObject({ parkingBrakeStatus, parkingBrakeForce: float, slopeAngle: float }),
  brakePedal: z.strictObject({ brakePedalStatus, brakePedalForce: float }),
  engine: z.strictObject({ engineState }),
};
type Option = keyof typeof shown;
const options = freezeDeep(Object.keys(shown) as Option[]);
const isOption = (text: string): text is Option => Object.hasOwn(shown, text);
/** In long-context mode every answer starts with the car's metadata. */
const metadata = { metadata: z.string().optional() };

const show: { readonly [O in Option]: (state: State) => z.output<(typeof shown)[O]> } = {
  fuel: ({ fuelLevel }) => ({ fuelLevel }),
  battery: ({ batteryVoltage }) => ({ batteryVoltage }),
  doors: ({ doorStatus }) => ({ doorStatus }),
  climate: ({ acTemperature, fanSpeed, acMode, humidityLevel }) => ({
    currentACTemperature: acTemperature,
    fanSpeed,
    climateMode: acMode,
    humidityLevel,
  }),
  headlights: (state) => ({ headlightStatus: state.headLightStatus }),
  parkingBrake: (state) => ({
    parkingBrakeStatus: state.parkingBrakeStatus,
    parkingBrakeForce: state.parkingBrakeForce,
    slopeAngle: state.slopeAngle,
  }),
  brakePedal: (state) => ({ brakePedalStatus: state.brakePedalStatus, brakePedalForce: state.brakePedalForce }),
  engine: (state) => ({ engineState: state.engineState }),
};

export const displayCarStatus = vehicleState
  .read({
    description:
      "Show one part of the car's status: fuel, battery, doors, climate, headlights, parkingBrake, brakePedal or engine.",
    args: z.object({ option: z.string() }),
    result: z.union([
      shown.fuel.extend(metadata),
      shown.battery.extend(metadata),
      shown.doors.extend(metadata),
      shown.climate.extend(metadata),
      shown.headlights.extend(metadata),
      shown.parkingBrake.extend(metadata),
      shown.brakePedal.extend(metadata),
      shown.engine.extend(metadata),
    ]),
    failures: {
      invalidOption: failure(
        z.strictObject({ option: z.string(), options: z.array(z.string()), metadata: z.string().nullable() }),
        () => "Invalid option",
        { wire: ({ metadata }, error) => (metadata === null ? { error } : { metadata, error }) },
      ),
    },
    candidates: { option: () => options },
  })
  .run(({ state, args: { option }, fail }) => {
    const { extension } = state;
    if (!isOption(option)) return fail.invalidOption({ option, options, metadata: extension?.carStatus ?? null });
    const status = show[option](state);
    return extension ? { metadata: extension.carStatus, ...status } : status;
  });

/** In psi. */
const leastHealthy = 30;
const mostHealthy = 35;

export const check_tire_pressure = vehicleState
  .read({
    description: "Show the pressure of each tire in psi. They count as healthy when the mean is from 30 to 35.",
    args: z.object({}),
    result: TirePressures.extend({
      healthy_tire_pressure: z.boolean(),
      car_info: z.union([z.strictObject({}), z.string()]),
    }),
  })
  .run(({ state }) => {
    const { frontLeftTirePressure, frontRightTirePressure, rearLeftTirePressure, rearRightTirePressure } = state;
    const front = add(frontLeftTirePressure, frontRightTirePressure);
    const mean = divide(add(add(front, rearLeftTirePressure), rearRightTirePressure), 4);
    return {
      frontLeftTirePressure,
      frontRightTirePressure,
      rearLeftTirePressure,
      rearRightTirePressure,
      healthy_tire_pressure: compare(mean, leastHealthy) >= 0 && compare(mean, mostHealthy) <= 0,
      car_info: state.extension ? state.extension.carStatus : {},
    };
  });

export const find_nearest_tire_shop = vehicleState
  .read({
    description: "Show the address of the nearest tire shop.",
    args: z.object({}),
    result: z.strictObject({ shopLocation: z.string() }),
  })
  .run(() => ({ shopLocation: "456 Oakwood Avenue, Rivermist, 83214" }));

export const display_log = vehicleState
  .read({
    description: "Show messages on the display, in the order given.",
    args: z.object({ messages: z.array(z.string()) }),
    result: z.strictObject({ log: z.array(z.string()) }),
  })
  .run(({ args }) => ({ log: args.messages }));

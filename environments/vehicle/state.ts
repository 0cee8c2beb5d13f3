import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import type { PlainDict } from "../../src/python/kind.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { compare } from "../../src/python/number.ts";
import { float, integer } from "../../src/python/schema.ts";
import type { PyDict } from "../../src/python/value.ts";

/** What long-context mode adds to the answers of some tools. */
export interface VehicleExtension {
  readonly carStatus: string;
  readonly weather: PlainDict | PyDict;
  readonly parkingBrake: string;
  readonly intermediaryCities: readonly string[];
}

export const doors = ["driver", "passenger", "rear_left", "rear_right"] as const;
const lock = z.enum(["locked", "unlocked"]);
export const DoorStatus = z.strictObject({ driver: lock, passenger: lock, rear_left: lock, rear_right: lock });
export const engineState = z.enum(["running", "stopped"]);
export const headlightStatus = z.enum(["on", "off"]);
export const parkingBrakeStatus = z.enum(["engaged", "released"]);
export const brakePedalStatus = z.enum(["pressed", "released"]);
export const cruiseStatus = z.enum(["active", "inactive"]);
const tirePressures = {
  frontLeftTirePressure: float,
  frontRightTirePressure: float,
  rearLeftTirePressure: float,
  rearRightTirePressure: float,
};
/** Gallons, volts, degrees Celsius, percent, newtons, degrees of slope, metres and psi. */
const measures = {
  fuelLevel: float,
  batteryVoltage: float,
  acTemperature: float,
  humidityLevel: float,
  parkingBrakeForce: float,
  slopeAngle: float,
  brakePedalForce: float,
  distanceToNextVehicle: float,
  ...tirePressures,
};
export const TirePressures = z.strictObject(tirePressures);

const State = z.strictObject({
  ...measures,
  engineState,
  doorStatus: DoorStatus,
  fanSpeed: integer,
  acMode: z.string(),
  headLightStatus: headlightStatus,
  parkingBrakeStatus,
  brakePedalStatus,
  cruiseStatus,
  destination: z.string(),
  random: z.strictObject({ seed: z.int(), draws: z.int() }),
  /** The shared pack of long-context mode; null outside it. */
  extension: z.custom<VehicleExtension | null>((value) => typeof value === "object"),
});
export type State = z.output<typeof State>;

/** Gallons. */
export const tankCapacity = 50;
const wholeFloat = (text: string) => ({ $float: text });
const Config = z.strictObject({
  fuelLevel: measures.fuelLevel
    .refine((level) => !(compare(level, tankCapacity) > 0), `the tank holds ${tankCapacity} gallons`)
    .default(wholeFloat("0.0")),
  batteryVoltage: measures.batteryVoltage.default(12.6),
  engineState: engineState.default("stopped"),
  doorStatus: DoorStatus.default({
    driver: "unlocked",
    passenger: "unlocked",
    rear_left: "unlocked",
    rear_right: "unlocked",
  }),
  /** Twelve entries of the dataset give it; it is counted from the doors all the same. */
  remainingUnlockedDoors: z.int().optional(),
  acTemperature: measures.acTemperature.default(wholeFloat("25.0")),
  fanSpeed: integer.default(50),
  acMode: z.string().default("auto"),
  humidityLevel: measures.humidityLevel.default(wholeFloat("50.0")),
  headLightStatus: headlightStatus.default("off"),
  parkingBrakeStatus: parkingBrakeStatus.default("released"),
  parkingBrakeForce: measures.parkingBrakeForce.default(wholeFloat("0.0")),
  slopeAngle: measures.slopeAngle.default(wholeFloat("0.0")),
  brakePedalStatus: brakePedalStatus.default("released"),
  brakePedalForce: measures.brakePedalForce.default(wholeFloat("0.0")),
  distanceToNextVehicle: measures.distanceToNextVehicle.default(wholeFloat("50.0")),
  cruiseStatus: cruiseStatus.default("inactive"),
  destination: z.string().default("None"),
  frontLeftTirePressure: tirePressures.frontLeftTirePressure.default(wholeFloat("32.0")),
  frontRightTirePressure: tirePressures.frontRightTirePressure.default(wholeFloat("32.0")),
  rearLeftTirePressure: tirePressures.rearLeftTirePressure.default(wholeFloat("30.0")),
  rearRightTirePressure: tirePressures.rearRightTirePressure.default(wholeFloat("30.0")),
  random_seed: z.int().default(141053),
});

export const vehicleState = defineState<typeof State, typeof Config, { readonly vehicle: VehicleExtension }>({
  name: "VehicleControlAPI",
  state: State,
  config: Config,
  notation: pythonNotation,
}).init(({ random_seed, remainingUnlockedDoors: _, ...config }, extension) => ({
  ...config,
  random: { seed: random_seed, draws: 0 },
  extension: extension?.vehicle ?? null,
}));

export const unlockedDoors = ({ doorStatus }: State) => doors.filter((door) => doorStatus[door] === "unlocked");

import { z } from "zod";
import { freezeDeep } from "../../src/core/freeze.ts";
import { failure } from "../../src/core/outcome.ts";
import { compare, floatValue, multiply, toDouble } from "../../src/python/number.ts";
import { convertedFloat, float } from "../../src/python/schema.ts";
import { brakeFullyPressed, EngineFacts, engineFacts, engineRunning } from "./start-engine.ts";
import { brakePedalStatus, cruiseStatus, parkingBrakeStatus, type State, vehicleState } from "./state.ts";

const none = { $float: "0.0" };
const parkingForce = { $float: "500.0" };
const parkingSlope = { $float: "10.0" };
const parkingModes = freezeDeep(["engage", "release"]);

export const activateParkingBrake = vehicleState
  .write({
    description:
      "Engage the parking brake with 'engage' or let it go with 'release'. Forces are in newtons, the slope in degrees.",
    args: z.object({ mode: z.string() }),
    result: z.strictObject({
      parkingBrakeInstruction: z.string().optional(),
      parkingBrakeStatus,
      _parkingBrakeForce: float,
      _slopeAngle: float,
    }),
    failures: {
      invalidMode: failure(z.strictObject({ mode: z.string(), modes: z.array(z.string()) }), () => "Invalid mode"),
    },
    candidates: { mode: () => parkingModes },
  })
  .run(({ state, draft, args: { mode }, fail }) => {
    if (!parkingModes.includes(mode)) return fail.invalidMode({ mode, modes: parkingModes });
    const status = mode === "engage" ? "engaged" : "released";
    const force = mode === "engage" ? parkingForce : none;
    const next = draft();
    next.parkingBrakeStatus = status;
    next.parkingBrakeForce = force;
    next.slopeAngle = parkingSlope;
    const result = { parkingBrakeStatus: status, _parkingBrakeForce: force, _slopeAngle: parkingSlope } as const;
    return state.extension ? { parkingBrakeInstruction: state.extension.parkingBrake, ...result } : result;
  });

const pedal = z.strictObject({ brakePedalStatus, brakePedalForce: float });

export const pressBrakePedal = vehicleState
  .write({
    description:
      "Press the brake pedal to a position from 0 (released) to 1 (fully pressed), where it stays. Starting the engine takes 1.",
    args: z.object({ pedalPosition: float }),
    result: pedal,
    failures: {
      pedalPositionOutOfRange: failure(
        z.strictObject({ pedalPosition: float, least: z.literal(0), most: z.literal(1) }),
        () => "Pedal position must be between 0 and 1.",
      ),
    },
    candidates: { pedalPosition: () => [0, 0.5, 1, { $float: "1.0" }] },
    provides: [brakeFullyPressed],
  })
  .run(({ state, draft, args: { pedalPosition }, fail }) => {
    if (!(compare(pedalPosition, 0) >= 0 && compare(pedalPosition, 1) <= 0))
      return fail.pedalPositionOutOfRange({ pedalPosition, least: 0, most: 1 });
    if (compare(pedalPosition, 0) === 0) return release(state, draft);
    const force = multiply(pedalPosition, 1000);
    const next = draft();
    next.brakePedalStatus = "pressed";
    next.brakePedalForce = force;
    return { brakePedalStatus: "pressed", brakePedalForce: floatValue(toDouble(force)) };
  });

export const releaseBrakePedal = vehicleState
  .write({ description: "Let go of the brake pedal.", args: z.object({}), result: pedal })
  .run(({ state, draft }) => release(state, draft));

function release(state: State, draft: () => { brakePedalStatus: string; brakePedalForce: State["brakePedalForce"] }) {
  if (state.brakePedalStatus !== "released" || state.brakePedalForce !== none) {
    const next = draft();
    next.brakePedalStatus = "released";
    next.brakePedalForce = none;
  }
  return { brakePedalStatus: "released", brakePedalForce: none } as const;
}

const leastSpeed = 0;
const mostSpeed = 120;
const speedStep = 5;
const wrongSpeed = failure(
  z.strictObject({ speed: float, least: z.int(), most: z.int(), step: z.int() }),
  () => "Invalid speed",
);

export const setCruiseControl = vehicleState
  .write({
    description:
      "Switch cruise control on or off while the engine runs. The speed is a multiple of 5 from 0 to 120 mph, the distance to keep is in metres.",
    args: z.object({ speed: convertedFloat, activate: z.boolean(), distanceToNextVehicle: convertedFloat }),
    result: z.strictObject({ cruiseStatus, currentSpeed: float, distanceToNextVehicle: float }),
    failures: {
      engineStopped: failure(
        z.strictObject({ activate: z.boolean(), start: EngineFacts }),
        () => "Start the engine before activating the cruise control.",
      ),
      speedOutOfRange: wrongSpeed,
      speedNotMultipleOfFive: wrongSpeed,
    },
    candidates: {
      speed: () => [0, 65, { $float: "120.0" }, 121, 62.5],
      distanceToNextVehicle: () => [{ $float: "100.0" }],
    },
    requires: [engineRunning],
    // A wrong speed is noticed after the distance has been set.
    onFailure: "commit",
  })
  .run(({ state, draft, args, fail }) => {
    const { activate } = args;
    const distanceToNextVehicle = floatValue(toDouble(args.distanceToNextVehicle));
    const speed = toDouble(args.speed);
    if (state.engineState === "stopped") return fail.engineStopped({ activate, start: engineFacts(state, "START") });
    const next = draft();
    next.distanceToNextVehicle = distanceToNextVehicle;
    const facts = { speed: args.speed, least: leastSpeed, most: mostSpeed, step: speedStep };
    if (activate && (speed < leastSpeed || speed > mostSpeed)) return fail.speedOutOfRange(facts);
    if (activate && speed % speedStep !== 0) return fail.speedNotMultipleOfFive(facts);
    const status = activate ? "active" : "inactive";
    next.cruiseStatus = status;
    return { cruiseStatus: status, currentSpeed: floatValue(speed), distanceToNextVehicle };
  });

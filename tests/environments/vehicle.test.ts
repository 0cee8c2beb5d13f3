import { describe, expect, test } from "vitest";
import { vehicle } from "../../environments/vehicle/index.ts";
import { parseJson } from "../../src/python/json.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";
import { sessionOf } from "./session.ts";

const config = {
  fuelLevel: 10.5,
  doorStatus: parseJson(
    '{"driver": "locked", "passenger": "unlocked", "rear_left": "locked", "rear_right": "unlocked"}',
  ) as any,
};
const extension = {
  vehicle: {
    carStatus: "Model: A6",
    weather: { "-1_day": { windSpeed: { $float: "15.0" } } },
    parkingBrake: "Pull.",
    intermediaryCities: ["Bristol"],
  },
};
const allDoors = ["driver", "passenger", "rear_left", "rear_right"];

const session = (start = vehicle.init(config)) => sessionOf(vehicle, start);

describe("vehicle", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(vehicle, lawCases.vehicle as LawOptions);
  });

  test("starts with locked doors and the brake fully pressed", () => {
    const { call } = session();
    expect(call("lockDoors", { unlock: false, door: allDoors }).text).toBe(
      '{"lockStatus": "locked", "remainingUnlockedDoors": 0}',
    );
    expect(call("pressBrakePedal", { pedalPosition: 1 }).text).toBe(
      '{"brakePedalStatus": "pressed", "brakePedalForce": 1000.0}',
    );
    expect(call("startEngine", { ignitionMode: "START" }).text).toBe(
      '{"engineState": "running", "fuelLevel": 10.5, "batteryVoltage": 12.6}',
    );
    // As the reference, which makes floats of them itself.
    const cruise = { speed: "65", activate: true, distanceToNextVehicle: "100.5" };
    expect(call("setCruiseControl", cruise).text).toBe(
      '{"cruiseStatus": "active", "currentSpeed": 65.0, "distanceToNextVehicle": 100.5}',
    );
    expect(call("setCruiseControl", { ...cruise, speed: "fast" }).outcome).toMatchObject({
      error: { code: "invalidArguments" },
    });
    // A sensor draws a random number: this is the first one of Python's generator for the default seed.
    expect(call("get_current_speed").text).toBe('{"currentSpeed": 111.92365689097284}');
  });

  test("a start that fails tells one problem and knows them all", () => {
    const run = session();
    run.call("pressBrakePedal", { pedalPosition: 0.5 });
    const { text, outcome } = run.call("startEngine", { ignitionMode: "START" });
    expect(text).toBe(
      '{"error": "All doors must be locked before starting the engine. Here are the unlocked doors: passenger, rear_right"}',
    );
    expect(outcome).toMatchObject({
      error: {
        code: "doorsUnlocked",
        data: {
          problems: ["doorsUnlocked", "brakePedalNotFullyPressed"],
          unlockedDoors: ["passenger", "rear_right"],
          brakePedalStatus: "pressed",
          brakePedalForce: { $float: "500.0" },
          neededBrakePedalForce: { $float: "1000.0" },
          fuelLevel: 10.5,
        },
      },
    });
  });

  test("'STOP' stops the engine although it is answered by an error", () => {
    const run = session(vehicle.init({ ...config, engineState: "running" }));
    const { text, outcome } = run.call("startEngine", { ignitionMode: "STOP" });
    expect(text).toMatch(/^\{"error": "All doors must be locked/);
    expect(outcome).toMatchObject({ error: { code: "stoppedAllTheSame", data: { engineStateBefore: "running" } } });
    expect(run.state.engineState).toBe("stopped");
  });

  test("doors named before an unknown one stay as asked, and a wrong speed keeps the distance", () => {
    const run = session();
    expect(run.call("lockDoors", { unlock: false, door: ["passenger", "trunk", "hood"] })).toMatchObject({
      text: "Error during execution: 'trunk'",
      outcome: { error: { code: "unknownDoor", data: { unknown: ["trunk", "hood"], done: ["passenger"] } } },
    });
    expect(run.state.doorStatus.passenger).toBe("locked");

    const driving = session(vehicle.init({ engineState: "running" }));
    expect(driving.call("setCruiseControl", { speed: 63, activate: true, distanceToNextVehicle: 80 })).toMatchObject({
      text: '{"error": "Invalid speed"}',
      outcome: { error: { code: "speedNotMultipleOfFive", data: { speed: 63, step: 5, most: 120 } } },
    });
    expect(driving.state).toMatchObject({ distanceToNextVehicle: { $float: "80.0" }, cruiseStatus: "inactive" });
  });

  test("a failure that changes nothing returns the very state", () => {
    const run = session();
    const { state } = run;
    expect(run.call("fillFuelTank", { fuelAmount: 40 })).toMatchObject({
      text: '{"error": "Cannot fill gas above the tank capacity."}',
      outcome: {
        error: { code: "aboveCapacity", data: { fuelAmount: 40, fuelLevel: 10.5, capacity: 50 } },
      },
    });
    run.call("startEngine", { ignitionMode: "GO" });
    run.call("setCruiseControl", { speed: 60, activate: true, distanceToNextVehicle: 10 });
    expect(run.state).toBe(state);
    const huge = { $int: `1${"0".repeat(400)}` };
    expect(run.call("liter_to_gallon", { liter: huge }).text).toBe(
      "Error during execution: int too large to convert to float",
    );
  });

  test("an unknown city or distance says what is known", () => {
    const { call } = session();
    expect(call("get_zipcode_based_on_city", { city: "rivermist" })).toMatchObject({
      text: '{"zipcode": "00000"}',
      outcome: { error: { code: "unknownCity", data: { closest: "Rivermist" } } },
    });
    expect(call("estimate_distance", { cityA: "Rivermist", cityB: "74532" })).toMatchObject({
      text: '{"error": "distance not found in database."}',
      outcome: {
        error: {
          code: "unknownZipcode",
          data: { unknown: [{ given: "Rivermist", zipcode: "83214" }], reachableFromB: ["83214", "94016"] },
        },
      },
    });
    expect(call("estimate_distance", { cityA: "56108", cityB: "74532" }).outcome).toMatchObject({
      error: { code: "noRoute", data: { reachableFromA: ["62947"] } },
    });
  });

  test("long-context mode pads the answers and shows in the public state", () => {
    const run = session(vehicle.init(config, extension));
    expect(run.call("displayCarStatus", { option: "fuel" }).text).toBe('{"metadata": "Model: A6", "fuelLevel": 10.5}');
    expect(run.call("displayCarStatus", { option: "tires" }).text).toBe(
      '{"metadata": "Model: A6", "error": "Invalid option"}',
    );
    expect(run.call("get_outside_temperature_from_google").text).toMatch(
      /^\{"-1_day": \{"windSpeed": 15\.0\}, "outsideTemperature": -?\d+\.\d+\}$/,
    );
    expect(run.call("estimate_distance", { cityA: "83214", cityB: "74532" }).text).toBe(
      '{"distance": 750.0, "intermediaryCities": ["Bristol"]}',
    );
    expect(vehicle.attributes(run.state).long_context).toBe(true);
    expect(vehicle.differences(vehicle.init(config), run.state)).toEqual(["long_context"]);
  });

  test("forces and random numbers are not compared", () => {
    const run = session();
    run.call("get_current_speed");
    run.call("releaseBrakePedal");
    expect(vehicle.same(vehicle.init(config), run.state)).toBe(true);
  });

  test("the parking brake holds with its force, or lets go", () => {
    const { call } = session();
    expect(call("activateParkingBrake", { mode: "engage" }).text).toBe(
      '{"parkingBrakeStatus": "engaged", "_parkingBrakeForce": 500.0, "_slopeAngle": 10.0}',
    );
    expect(call("activateParkingBrake", { mode: "release" }).text).toBe(
      '{"parkingBrakeStatus": "released", "_parkingBrakeForce": 0.0, "_slopeAngle": 10.0}',
    );
    expect(call("activateParkingBrake", { mode: "hold" }).error).toMatchObject({
      ...{ code: "invalidMode", message: "Invalid mode" },
      data: { mode: "hold", modes: ["engage", "release"] },
    });
  });

  test("the pedal stays where it is pressed to, and at 0 it is released", () => {
    const { call } = session();
    expect(call("pressBrakePedal", { pedalPosition: 0.5 }).text).toBe(
      '{"brakePedalStatus": "pressed", "brakePedalForce": 500.0}',
    );
    const released = call("pressBrakePedal", { pedalPosition: 0 });
    expect(released.text).toBe('{"brakePedalStatus": "released", "brakePedalForce": 0.0}');
    expect(released.after).toMatchObject({ brakePedalStatus: "released", brakePedalForce: { $float: "0.0" } });
    call("pressBrakePedal", { pedalPosition: 1 });
    expect(call("releaseBrakePedal").after).toMatchObject({ brakePedalStatus: "released" });
    for (const pedalPosition of [-0.1, 1.1])
      expect(call("pressBrakePedal", { pedalPosition }).error).toMatchObject({
        ...{ code: "pedalPositionOutOfRange", data: { pedalPosition, least: 0, most: 1 } },
      });
  });

  test("cruise control goes from 0 to 120, both included, in steps of five, and keeps the distance all the same", () => {
    const { call } = session(vehicle.init({ engineState: "running" }));
    const cruise = (speed: number, activate = true) =>
      call("setCruiseControl", { speed, activate, distanceToNextVehicle: 20 });
    expect([0, 5, 120].map((speed) => cruise(speed).outcome.ok)).toEqual([true, true, true]);
    expect([-5, 125].map((speed) => cruise(speed).error.code)).toEqual(["speedOutOfRange", "speedOutOfRange"]);
    expect(cruise(62).error.code).toBe("speedNotMultipleOfFive");
    expect(cruise(62).after.distanceToNextVehicle).toEqual({ $float: "20.0" });
    expect(cruise(999, false).text).toBe(
      '{"cruiseStatus": "inactive", "currentSpeed": 999.0, "distanceToNextVehicle": 20.0}',
    );
  });

  test("the tank takes what fits, from nothing at all to the brim", () => {
    const fill = (fuelLevel: number, fuelAmount: number) => {
      const { outcome, error, after } = session(vehicle.init({ fuelLevel })).call("fillFuelTank", { fuelAmount });
      return outcome.ok ? after.fuelLevel : error.code;
    };
    expect([fill(10, 0), fill(10, 40), fill(10, 40.5), fill(10, -1)]).toEqual([
      10,
      50,
      "aboveCapacity",
      "negativeAmount",
    ]);
    expect([fill(-3, 1), fill(-3, 3), fill(-3, 4)]).toEqual(["belowEmpty", 0, 1]);
  });

  test("a gallon lasts for twenty miles, and to the last of them", () => {
    const { call } = session();
    const canDrive = (distance: number) =>
      call("estimate_drive_feasibility_by_mileage", { distance }).text === '{"canDrive": true}';
    expect([0, 209, 210, 211].map(canDrive)).toEqual([true, true, true, false]);
  });

  test("an engine that runs is started again without a change; a tank below zero keeps it from running", () => {
    const ready = {
      doorStatus: { driver: "locked", passenger: "locked", rear_left: "locked", rear_right: "locked" } as const,
      brakePedalStatus: "pressed",
      ...{ brakePedalForce: 1000, fuelLevel: 5 },
    } as const;
    const running = session(vehicle.init({ ...ready, engineState: "running" })).call("startEngine", {
      ignitionMode: "START",
    });
    expect(running.outcome.ok).toBe(true);
    expect(running.after).toBe(running.before);
    const empty = session(vehicle.init({ ...ready, fuelLevel: -1 })).call("startEngine", { ignitionMode: "START" });
    expect(empty.error).toMatchObject({ code: "fuelBelowZero", data: { problems: ["fuelBelowZero"] } });
  });

  test("a released pedal has no force, even where a config gave it some, and with it no engine starts", () => {
    const odd = vehicle.init({ brakePedalStatus: "released", brakePedalForce: 300 });
    expect(session(odd).call("releaseBrakePedal").after).toMatchObject({ brakePedalForce: { $float: "0.0" } });
    const doorStatus = { driver: "locked", passenger: "locked", rear_left: "locked", rear_right: "locked" } as const;
    const start = session(vehicle.init({ doorStatus })).call("startEngine", { ignitionMode: "START" });
    expect(start.error).toMatchObject({ code: "brakePedalReleased" });
  });
});

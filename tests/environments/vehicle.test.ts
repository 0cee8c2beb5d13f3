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
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { vehicleHints } from "../../environments/vehicle/hints.ts";
import { vehicle } from "../../environments/vehicle/index.ts";
import { doors } from "../../environments/vehicle/state.ts";
import { hintsOf } from "../feedback/hints-of.ts";

type Made = readonly [string, Record<string, unknown>];
const start: Made = ["startEngine", { ignitionMode: "START" }];
const run = (config: object, calls: readonly Made[]) => {
  let state = vehicle.init(config as never);
  let last: ReturnType<typeof vehicle.step>["outcome"] | undefined;
  for (const [tool, args] of calls) ({ state, outcome: last } = vehicle.step(state, { tool, args } as never));
  return last!;
};

/** Reads nothing but a hint's text, and makes the calls that it speaks of. */
function readHint(text: string): Made[] {
  const calls: Made[] = [];
  const unlocked = /unlocked now: ([^)]*)\)/.exec(text);
  if (unlocked)
    calls.push(["lockDoors", { unlock: false, door: [...unlocked[1]!.matchAll(/'(\w+)'/g)].map((m) => m[1]) }]);
  if (text.includes("brake pedal all the way down")) calls.push(["pressBrakePedal", { pedalPosition: 1 }]);
  const level = /fuel in the tank \((-[\d.]+) gallons now\)/.exec(text);
  if (level) calls.push(["fillFuelTank", { fuelAmount: 1 - Number(level[1]) }]);
  return calls;
}

test("one hint names all that keeps the engine from starting; a reader of it starts the engine without a further failure", () => {
  const lock = fc.constantFrom("locked", "unlocked");
  const config = fc.record({
    doorStatus: fc.record(Object.fromEntries(doors.map((door) => [door, lock]))),
    brakePedalStatus: fc.constantFrom("pressed", "released"),
    brakePedalForce: fc.constantFrom(0, 300, 1000, { $float: "1000.0" }),
    fuelLevel: fc.constantFrom(-3, 0, 12.5, 50),
  });
  let started = 0;
  fc.assert(
    fc.property(config, (car) => {
      if (run(car, [start]).ok) return;
      const hint = hintsOf(vehicleHints, car, [start]).guide!;
      const calls = readHint(hint.text);
      const repaired = calls.map((_, index) => run(car, calls.slice(0, index + 1)));
      expect(repaired.every(({ ok }) => ok)).toBe(true);
      expect(run(car, [...calls, start]).ok, hint.text).toBe(true);
      started++;
    }),
  );
  expect(started).toBeGreaterThan(50);
});

test("the same call reads differently in two states, and names tools at `direct` alone", () => {
  const released = hintsOf(vehicleHints, {}, [start]);
  const locked = hintsOf(vehicleHints, {}, [["lockDoors", { unlock: false, door: [...doors] }], start]);
  expect(released.diagnose!.text).toContain(
    "all doors locked (unlocked now: 'driver', 'passenger', 'rear_left', 'rear_right')",
  );
  expect(released.diagnose!.text).toContain("brake pedal fully pressed (it is released, with 0.0 of 1000.0 newtons)");
  expect(locked.diagnose!.text).not.toContain("doors");
  expect(released.guide!.text).not.toMatch(/lockDoors|pressBrakePedal/);
  expect(released.direct!.suggestion).toEqual({
    unmet: ["all doors locked", "brake pedal fully pressed"],
    tools: ["lockDoors", "pressBrakePedal"],
  });
});

test("the room in the tank is what the hint says, and filling that much works", () => {
  const { diagnose, guide } = hintsOf(vehicleHints, { fuelLevel: 12.5 }, [["fillFuelTank", { fuelAmount: 50 }]]);
  expect(diagnose!.text).not.toContain("37.5");
  expect(guide!.text).toContain("room for 37.5 gallons");
  expect(run({ fuelLevel: 12.5 }, [["fillFuelTank", { fuelAmount: guide!.suggestion.values![0] }]]).ok).toBe(true);
  expect(hintsOf(vehicleHints, { fuelLevel: 50 }, [["fillFuelTank", { fuelAmount: 1 }]]).guide!.text).toContain(
    "full already",
  );
});

test("cruise control tells at once what the engine itself still needs", () => {
  const cruise: Made = ["setCruiseControl", { speed: 65, activate: true, distanceToNextVehicle: 100 }];
  const { direct } = hintsOf(vehicleHints, {}, [cruise]);
  expect(direct!.suggestion.tools).toEqual(["lockDoors", "pressBrakePedal", "startEngine"]);
  const calls = [...readHint(direct!.text), start, cruise];
  expect(run({}, calls).ok).toBe(true);
});

test.each<[Made, string, RegExp]>([
  [["get_zipcode_based_on_city", { city: "rivermist" }], "unknownCity", /'Rivermist'/],
  [["get_zipcode_based_on_city", { city: "San Fransisco" }], "unknownCity", /'San Francisco'/],
  [
    ["estimate_distance", { cityA: "Rivermist", cityB: "74532" }],
    "unknownZipcode",
    /a city's name is not taken[\s\S]*get_zipcode_based_on_city/,
  ],
  [["estimate_distance", { cityA: "56108", cityB: "94016" }], "noRoute", /over one city in between/],
  [["displayCarStatus", { option: "door" }], "invalidOption", /'doors'/],
  [["setHeadlights", { mode: "bright" }], "invalidMode", /'on', 'off', 'auto'/],
  [["get_outside_temperature_from_weather_com", {}], "serviceUnavailable", /get_outside_temperature_from_google/],
  [
    ["lockDoors", { unlock: false, door: ["driver", "trunk"] }],
    "unknownDoor",
    /no door 'trunk'\. Done before that: 'driver' locked/,
  ],
  [
    ["adjustClimateControl", { temperature: 20, fanSpeed: 150 }],
    "fanSpeedOutOfRange",
    /nearest that is possible is 100/,
  ],
  [["pressBrakePedal", { pedalPosition: 5 }], "pedalPositionOutOfRange", /give 1 to press it fully/],
  [["startEngine", { ignitionMode: "GO" }], "doorsUnlocked", /one of 'START', 'STOP'/],
])("%j", (call, code, expected) => {
  const met = hintsOf(vehicleHints, {}, [call]);
  expect(met.code).toBe(code);
  expect(met.direct!.text).toMatch(expected);
});

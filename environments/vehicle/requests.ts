import { defineRequests } from "../../src/generate/define-requests.ts";
import { invent } from "../../src/generate/free-value.ts";
import { vehicle } from "./index.ts";

/** How drivers speak to their car. */
export const vehicleRequests = defineRequests(vehicle, {
  nouns: {
    fuelAmount: { noun: "amount", open: "a certain number of" },
    distance: { noun: "distance", open: "a certain number of" },
    temperature: { noun: "temperature", open: "a certain number of" },
    door: "doors",
    pedalPosition: "position of the pedal",
    cityA: "zip code of the start",
    cityB: "zip code of the end",
    distanceToNextVehicle: { noun: "distance to keep", open: "a certain number of" },
    option: "part of the status",
    messages: "messages",
    liter: { noun: "amount", open: "a certain number of" },
    gallon: { noun: "amount", open: "a certain number of" },
  },
  tools: {
    startEngine: {
      ask: (_, { ignitionMode }) => (ignitionMode === "START" ? "start the engine" : "stop the engine"),
      values: { ignitionMode: () => ["START"] },
    },
    fillFuelTank: {
      ask: ({ fuelAmount }) => `fill ${fuelAmount} gallons of fuel into the tank`,
      values: { fuelAmount: (_, random) => [1 + random.below(20)] },
    },
    lockDoors: {
      ask: ({ door }, { unlock }) => `${unlock ? "unlock" : "lock"} these doors: ${door}`,
      values: { unlock: () => [false, false, true] },
    },
    adjustClimateControl: {
      ask: ({ temperature, unit, fanSpeed, mode }) =>
        `set the air conditioning to ${temperature} degrees ${unit ?? "celsius"}${fanSpeed ? `, fan speed ${fanSpeed}` : ""}${mode ? `, mode ${mode}` : ""}`,
      values: {
        temperature: (_, random) => [17 + random.below(10)],
        unit: () => ["celsius"],
        fanSpeed: (_, random) => [10 * (1 + random.below(9))],
      },
    },
    get_outside_temperature_from_google: () => "look up the outside temperature on Google",
    get_outside_temperature_from_weather_com: {
      ask: () => "look up the outside temperature on weather.com",
      unused: true,
    },
    setHeadlights: {
      ask: ({ mode }) => `switch the headlights to ${mode}`,
      values: { mode: () => ["on", "off"] },
    },
    displayCarStatus: ({ option }) => `show me this part of the car's status: ${option}`,
    activateParkingBrake: (_, { mode }) =>
      mode === "engage" ? "engage the parking brake" : "release the parking brake",
    pressBrakePedal: {
      ask: ({ pedalPosition }, args) =>
        args.pedalPosition === 1
          ? "press the brake pedal all the way, to 1"
          : `press the brake pedal to the position ${pedalPosition}`,
      values: { pedalPosition: () => [1, 1, 0.25, 0.5, 0.75] },
    },
    releaseBrakePedal: () => "let go of the brake pedal",
    setCruiseControl: {
      ask: ({ speed, distanceToNextVehicle }, { activate }) =>
        `switch cruise control ${activate ? "on" : "off"} with a speed of ${speed} and ${distanceToNextVehicle} metres to the next vehicle`,
      values: {
        speed: (_, random) => [5 * (4 + random.below(12))],
        activate: () => [true],
        distanceToNextVehicle: (_, random) => [20 + 10 * random.below(10)],
      },
    },
    get_current_speed: () => "tell me the current speed",
    display_log: {
      ask: (said) => `put on the display: ${said.messages}`,
      values: {
        messages: (_, random) => [[invent.sentence(random)], [invent.sentence(random), invent.sentence(random)]],
      },
    },
    estimate_drive_feasibility_by_mileage: {
      ask: ({ distance }) => `tell me whether the fuel lasts for ${distance} miles`,
      values: { distance: (_, random) => [20 + 10 * random.below(60)] },
    },
    liter_to_gallon: {
      ask: ({ liter }) => `convert ${liter} litres to gallons`,
      values: { liter: (_, random) => [2 + random.below(120)] },
    },
    gallon_to_liter: {
      ask: ({ gallon }) => `convert ${gallon} gallons to litres`,
      values: { gallon: (_, random) => [2 + random.below(40)] },
    },
    estimate_distance: ({ cityA, cityB }) => `estimate the distance between the zip codes ${cityA} and ${cityB}`,
    get_zipcode_based_on_city: ({ city }) => `look up the zip code of ${city}`,
    set_navigation: {
      ask: ({ destination }) => `navigate to ${destination}`,
      values: {
        destination: (_, random) => [
          `${10 + random.below(900)} ${invent.fullName(random).split(" ")[1]} Street, ${random.pick(["Rivermist", "Stonebrook", "Maplecrest", "Silverpine"])}, CA`,
        ],
      },
    },
    check_tire_pressure: () => "check the pressure of the tires",
    find_nearest_tire_shop: () => "find the nearest tire shop",
  },
});

import { compare } from "../../src/python/number.ts";
import { adjustClimateControl, lockDoors, setHeadlights } from "./cabin-tools.ts";
import { activateParkingBrake, pressBrakePedal, releaseBrakePedal, setCruiseControl } from "./driving-tools.ts";
import { estimate_drive_feasibility_by_mileage, fillFuelTank, gallon_to_liter, liter_to_gallon } from "./fuel-tools.ts";
import { estimate_distance, get_zipcode_based_on_city, set_navigation } from "./navigation-tools.ts";
import {
  get_current_speed,
  get_outside_temperature_from_google,
  get_outside_temperature_from_weather_com,
} from "./sensor-tools.ts";
import { startEngine } from "./start-engine.ts";
import { tankCapacity, unlockedDoors, vehicleState } from "./state.ts";
import { check_tire_pressure, display_log, displayCarStatus, find_nearest_tire_shop } from "./status-tools.ts";

/** BFCL's VehicleControlAPI: 22 tools of a car. The forces of the brakes, the slope and the random numbers are not compared. */
export const vehicle = vehicleState.environment({
  tools: {
    startEngine,
    fillFuelTank,
    lockDoors,
    adjustClimateControl,
    get_outside_temperature_from_google,
    get_outside_temperature_from_weather_com,
    setHeadlights,
    displayCarStatus,
    activateParkingBrake,
    pressBrakePedal,
    releaseBrakePedal,
    setCruiseControl,
    get_current_speed,
    display_log,
    estimate_drive_feasibility_by_mileage,
    liter_to_gallon,
    gallon_to_liter,
    estimate_distance,
    get_zipcode_based_on_city,
    set_navigation,
    check_tire_pressure,
    find_nearest_tire_shop,
  },
  public: {
    fuelLevel: true,
    batteryVoltage: true,
    engine_state: (state) => state.engineState,
    remainingUnlockedDoors: (state) => unlockedDoors(state).length,
    doorStatus: true,
    acTemperature: true,
    fanSpeed: true,
    acMode: true,
    humidityLevel: true,
    headLightStatus: true,
    parkingBrakeStatus: true,
    brakePedalStatus: true,
    distanceToNextVehicle: true,
    cruiseStatus: true,
    destination: true,
    frontLeftTirePressure: true,
    frontRightTirePressure: true,
    rearLeftTirePressure: true,
    rearRightTirePressure: true,
    long_context: (state) => state.extension !== null,
  },
  invariants: {
    "the tank holds no more than it can": ({ fuelLevel }) => !(compare(fuelLevel, tankCapacity) > 0),
    "the random numbers drawn come in pairs of words": ({ random }) => random.draws >= 0 && random.draws % 2 === 0,
  },
});

import { z } from "zod";
import { freezeDeep } from "../../src/core/freeze.ts";
import { failure } from "../../src/core/outcome.ts";
import { compare, divide, multiply, subtract } from "../../src/python/number.ts";
import { float, integer } from "../../src/python/schema.ts";
import { repr } from "../../src/python/text.ts";
import { doorsLocked } from "./start-engine.ts";
import { doors, headlightStatus, unlockedDoors, vehicleState } from "./state.ts";

type Door = (typeof doors)[number];
const isDoor = (name: string): name is Door => (doors as readonly string[]).includes(name);

export const lockDoors = vehicleState
  .write({
    description:
      "Lock the doors in a list, or unlock them if `unlock` is true. Doors are driver, passenger, rear_left and rear_right.",
    args: z.object({ unlock: z.boolean(), door: z.array(z.string()) }),
    result: z.strictObject({ lockStatus: z.enum(["locked", "unlocked"]), remainingUnlockedDoors: z.int() }),
    failures: {
      unknownDoor: failure(
        z.strictObject({
          door: z.string(),
          unknown: z.array(z.string()),
          doors: z.array(z.enum(doors)),
          /** Doors named before the unknown one: they are as they were asked to be. */
          done: z.array(z.enum(doors)),
        }),
        ({ door }) => repr(door),
        { wire: "raised" },
      ),
    },
    candidates: { door: (state) => [[...doors], unlockedDoors(state), ...doors.map((door) => [door])] },
    provides: [doorsLocked],
    onFailure: "commit",
  })
  .run(({ state, draft, args, fail }) => {
    const status = args.unlock ? "unlocked" : "locked";
    const stop = args.door.findIndex((door) => !isDoor(door));
    const done = [...new Set((stop < 0 ? args.door : args.door.slice(0, stop)) as Door[])];
    const changing = done.filter((door) => state.doorStatus[door] !== status);
    if (changing.length > 0)
      draft().doorStatus = { ...state.doorStatus, ...Object.fromEntries(changing.map((door) => [door, status])) };
    if (stop >= 0)
      return fail.unknownDoor({
        door: args.door[stop]!,
        unknown: args.door.filter((door) => !isDoor(door)),
        doors: [...doors],
        done,
      });
    const before = unlockedDoors(state).length;
    return {
      lockStatus: status,
      remainingUnlockedDoors: args.unlock ? before + changing.length : before - changing.length,
    };
  });

const leastFan = 0;
const mostFan = 100;

export const adjustClimateControl = vehicleState
  .write({
    description:
      "Set the air conditioning: a temperature in 'celsius' or 'fahrenheit', a fan speed from 0 to 100 and a mode ('auto', 'cool', 'heat', 'defrost'). What is left out goes back to its default.",
    args: z.object({
      temperature: float,
      unit: z.string().default("celsius"),
      fanSpeed: integer.default(50),
      mode: z.string().default("auto"),
    }),
    result: z.strictObject({ currentACTemperature: float, climateMode: z.string(), humidityLevel: float }),
    failures: {
      fanSpeedOutOfRange: failure(
        z.strictObject({ fanSpeed: integer, least: z.int(), most: z.int() }),
        () => "Fan speed must be between 0 and 100.",
      ),
    },
    candidates: {
      temperature: () => [22, { $float: "72.0" }],
      unit: () => ["celsius", "fahrenheit"],
      fanSpeed: () => [0, 50, 100, 101],
      mode: () => ["auto", "cool", "heat", "defrost"],
    },
    // Converting may raise, when the temperature has been set as it is.
    onFailure: "commit",
  })
  .run(({ state, draft, args: { temperature, unit, fanSpeed, mode }, fail }) => {
    if (!(compare(fanSpeed, leastFan) >= 0 && compare(fanSpeed, mostFan) <= 0))
      return fail.fanSpeedOutOfRange({ fanSpeed, least: leastFan, most: mostFan });
    const next = draft();
    next.acTemperature = temperature;
    if (unit === "fahrenheit") next.acTemperature = divide(multiply(subtract(temperature, 32), 5), 9);
    next.fanSpeed = fanSpeed;
    next.acMode = mode;
    return { currentACTemperature: temperature, climateMode: mode, humidityLevel: state.humidityLevel };
  });

const headlightModes = freezeDeep(["on", "off", "auto"]);

export const setHeadlights = vehicleState
  .write({
    description: "Switch the headlights 'on' or 'off'. 'auto' is taken too, and switches them off.",
    args: z.object({ mode: z.string() }),
    result: z.strictObject({ headlightStatus }),
    failures: {
      invalidMode: failure(
        z.strictObject({ mode: z.string(), modes: z.array(z.string()) }),
        () => "Invalid headlight mode.",
      ),
    },
    candidates: { mode: () => headlightModes },
  })
  .run(({ state, draft, args: { mode }, fail }) => {
    if (!headlightModes.includes(mode)) return fail.invalidMode({ mode, modes: headlightModes });
    const status = mode === "on" ? "on" : "off";
    if (state.headLightStatus !== status) draft().headLightStatus = status;
    return { headlightStatus: status };
  });

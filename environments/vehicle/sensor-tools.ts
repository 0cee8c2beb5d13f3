import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import { withItem } from "../../src/python/dict.ts";
import { floatValue } from "../../src/python/number.ts";
import { type RandomDraw, randomUniform } from "../../src/python/random.ts";
import { float, pyValue } from "../../src/python/schema.ts";
import type { PyNumber } from "../../src/python/value.ts";
import { vehicleState } from "./state.ts";

/** A measurement draws from the vehicle's random numbers, so each reading changes the readings that follow. */
function measure(draw: RandomDraw, next: { random: { draws: number } }): PyNumber {
  next.random.draws = draw.random.draws;
  return floatValue(draw.value);
}

export const get_outside_temperature_from_google = vehicleState
  .write({
    description: "Read the outside temperature in degrees Celsius.",
    args: z.object({}),
    // In long-context mode the weather of past days, whatever a pack says of it, comes before the temperature.
    result: z.union([z.strictObject({ outsideTemperature: float }), pyValue]),
  })
  .run(({ state, draft }) => {
    const outsideTemperature = measure(randomUniform(state.random, -10, 40), draft());
    const weather = state.extension?.weather;
    return weather ? withItem(weather, "outsideTemperature", outsideTemperature) : { outsideTemperature };
  });

export const get_outside_temperature_from_weather_com = vehicleState
  .read({
    description: "Ask weather.com for the outside temperature. The service does not answer.",
    args: z.object({}),
    result: z.never(),
    failures: {
      serviceUnavailable: failure(
        z.strictObject({ instead: z.literal("get_outside_temperature_from_google") }),
        () => "404",
        { wire: () => ({ error: 404 }) },
      ),
    },
  })
  .run(({ fail }) => fail.serviceUnavailable({ instead: "get_outside_temperature_from_google" }));

export const get_current_speed = vehicleState
  .write({
    description: "Read the current speed in km/h.",
    args: z.object({}),
    result: z.strictObject({ currentSpeed: float }),
  })
  .run(({ state, draft }) => ({ currentSpeed: measure(randomUniform(state.random, 0, 120), draft()) }));

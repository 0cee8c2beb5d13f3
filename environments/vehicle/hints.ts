import { nearestNames } from "../../src/core/nearest-name.ts";
import type { Advice } from "../../src/feedback/advice.ts";
import { defineHints } from "../../src/feedback/define-hints.ts";
import { listed, quoted, shortly } from "../../src/feedback/words.ts";
import { subtract } from "../../src/python/arithmetic.ts";
import { compare } from "../../src/python/number.ts";
import { str } from "../../src/python/text.ts";
import type { PyValue } from "../../src/python/value.ts";
import { vehicle } from "./index.ts";
import { brakeFullyPressed, doorsLocked, type EngineFacts, engineRunning, fuelInTank } from "./start-engine.ts";

const number = (value: unknown): string => str(value as PyValue);

/** What keeps the engine from starting, all at once: the condition, what is true instead, and the way to it. */
function startAdvice(facts: EngineFacts, prefix = ""): Advice {
  const obstacles: { unmet: string; now: string; way: string; call: string; tool: string }[] = [];
  const has = (...names: readonly EngineFacts["problems"][number][]) =>
    names.some((name) => facts.problems.includes(name));
  if (has("doorsUnlocked"))
    obstacles.push({
      unmet: doorsLocked,
      now: `unlocked now: ${quoted(facts.unlockedDoors)}`,
      way: `lock the doors ${quoted(facts.unlockedDoors)}`,
      call: "'lockDoors' with unlock=False and these doors",
      tool: "lockDoors",
    });
  if (has("brakePedalReleased", "brakePedalNotFullyPressed"))
    obstacles.push({
      unmet: brakeFullyPressed,
      now: `it is ${facts.brakePedalStatus}, with ${number(facts.brakePedalForce)} of ${number(facts.neededBrakePedalForce)} newtons`,
      way: "press the brake pedal all the way down and keep it there",
      call: "'pressBrakePedal' with the highest position, 1",
      tool: "pressBrakePedal",
    });
  if (has("fuelBelowZero"))
    obstacles.push({
      unmet: fuelInTank,
      now: `${number(facts.fuelLevel)} gallons now`,
      way: "add fuel until the level is zero or more",
      call: "'fillFuelTank'",
      tool: "fillFuelTank",
    });
  const mode = facts.ignitionMode !== "START" && has("invalidIgnitionMode");
  const conditions = obstacles.map(({ unmet, now }) => `${unmet} (${now})`).join("; ");
  return {
    diagnose: [
      prefix,
      obstacles.length > 0 ? `The engine cannot start yet. Not met: ${conditions}.` : "",
      mode ? `'${shortly(facts.ignitionMode)}' is no ignitionMode.` : "",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
    guide: [
      obstacles.length > 0 ? `First ${listed(obstacles.map(({ way }) => way))}; then try again.` : "",
      mode ? `The ignitionMode is one of ${quoted(facts.ignitionModes)}.` : "",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
    direct: obstacles.length > 0 ? `Call ${listed(obstacles.map(({ call }) => call))}.` : "",
    unmet: obstacles.map(({ unmet }) => unmet),
    tools: obstacles.map(({ tool }) => tool),
    // With a condition unmet, another mode alone would change nothing.
    ...(mode && obstacles.length === 0 ? { argument: "ignitionMode", values: facts.ignitionModes } : {}),
  };
}

const startRule = ({ error }: { readonly error: { readonly data: EngineFacts } }): Advice => startAdvice(error.data);

/** An argument that takes one of a few words. */
function optionAdvice(argument: string, given: string, options: readonly string[]): Advice {
  const near = options.length <= 3 ? options : nearestNames(given, options);
  return {
    diagnose: `'${shortly(given)}' is no ${argument} that this tool takes.`,
    guide:
      near.length > 0
        ? `For ${argument}, try ${quoted(near)}.`
        : `The words for ${argument} are in the tool's description.`,
    direct: near.length > 0 ? "" : `It takes ${quoted(options)}.`,
    argument,
    values: near,
  };
}

const speedAdvice = ({ error: { data } }: { readonly error: { readonly data: SpeedFacts } }): Advice => ({
  diagnose: `A speed of ${number(data.speed)} cannot be held: it must be from ${data.least} to ${data.most} mph and a multiple of ${data.step}.`,
  guide: `Choose another speed within ${data.least} and ${data.most} in steps of ${data.step}.`,
  direct: "",
  argument: "speed",
});
interface SpeedFacts {
  readonly speed: unknown;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** Hints on the failures of the car. */
export const vehicleHints = defineHints(vehicle, {
  startEngine: {
    doorsUnlocked: startRule,
    brakePedalReleased: startRule,
    brakePedalNotFullyPressed: startRule,
    fuelBelowZero: startRule,
    invalidIgnitionMode: startRule,
    stoppedAllTheSame: ({ error: { data } }) => ({
      diagnose:
        data.engineStateBefore === "running"
          ? "The engine has been stopped, although the answer reads like an error: it tells what a start would lack."
          : "The engine was stopped already, and is; the answer tells what a start would lack.",
      guide: "Nothing more is needed to stop it.",
      direct: "",
    }),
  },
  fillFuelTank: {
    aboveCapacity: ({ args, error: { data } }) => {
      const room = subtract(data.capacity, data.fuelLevel);
      const full = compare(room, 0) <= 0;
      return {
        diagnose: `The tank holds ${data.capacity} gallons, and with ${number(args.fuelAmount)} more there would be too much in it.`,
        guide: full
          ? "The tank is full already."
          : `There is room for ${number(room)} gallons: give a fuelAmount up to that, in gallons and not in litres.`,
        direct: "",
        ...(full ? {} : { argument: "fuelAmount", values: [room] }),
      };
    },
    negativeAmount: ({ error: { data } }) => ({
      diagnose: `${number(data.fuelAmount)} is below zero: fuel can be added, never taken out.`,
      guide: "Give a fuelAmount above zero, in gallons.",
      direct: "",
      argument: "fuelAmount",
    }),
    belowEmpty: ({ error: { data } }) => ({
      diagnose: `The fuel level is ${number(data.fuelLevel)} gallons, and would be below zero still.`,
      guide: "Give a fuelAmount that brings it to zero or more.",
      direct: "",
      argument: "fuelAmount",
    }),
  },
  lockDoors: {
    unknownDoor: ({ args, error: { data } }) => ({
      diagnose: `The car has no door ${quoted(data.unknown.map(shortly))}.${data.done.length > 0 ? ` Done before that: ${quoted(data.done)} ${args.unlock ? "unlocked" : "locked"}.` : ""}`,
      guide: `The doors are ${quoted(data.doors)}.`,
      direct: "",
      argument: "door",
    }),
  },
  adjustClimateControl: {
    fanSpeedOutOfRange: ({ error: { data } }) => ({
      diagnose: `A fanSpeed of ${number(data.fanSpeed)} is not possible: it goes from ${data.least} to ${data.most}.`,
      guide: `For fanSpeed, the nearest that is possible is ${compare(data.fanSpeed, data.most) > 0 ? data.most : data.least}.`,
      direct: "",
      argument: "fanSpeed",
      values: [compare(data.fanSpeed, data.most) > 0 ? data.most : data.least],
    }),
  },
  get_outside_temperature_from_weather_com: {
    serviceUnavailable: ({ error: { data } }) => ({
      diagnose: "The service of weather.com does not answer, and will not at another try.",
      guide: "There is another source for the outside temperature; use that.",
      direct: `Call '${data.instead}'.`,
      tools: [data.instead],
    }),
  },
  setHeadlights: { invalidMode: ({ error: { data } }) => optionAdvice("mode", data.mode, data.modes) },
  activateParkingBrake: { invalidMode: ({ error: { data } }) => optionAdvice("mode", data.mode, data.modes) },
  displayCarStatus: { invalidOption: ({ error: { data } }) => optionAdvice("option", data.option, data.options) },
  pressBrakePedal: {
    pedalPositionOutOfRange: ({ error: { data } }) => ({
      diagnose: `A pedalPosition of ${number(data.pedalPosition)} is not possible: it goes from ${data.least}, released, to ${data.most}, fully pressed.`,
      guide: `For pedalPosition, give ${data.most} to press it fully, or less.`,
      direct: "",
      argument: "pedalPosition",
      values: [data.most],
    }),
  },
  setCruiseControl: {
    engineStopped: ({ error: { data } }) => {
      const { problems } = data.start;
      const first = startAdvice(data.start);
      const start = {
        diagnose: `Cruise control needs the ${engineRunning}; it is stopped now.`,
        guide: "Start the engine first.",
        direct: "Call 'startEngine'.",
        unmet: [engineRunning],
        tools: ["startEngine"],
      };
      if (problems.length === 0) return start;
      return {
        diagnose: `${start.diagnose} ${first.diagnose}`,
        guide: `${first.guide} Then start it, and come back to this.`,
        direct: `${first.direct} Then 'startEngine'.`,
        unmet: [engineRunning, ...(first.unmet ?? [])],
        tools: [...(first.tools ?? []), "startEngine"],
      };
    },
    speedOutOfRange: speedAdvice,
    speedNotMultipleOfFive: speedAdvice,
  },
  estimate_distance: {
    unknownZipcode: ({ error: { data } }) => {
      const wrong = data.unknown.map(({ given }) => shortly(given));
      const argument = data.unknown[0]!.given === data.cityA ? "cityA" : "cityB";
      const named = data.unknown.some(({ zipcode }) => zipcode !== null);
      return {
        diagnose: `${quoted(wrong)} ${wrong.length > 1 ? "are" : "is"} not known as a zip code${named ? "; a city's name is not taken here" : ""}.`,
        guide: `Find out the zip code of the city first, for ${argument}.`,
        direct: "Call 'get_zipcode_based_on_city' with the city's name.",
        argument,
        tools: ["get_zipcode_based_on_city"],
      };
    },
    noRoute: ({ error: { data } }) => ({
      diagnose: `Both zip codes are known, but there is no entry for the way from ${data.cityA} to ${data.cityB}.`,
      guide: data.reachableFromA.some((stop) => data.reachableFromB.includes(stop))
        ? "There is a way over one city in between: ask for its two parts."
        : "Make sure that these are the cities you mean.",
      direct: "",
    }),
  },
  get_zipcode_based_on_city: {
    unknownCity: ({ error: { data } }) => {
      const near = data.closest === null ? nearestNames(data.city, data.cities) : [data.closest];
      return {
        diagnose: `No city is known as '${shortly(data.city)}'; the zip code 00000 means just that.`,
        guide:
          near.length > 0
            ? `For city, give a name alone and spelt as it is known: ${quoted(near)}.`
            : "Give the city's name alone, without street or state.",
        direct: "",
        argument: "city",
        values: near,
      };
    },
  },
});

import type { Advice } from "../../src/feedback/advice.ts";
import { defineHints, type HintContext } from "../../src/feedback/define-hints.ts";
import { ago, type History } from "../../src/feedback/history.ts";
import { shortly } from "../../src/feedback/words.ts";
import { attempt } from "../../src/python/attempt.ts";
import { PythonError } from "../../src/python/error.ts";
import { isIntTag } from "../../src/python/kind.ts";
import { absolute, compare, isInt } from "../../src/python/number.ts";
import { round } from "../../src/python/round.ts";
import { str } from "../../src/python/text.ts";
import type { PyNumber, PyValue } from "../../src/python/value.ts";
import { unsupportedUnits } from "./hints/units.ts";
import { math } from "./index.ts";

/** A number as Python writes it, cut where it is long; Python refuses to write the longest. */
function number(value: unknown): string {
  const text = attempt(() => str(value as PyValue));
  return text instanceof PythonError ? "a number of thousands of digits" : shortly(text);
}
/** Whether a number can be written out in a hint. */
const isShort = (value: PyNumber): boolean => number(value).length <= 40;

/** Where a number may have come from: the last calculation that gave it. */
function originOf(history: History, value: PyNumber): string {
  const past = history.findLast((one) => one.failure === undefined && one.text === `{"result": ${number(value)}}`);
  return past ? ` That number is what a calculation returned ${ago(past)}.` : "";
}

/** Zero where one number is divided by another. */
const zeroDivisor =
  (divisor: string, dividend: string) =>
  ({ args, history }: HintContext<unknown, any>): Advice => {
    const [below, above] = [args[divisor] as PyNumber, args[dividend] as PyNumber];
    const bothZero = compare(above, 0) === 0;
    return {
      diagnose: `'${divisor}' is ${number(below)}, and nothing can be divided by zero.`,
      guide: `${bothZero ? `'${dividend}' is zero too: look again at both numbers.` : `Give another '${divisor}'; if '${dividend}' and '${divisor}' were mixed up, give them the other way round.`}${originOf(history, below)} If it is zero indeed, tell the user that there is no such result.`,
      direct: "",
      argument: divisor,
    };
  };

const emptyList =
  (sought: string) =>
  ({ history }: HintContext): Advice => {
    const earlier = history.filter(({ failure }) => failure === undefined).length;
    return {
      diagnose: `'numbers' is an empty list, which has no ${sought}.`,
      guide: `Give at least one number, as a list: ${earlier > 0 ? "take them from the conversation, or from what earlier calls returned" : "take them from the conversation; no call has returned anything yet"}.`,
      direct: "",
      argument: "numbers",
    };
  };

/** The whole number nearest to one that is not, and at least `least`; none for infinity and the like. */
function nearestWhole(value: PyNumber, least: number | undefined): PyNumber[] {
  const whole = attempt(() => round(value));
  if (whole instanceof PythonError) return [];
  return [least !== undefined && compare(whole, least) < 0 ? least : whole].filter(isShort);
}

const wholeRule = (argument: string, value: PyNumber) =>
  `'${argument}' must be a whole number, written without a point, and is ${number(value)}`;

function notWhole(argument: string, value: PyNumber, least?: number): Advice {
  const values = nearestWhole(value, least);
  return {
    diagnose: `${wholeRule(argument, value)}.`,
    guide: `For '${argument}', give ${values.length > 0 ? `the whole number nearest to it, ${values.map(number).join(", ")}` : "a whole number"}.`,
    direct: "",
    argument,
    values,
  };
}

/** Only whole numbers grow beyond what a conversion takes. */
const digitsOf = (value: PyNumber): number => (isIntTag(value) ? value.$int.replace("-", "").length : 308);

const tooLarge =
  (tool: string) =>
  ({ args, error }: HintContext<unknown, any>): Advice => ({
    diagnose: `'value' has ${digitsOf(error.data.value)} digits, and a conversion takes no more than about 308.`,
    guide: `Give a smaller 'value': count it in a larger unit than '${args.unit_in}', or look again at how it was computed.`,
    direct: `Call 'divide' to bring it down, then '${tool}'.`,
    argument: "value",
    tools: ["divide", tool],
    anew: true,
  });

const isOne = (base: unknown): boolean => Number(number(base)) === 1;
const baseRule = "'base' must not be 1";

/** Hints on the failures of the calculations, which have no state: they look at the call and at what was computed before. */
export const mathHints = defineHints(math, {
  divide: { divisionByZero: zeroDivisor("b", "a") },
  percentage: { wholeIsZero: zeroDivisor("whole", "part") },
  round_number: {
    placesNotWhole: ({ error: { data } }) => notWhole("decimal_places", data.decimalPlaces),
  },
  mean: { emptyList: emptyList("mean") },
  standard_deviation: { emptyList: emptyList("standard deviation") },
  min_value: { emptyList: emptyList("smallest number") },
  max_value: { emptyList: emptyList("largest number") },
  sum_values: { emptyList: emptyList("sum here") },
  logarithm: {
    baseIsOne: ({ error: { data }, history }) => ({
      diagnose: `${baseRule}: every power of 1 is 1, so no number but 1 has a logarithm to it. The empty error says just that.`,
      guide: `For 'base', the usual ones are 10 and 2; take the one that was asked for, and mind that the number itself (${number(data.value)}) is 'value'.${history.length > 0 ? originOf(history, 1) : ""}`,
      direct: "",
      unmet: [baseRule],
      argument: "base",
      values: [10, 2],
    }),
    invalidPrecision: ({ args, error: { data } }) => ({
      diagnose: `'precision' cannot be ${number(data.precision)}: ${data.reason}.${isOne(args.base) ? ` Besides, ${baseRule}.` : ""}`,
      guide: "For 'precision', give a count of decimal digits that someone would read, such as 10.",
      direct: "",
      argument: "precision",
      values: [10],
      ...(isOne(args.base) ? { unmet: [baseRule] } : {}),
    }),
  },
  square_root: {
    negativeNumber: ({ args, error: { data } }) => {
      const size = absolute(data.number);
      const unmet = ["'number' must not be negative"];
      if (!isInt(args.precision)) unmet.push(wholeRule("precision", args.precision));
      return {
        diagnose: `${unmet.join("; ")}. The number is ${number(data.number)}, which has no real square root.`,
        guide: `If the sign is a slip, give ${number(size)} for 'number'; if not, tell the user that there is no real root.${isInt(args.precision) ? "" : " Give 'precision' as a whole number too."}`,
        direct: "",
        unmet,
        argument: "number",
        values: [size].filter(isShort),
      };
    },
    precisionNotWhole: ({ error: { data } }) => notWhole("precision", data.precision, 1),
  },
  si_unit_conversion: {
    unsupportedUnits: unsupportedUnits("si_unit_conversion"),
    tooLarge: tooLarge("si_unit_conversion"),
  },
  imperial_si_conversion: {
    unsupportedUnits: unsupportedUnits("imperial_si_conversion"),
    tooLarge: tooLarge("imperial_si_conversion"),
  },
});

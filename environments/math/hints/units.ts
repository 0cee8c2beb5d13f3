import type { Advice } from "../../../src/feedback/advice.ts";
import type { HintContext } from "../../../src/feedback/define-hints.ts";
import { listed, quoted, shortly } from "../../../src/feedback/words.ts";
import { conversions, metricUnits } from "../units.ts";
import { type ConversionStep, distanceMeant, unitMeant, wayBetween } from "./unit-names.ts";

type Converting = HintContext<unknown, { readonly unit_in: string; readonly unit_out: string }>;
type Guidance = Omit<Advice, "diagnose">;

/** Two units that a tool cannot convert: other words for them, the way over a third unit, or that there is none. */
export const unsupportedUnits =
  (tool: ConversionStep["tool"]) =>
  ({ args: { unit_in, unit_out }, offered }: Converting): Advice => ({
    diagnose: ruleOf(tool, unit_in, unit_out),
    ...guidance(tool, unit_in, unit_out, offered),
  });

function ruleOf(tool: ConversionStep["tool"], from: string, to: string): string {
  const taken = tool === "si_unit_conversion" ? metricUnits : conversions.flatMap((one) => [one.from, one.to]);
  const unknown = [...new Set([from, to])].filter((unit) => !taken.includes(unit));
  if (unknown.length > 0) {
    const kind = tool === "si_unit_conversion" ? "as a metric unit of length" : "by this conversion";
    return `${quoted(unknown.map(shortly))} ${unknown.length > 1 ? "are" : "is"} not known ${kind}; units are written exactly as the tool's description has them.`;
  }
  const targets = conversions.filter((one) => one.from === from).map((one) => one.to);
  return `There is no direct conversion from '${from}' to '${to}': '${from}' goes only to ${listed(targets.map((unit) => `'${unit}'`))}.`;
}

function guidance(tool: ConversionStep["tool"], from: string, to: string, offered: ReadonlySet<string>): Guidance {
  const speeds = [distanceMeant(from), distanceMeant(to)];
  const perHour = speeds.every((distance) => distance !== undefined);
  const [start, end] = perHour ? speeds : [unitMeant(from), unitMeant(to)];
  if (start === undefined || end === undefined) return withoutConversion(from, to, start, end, offered);
  const way = wayBetween(start, end);
  if (!way)
    return {
      guide: `'${start}' and '${end}' do not measure the same thing, so no conversion leads from one to the other: look again at what is asked for.`,
      direct: "",
    };
  if (start === end)
    return { guide: `Both mean '${start}': the value stays as it is, and nothing need be converted.`, direct: "" };
  const first = way[0]!;
  const renamed = respelt(from, to, start, way.length === 1 ? end : first.to);
  const speech = perHour ? "A speed per hour is converted as its distance is." : "";
  if (way.length === 1 && first.tool === tool)
    return { guide: sentences(speech, `Give ${renamed.text}.`), direct: "", ...renamed.change };
  const route = way.map((step) => `'${step.from}' to '${step.to}'`);
  const calls = way.map((step) => `'${step.tool}' from '${step.from}' to '${step.to}'`);
  return {
    guide: sentences(
      speech,
      way.length === 1
        ? `The way from ${route[0]} is another kind of conversion.`
        : `Convert in ${way.length} steps, each with the result of the one before: ${route.join(", then ")}.`,
      first.tool === tool ? `For the first, give ${renamed.text}.` : "",
    ),
    direct: `Call ${calls.join(", then ")}.`,
    tools: way.map((step) => step.tool),
    anew: true,
    ...(first.tool === tool ? renamed.change : {}),
  };
}

const sentences = (...all: readonly string[]): string => all.filter((one) => one !== "").join(" ");

/** What to write for the units instead; the first of the arguments that change is the one to change. */
function respelt(from: string, to: string, start: string, end: string) {
  const changes = [
    { argument: "unit_in", given: from, value: start },
    { argument: "unit_out", given: to, value: end },
  ].filter(({ given, value }) => given !== value);
  const [first] = changes;
  return {
    text: listed(changes.map(({ argument, value }) => `'${value}' for '${argument}'`)),
    change: first ? { argument: first.argument, values: [first.value] } : {},
  };
}

/** A unit that nothing here converts, unless a tool of another environment does. */
function withoutConversion(
  from: string,
  to: string,
  start: string | undefined,
  end: string | undefined,
  offered: ReadonlySet<string>,
): Guidance {
  const unknown = [...(start === undefined ? [from] : []), ...(end === undefined ? [to] : [])];
  const volumes = volumeTool(from, to);
  if (volumes !== undefined && offered.has(volumes))
    return {
      guide: "Volumes have a conversion of their own, outside of these calculations.",
      direct: `Call '${volumes}'.`,
      tools: [volumes],
      anew: true,
    };
  return {
    guide: `No conversion here knows ${quoted([...new Set(unknown)].map(shortly))}. Where the factor between the units is certain, one multiplication does it.`,
    direct: "Call 'multiply' with the value and the factor.",
    tools: ["multiply"],
    anew: true,
  };
}

function volumeTool(from: string, to: string): string | undefined {
  const [liter, gallon] = [/^(l|lit(er|re)s?)$/i, /^(gal|gallons?)$/i];
  if (liter.test(from) && gallon.test(to)) return "liter_to_gallon";
  if (gallon.test(from) && liter.test(to)) return "gallon_to_liter";
  return undefined;
}

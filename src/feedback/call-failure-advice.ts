import type { CallFailure } from "../core/call.ts";
import { nearestNames } from "../core/nearest-name.ts";
import { signatureOf } from "../core/step.ts";
import type { CallTextFailure } from "../python/execute.ts";
import type { Advice } from "./advice.ts";
import type { FailedMoment } from "./failed-moment.ts";
import { quoted } from "./words.ts";

type General = CallFailure | CallTextFailure;
type Rules = {
  readonly [C in General["code"]]: (error: Extract<General, { code: C }>, moment: FailedMoment) => Advice;
};

/** What can be said of failures that any call can end in, from the tools' own signatures. */
const rules: Rules = {
  unknownTool: ({ data: { tool } }, { offered }) => {
    const near = nearestNames(tool, [...offered]);
    const [harness] = [bareName(tool)].filter((name) => name !== tool && offered.has(name));
    const values = harness ? [harness] : near;
    return {
      diagnose: `No tool named '${tool}' can be called now.`,
      guide:
        values.length > 0
          ? `Tools with a similar name: ${quoted(values)}.`
          : "Choose among the tools that are offered to you; if none fits, say so to the user.",
      direct: values.length > 0 ? `Call '${values[0]}' if that is what you meant.` : "",
      values,
      tools: values.slice(0, 1),
    };
  },
  unknownArgument: ({ data: { tool, argument, known } }) => {
    const near = nearestNames(argument, known);
    return {
      diagnose: `'${tool}' has no argument '${argument}'; it takes ${known.length > 0 ? quoted(known) : "none"}.`,
      guide:
        near.length > 0 ? `The nearest is ${quoted(near.slice(0, 1))}.` : "Leave it out, or use an argument it has.",
      direct: "",
    };
  },
  repeatedArgument: ({ data: { tool, argument } }) => ({
    diagnose: `'${tool}' got '${argument}' twice: once by its position and once by its name.`,
    guide: `Give '${argument}' once, by name.`,
    direct: "",
    argument,
  }),
  tooManyArguments: ({ data: { tool, given, most } }, moment) => ({
    diagnose: `'${tool}' takes at most ${most} argument${most === 1 ? "" : "s"}; ${given} were given.`,
    guide: `Give its arguments by name: ${parametersOf(tool, moment)}.`,
    direct: "",
  }),
  missingArguments: ({ data: { tool, missing } }) => ({
    diagnose: `'${tool}' needs ${quoted(missing)}, which the call left out.`,
    guide: "Take each from the conversation or from earlier results; ask the user for what neither tells.",
    direct: "",
    unmet: missing,
  }),
  invalidArguments: ({ data: { tool, issues } }) => ({
    diagnose: `'${tool}' cannot take these arguments: ${issues.map(({ path, message }) => (path ? `'${path}': ${message}` : message)).join("; ")}.`,
    guide: "Give each argument in the type that the tool's description names.",
    direct: "",
    ...(issues[0]?.path ? { argument: issues[0].path } : {}),
  }),
  raised: ({ data: { tool, reason } }) => ({
    diagnose: `'${tool}' could not compute with these values: ${reason}.`,
    guide: "Call it with other values.",
    direct: "",
  }),
  malformedCall: ({ data: { position, reason } }) => ({
    diagnose: `The text could not be read as a call; at position ${position}: ${reason}.`,
    guide: "Write name(argument=value, ...) with plain values: strings in quotes, numbers, lists, dictionaries.",
    direct: "",
  }),
  blockedName: ({ data: { name } }) => ({
    diagnose: `'${name}' is a name that calls may not use.`,
    guide: "Call one of the tools that are offered to you.",
    direct: "",
  }),
};

/** The advice on a failure that any call can end in; undefined for those that a tool declares. */
export function callFailureAdvice(moment: FailedMoment): Advice | undefined {
  const { code } = moment.error;
  if (!Object.hasOwn(rules, code)) return undefined;
  return (rules as Record<string, (error: unknown, moment: FailedMoment) => Advice>)[code]!(moment.error, moment);
}

/** A tool's name without what serving stacks leave in it: control tokens, a namespace, blanks. */
function bareName(name: string): string {
  const cut = name.split("<|")[0]!.trim();
  return cut.slice(Math.max(cut.lastIndexOf("."), cut.lastIndexOf(":")) + 1);
}

function parametersOf(tool: string, { environment }: FailedMoment): string {
  const definition = environment.tools[tool];
  return definition ? quoted(signatureOf(tool, definition).parameters) : "none";
}

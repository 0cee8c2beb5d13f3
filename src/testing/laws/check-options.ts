import type { Environment } from "../../core/environment.ts";
import type { Tools } from "../../core/tool.ts";
import { declaredFailures } from "../../feedback/declared-failures.ts";
import type { LawOptions } from "./law-options.ts";
import { libraryOf } from "./subject.ts";

const isWhole = (least: number) => (value: unknown) => Number.isSafeInteger(value) && (value as number) >= least;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isStart = (value: unknown) => isRecord(value) && "config" in value;

/** What each option must be, in words. */
const expected: Readonly<Record<keyof LawOptions, readonly [string, (value: any) => boolean]>> = {
  config: ["a config of the environment", () => true],
  extension: ["what init takes beside a config", () => true],
  alsoFrom: ["a list of { config }", (value) => Array.isArray(value) && value.every(isStart)],
  hints: ["what defineHints returns, or such hints by the name of their environment", isRecord],
  alsoTry: [
    'lists of values by "tool.argument"',
    (value) => isRecord(value) && Object.values(value).every((list) => Array.isArray(list)),
  ],
  runs: ["a whole number of 1 or more", isWhole(1)],
  maxCalls: ["a whole number of 1 or more", isWhole(1)],
  seed: ["a whole number", Number.isSafeInteger],
  path: ['as a broken law prints it, such as "12:0:3"', (value) => /^\d+(:\d+)*$/.test(value)],
  unreached: [
    'a list of "tool.code"',
    (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  ],
};
export const lawOptionNames: readonly string[] = Object.keys(expected);

/** Throws where an option is none, or names what is not there: a law that is never tried must not seem to hold. */
export function checkOptions(environment: Environment, options: LawOptions): void {
  if (!isRecord(environment) || typeof environment.step !== "function")
    throw new Error("the laws are of an environment: give what `kit.environment({ … })` returns");
  const { name, tools } = environment;
  if (Object.keys(tools).length === 0) throw new Error(`${name}: it has no tools, so there is nothing to call`);
  if (!isRecord(options)) throw new Error(`${name}: options are missing; give at least { config }`);
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(expected, option))
      throw new Error(`${name}: the laws have no option '${option}'; there are ${lawOptionNames.join(", ")}`);
    const [words, fits] = expected[option as keyof LawOptions];
    if (value !== undefined && !fits(value))
      throw new Error(`${name}: '${option}' must be ${words}, not ${JSON.stringify(value) ?? String(value)}`);
  }
  checkNames(environment, options);
}

function checkNames(environment: Environment, { unreached = [], alsoTry = {}, hints }: LawOptions): void {
  const failures = declaredFailures(environment).map(({ tool, code }) => `${tool}.${code}`);
  const known = [...failures, ...Object.keys(environment.tools).map((tool) => `${tool}.ok`)];
  for (const one of unreached)
    if (!known.includes(one))
      throw new Error(
        `${environment.name}: '${one}' is listed as unreached, and no tool declares that; write "tool.code"`,
      );
  const places = Object.entries(environment.tools as Tools).flatMap(([tool, { spec }]) =>
    Object.keys(spec.args.shape).map((argument) => `${tool}.${argument}`),
  );
  for (const place of Object.keys(alsoTry))
    if (!places.includes(place))
      throw new Error(
        `${environment.name}: values are given for '${place}', which is no argument; write "tool.argument"`,
      );
  if (hints === undefined) return;
  const parts = Object.keys(environment.parts);
  const of = Object.keys(libraryOf(hints));
  if (!of.some((name) => parts.includes(name)))
    throw new Error(
      `${environment.name}: 'hints' are those of ${of.join(", ") || "no environment"}, and none of ${parts.join(", ")}, so they would never be asked for`,
    );
}

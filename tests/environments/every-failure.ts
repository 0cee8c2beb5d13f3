import { expect } from "vitest";
import type { Environment } from "../../src/core/environment.ts";
import { declaredFailures } from "../../src/feedback/declared-failures.ts";
import type { Hints } from "../../src/feedback/define-hints.ts";
import { hintsOf } from "../feedback/hints-of.ts";

/** A tool with its arguments by name. */
export type Made = readonly [string, Record<string, unknown>];
/** The calls that lead to a failure, which the last one meets; the config is first, where there is one. */
export type Scene = { readonly config?: object; readonly calls: readonly Made[] };

/** The outcome of the last call. */
export function outcomeOf({ environment }: Hints, { config = {}, calls }: Scene) {
  const whole: Environment = environment;
  let state: object = whole.init(config as never);
  let last: ReturnType<Environment["step"]>["outcome"] | undefined;
  for (const [tool, args] of calls) ({ state, outcome: last } = whole.step(state, { tool, args } as never));
  return last!;
}
export const succeeds = (hints: Hints, scene: Scene): boolean => outcomeOf(hints, scene).ok;

/** Meets a failure, whose hint at `guide` has to be there, and all that it offers has to stand in it and to help. */
export function met(hints: Hints, scene: Scene) {
  const { config = {}, calls } = scene;
  const found = hintsOf(hints, config, calls);
  const { guide, direct } = found;
  const [tool, args] = calls.at(-1)!;
  expect(guide?.text, `${tool} ${found.code}`).toBeTruthy();
  const { argument, values = [], unmet = [] } = guide!.suggestion;
  expect(values.length).toBeLessThanOrEqual(3);
  for (const part of [...unmet, ...values.map(written), ...(argument === undefined ? [] : [argument])])
    expect(guide!.text).toContain(part);
  for (const name of direct!.suggestion.tools ?? []) expect(direct!.text).toContain(`'${name}'`);
  const before = outcomeOf(hints, scene);
  for (const value of values) {
    const again = [...calls.slice(0, -1), [tool, { ...args, [argument!]: value }] as const];
    expect(outcomeOf(hints, { config, calls: again }), `${argument} ${written(value)}`).not.toEqual(before);
  }
  return found;
}

const written = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  return "$int" in value || "$float" in value ? String(Object.values(value)[0]) : JSON.stringify(value);
};

/**
 * Meets every declared failure of an environment in two scenes, `tool code` -> scenes. The last call of both is the same where
 * the state decides what is said, and the hints read differently.
 */
export function meetEveryFailure(hints: Hints, scenes: Readonly<Record<string, readonly [Scene, Scene]>>): void {
  const declared = declaredFailures(hints.environment).map(({ tool, code }) => `${tool} ${code}`);
  expect(Object.keys(scenes).sort()).toEqual([...declared].sort());
  for (const [failure, both] of Object.entries(scenes)) {
    const [one, other] = both.map((scene) => {
      const found = met(hints, scene);
      expect(`${scene.calls.at(-1)![0]} ${found.code}`).toBe(failure);
      return found.guide!.text;
    });
    expect(one, failure).not.toBe(other);
  }
}

/** Whether two scenes end in the same call, so that only what came before can make their hints differ. */
export const endAlike = ([one, other]: readonly [Scene, Scene]): boolean =>
  JSON.stringify(one.calls.at(-1)) === JSON.stringify(other.calls.at(-1));

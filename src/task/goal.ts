import { z } from "zod";

/** What may be said of the value at a path. */
const expectations = {
  equals: z.unknown().optional(),
  oneOf: z.array(z.unknown()).min(1).optional(),
  /** An item of the list, or a part of the text. */
  contains: z.unknown().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  exists: z.boolean().optional(),
};
export type Expectation = keyof typeof expectations;
export const expectationNames = Object.keys(expectations) as readonly Expectation[];

/** Holds where the public state has such a value at the path, written as in `stateChanges`; `*` stands for any one part of it. */
export const StateCondition = z
  .strictObject({ path: z.string().min(1), ...expectations })
  .refine((condition) => expectationNames.some((name) => condition[name] !== undefined), {
    error: `a path needs one of ${expectationNames.join(", ")} beside it`,
  });
export type StateCondition = z.output<typeof StateCondition>;

/** Holds where a tool was called with these arguments, whatever the others were, and succeeded; `ok: false` where it failed. */
export const CallCondition = z.strictObject({
  tool: z.string().min(1),
  args: z.record(z.string(), z.unknown()).optional(),
  ok: z.boolean().optional(),
});
export type CallCondition = z.output<typeof CallCondition>;

export type SingleCondition = StateCondition | CallCondition;
const Single = chosenBy<SingleCondition>((given) => ("tool" in given ? CallCondition : StateCondition));

/** Holds where one of several does. */
const AnyOf = z.strictObject({ anyOf: z.array(Single).min(1) });
export type Condition = z.output<typeof AnyOf> | SingleCondition;
export const Condition = chosenBy<Condition>((given) =>
  "anyOf" in given ? AnyOf : "tool" in given ? CallCondition : StateCondition,
);

/** A union whose form a key tells, so that a problem is one of that form. */
function chosenBy<T>(formOf: (given: object) => z.ZodType): z.ZodType<T> {
  return z.custom<T>().superRefine((given, context) => {
    const parsed = (typeof given === "object" && given !== null ? formOf(given) : z.object({})).safeParse(given);
    if (!parsed.success)
      for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: given } as never);
  });
}

/** The single conditions of which one is enough. */
export const alternatives = (condition: Condition): readonly SingleCondition[] =>
  "anyOf" in condition ? condition.anyOf : [condition];

export const isCallCondition = (condition: SingleCondition): condition is CallCondition => "tool" in condition;

/** What a turn is for, where more than one way is right: the turn's ground truth is then one witness of it. */
export const Goal = z.strictObject({
  /** What holds as the turn ends, in whatever order it came about. */
  reach: z.array(Condition).min(1),
  /** What must not hold at any moment of the turn. */
  avoid: z.array(Condition).optional(),
  /** Patterns of paths that may change besides what `reach` names: `*` is one part, `**` at the end all below. */
  mayChange: z.array(z.string().min(1)).optional(),
});
export type Goal = z.output<typeof Goal>;

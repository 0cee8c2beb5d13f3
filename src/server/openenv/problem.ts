/** One thing that is wrong with a message, and where: `["data", "seed"]`. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** As pydantic reports them, which is what OpenEnv's clients know: in `errors` of a socket's error and in `detail` of HTTP. */
export const detailOf = (problems: readonly Problem[], place: readonly string[] = []) =>
  problems.map(({ path, message }) => ({ type: "value_error", loc: [...place, ...path], msg: message }));

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const unknownKeys = (value: Readonly<Record<string, unknown>>, known: readonly string[]): Problem[] =>
  Object.keys(value)
    .filter((key) => !known.includes(key))
    .slice(0, 20)
    .map((key) => ({ path: [key.slice(0, 100)], message: `no such key; there are ${known.join(", ")}` }));

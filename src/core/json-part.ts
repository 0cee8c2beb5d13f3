/** Where a value is not what it must be: the path in it, and what stands there. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

/** The first part of a value that JSON cannot say; undefined where it is all plain JSON. `visit` sees every object once. */
export function unserialisablePart(
  value: unknown,
  visit: (part: object, path: string) => Fault | "known" | undefined = () => undefined,
): Fault | undefined {
  const above = new Set<object>();
  const look = (part: unknown, path: string): Fault | undefined => {
    if (typeof part !== "object" || part === null) return unserialisableScalar(part, path);
    if (above.has(part)) return { path, reason: "it contains itself" };
    const seen = visit(part, path);
    if (seen === "known") return undefined;
    if (seen) return seen;
    above.add(part);
    const fault = Array.isArray(part) ? lookInArray(part, path) : lookInObject(part, path);
    above.delete(part);
    return fault;
  };
  const lookInArray = (list: readonly unknown[], path: string) => {
    if (Object.getPrototypeOf(list) !== Array.prototype)
      return { path, reason: "it is an array of a class of its own" };
    for (let index = 0; index < list.length; index++) {
      if (list[index] === undefined) return { path: `${path}/${index}`, reason: "it is undefined" };
      const fault = look(list[index], `${path}/${index}`);
      if (fault) return fault;
    }
    return undefined;
  };
  const lookInObject = (record: object, path: string) => {
    const prototype = Object.getPrototypeOf(record);
    if (prototype !== Object.prototype && prototype !== null)
      return { path, reason: `it is an instance of ${prototype.constructor?.name ?? "a class"}` };
    if (Object.getOwnPropertySymbols(record).length > 0) return { path, reason: "it has a symbol for a key" };
    for (const key of Object.keys(record)) {
      const fault = look((record as Record<string, unknown>)[key], `${path}/${key}`);
      if (fault) return fault;
    }
    return undefined;
  };
  return look(value, "");
}

function unserialisableScalar(value: unknown, path: string): Fault | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "object":
      return undefined;
    case "number":
      if (Object.is(value, -0)) return { path, reason: "it is -0, which JSON writes as 0" };
      return Number.isFinite(value) ? undefined : { path, reason: `it is ${value}` };
    case "undefined":
      return { path, reason: "it is undefined; leave the key out or write null" };
    default:
      return { path, reason: `it is a ${typeof value}` };
  }
}

export const placeOf = ({ path }: Fault): string => (path === "" ? "the whole" : `'${path.slice(1)}'`);

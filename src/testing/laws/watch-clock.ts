/** Ten years and a bit: whatever is read from the clock differs in years, days, hours and seconds. */
const ahead = 317_654_321_987;

/**
 * Runs code in a world whose clock is ten years ahead and whose chance is another, and calls `read` with the name of whatever
 * looks at either: `Date.now`, `new Date()`, `Math.random`, `performance.now`, `crypto.randomUUID`, `crypto.getRandomValues`.
 */
export function watchClock<T>(read: (name: string) => void, run: () => T): T {
  const real = { Date, random: Math.random, now: performance.now };
  const shifted = (name: string) => {
    read(name);
    return real.Date.now() + ahead;
  };
  const noted =
    (name: string, original: (...given: any[]) => unknown, owner: object) =>
    (...given: unknown[]) => {
      read(name);
      return original.apply(owner, given);
    };
  const watched = new Proxy(real.Date, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [shifted("new Date()")] : given, newTarget),
    apply: () => new real.Date(shifted("Date()")).toString(),
    get: (target, key) => (key === "now" ? () => shifted("Date.now()") : Reflect.get(target, key)),
  });
  const { randomUUID, getRandomValues } = crypto;
  globalThis.Date = watched;
  Math.random = () => {
    read("Math.random()");
    return real.random();
  };
  performance.now = () => {
    read("performance.now()");
    return real.now.call(performance) + ahead;
  };
  crypto.randomUUID = noted("crypto.randomUUID()", randomUUID, crypto) as never;
  crypto.getRandomValues = noted("crypto.getRandomValues()", getRandomValues, crypto) as never;
  try {
    return run();
  } finally {
    globalThis.Date = real.Date;
    Math.random = real.random;
    performance.now = real.now;
    crypto.randomUUID = randomUUID;
    crypto.getRandomValues = getRandomValues;
  }
}

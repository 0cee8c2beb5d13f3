/** Freezes a JSON value all the way down. What is frozen already is taken to be so in all its parts. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) for (let index = 0; index < value.length; index++) freezeDeep(value[index]);
  else for (const key in value) freezeDeep(value[key]);
  return Object.freeze(value);
}

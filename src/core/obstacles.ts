/**
 * All that stands in the way of a call at once: the names of the conditions that hold, in the order in which they are noticed.
 * A message tells only the first.
 */
export function obstacles<Name extends string>(conditions: Readonly<Record<Name, boolean>>): Name[] {
  return (Object.keys(conditions) as Name[]).filter((name) => conditions[name]);
}

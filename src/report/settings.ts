import type { Fact } from "./report-data.ts";

/** A manifest as names and texts; what lies inside is named by its way, as in `limits.stepLimit`. Long lists are cut. */
export const settingsOf = (manifest: unknown): Fact[] => factsIn(manifest, "", 8);

const identifying = ["model", "policy", "preset", "curriculum", "dataset", "stage", "hints"];

/** What of a manifest says which run it is, in a few words. */
export const identityOf = (manifest: unknown): Fact[] =>
  settingsOf(manifest).flatMap(([name, text]): Fact[] => {
    const plain = name.replace(/\.name$/, "");
    return identifying.includes(plain) ? [[plain, text]] : [];
  });

/** The names of settings that are not the same in all manifests. */
export function differingSettings(manifests: readonly unknown[]): string[] {
  const given = manifests.map((manifest) => new Map(factsIn(manifest, "", Number.POSITIVE_INFINITY)));
  const names = new Set(given.flatMap((settings) => [...settings.keys()]));
  return [...names].filter((name) => new Set(given.map((settings) => settings.get(name))).size > 1);
}

function factsIn(value: unknown, name: string, mostItems: number): Fact[] {
  if (isObject(value))
    return Object.entries(value).flatMap(([key, part]) =>
      factsIn(part, name === "" ? key : `${name}.${key}`, mostItems),
    );
  // Things with a name, such as stages, go by it.
  if (Array.isArray(value) && value.some(isObject))
    return value.flatMap((item, at) => factsIn(item, `${name}[${isObject(item) ? (item.name ?? at) : at}]`, mostItems));
  return name === "" ? [] : [[name, settingText(value, mostItems)]];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function settingText(value: unknown, mostItems: number): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const items = value.slice(0, mostItems).map((item) => settingText(item, mostItems));
  return value.length > mostItems ? `${value.length}: ${items.join(", ")}, …` : items.join(", ");
}

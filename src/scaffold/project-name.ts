import { DataError } from "../task/problem.ts";

/** One name as the files need it: `bike-shop`, `bikeShop`, `BikeShop`. */
export interface ProjectName {
  readonly kebab: string;
  readonly camel: string;
  readonly pascal: string;
}

/** No system that Node runs on has a folder of these names, or none that can be removed again. */
const devices = ["aux", "con", "nul", "prn"];

/** Reads the name of a new project. `packages` are what it will depend on, and so cannot be called. */
export function projectName(given: string, packages: readonly string[]): ProjectName {
  const words = given.split("-");
  if (!words.every((word) => /^[a-z][a-z0-9]*$/.test(word)))
    throw new DataError(
      `'${given}' cannot name a project; take words of lower-case letters with - between, as in ${suggested(given)}`,
    );
  if (packages.includes(given))
    throw new DataError(
      `'${given}' is a package that the project needs, so it cannot have that name; take another, as in my-${given}`,
    );
  if (devices.includes(given))
    throw new DataError(`'${given}' is a reserved name on some systems; take another, as in my-${given}`);
  const pascal = words.map(capital).join("");
  return { kebab: given, pascal, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1) };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The given name mended, where something is left of it. */
function suggested(given: string): string {
  const mended = given
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/^[0-9]+/, ""))
    .filter((word) => word !== "")
    .join("-");
  return mended === "" ? "bike-shop" : mended;
}

import { environmentOf, environments, requests } from "../../environments/index.ts";
import { type GenerateOptions, generateTasks } from "../../src/generate/index.ts";
import { loadBundledExtension, loadBundledTasks } from "../../src/task/bundled.ts";

export const bundled = await loadBundledTasks(environmentOf);
export const shop = await loadBundledTasks(environmentOf, "shop");
export const extension = await loadBundledExtension();
export const names = Object.keys(requests);

/** Tasks of a bundled environment, started from the configs of the bundled tasks. */
export function generateFor(name: string, options: Partial<GenerateOptions> = {}) {
  const configs = [...bundled, ...shop]
    .filter((task) => task.environments.includes(name))
    .map(({ config }) => config[name] ?? {});
  return generateTasks({
    environment: environments[name]!,
    ...{ configs, count: 40, extension, requests: Object.values(requests) },
    ...options,
  });
}

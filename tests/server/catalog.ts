import { environmentOf, environments, hints } from "../../environments/index.ts";
import { type Catalog, createCatalog } from "../../src/server/catalog.ts";
import { loadBundledExtension, loadBundledTasks } from "../../src/task/bundled.ts";

/** What `envtune serve` serves unless told otherwise. */
export async function bundledCatalog(): Promise<Catalog> {
  return createCatalog({
    ...{ name: "bundled", tasks: await loadBundledTasks(environmentOf), environmentOf, hints },
    environments: Object.keys(environments),
    extension: await loadBundledExtension(),
  });
}

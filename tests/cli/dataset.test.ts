import { expect, test } from "vitest";
import { bundledTasks, requireTasks } from "../../src/cli/dataset.ts";
import { servedCatalog } from "../../src/cli/serve-catalog.ts";

test("`shop` names the shop's tasks, with a hash of their own and what long context needs", async () => {
  const [shop, bundled] = [await requireTasks("shop"), await bundledTasks()];
  expect([shop.name, shop.tasks.length, bundled.tasks.length]).toEqual(["shop", 32, 73]);
  expect(shop.tasks.every(({ environments }) => environments.join() === "ShopAPI")).toBe(true);
  expect(bundled.tasks.some(({ environments }) => environments.includes("ShopAPI"))).toBe(false);
  expect(shop.extension).toBeDefined();
  expect(bundled.hash).toBe("f20b4b50b4267fb8120b4eacbf0807fb88e3e35f90531fd300413fefacf28641");
});

test("the shop can be served, and played in freely beside the bundled tasks", async () => {
  const options = { module: undefined, split: undefined };
  const shop = await servedCatalog({ ...options, dataset: "shop" });
  expect([shop.name, shop.tasks.length, shop.truthOf(shop.tasks.at(-1)!).turns.length]).toEqual(["shop", 32, 5]);
  expect((await servedCatalog({ ...options, dataset: undefined })).environments).toContain("ShopAPI");
});

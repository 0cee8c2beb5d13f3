import { expect, test } from "vitest";
import { projectName } from "../../src/scaffold/project-name.ts";

test("one name in three forms", () => {
  expect(projectName("bike-shop-xgo", [])).toEqual({
    ...{ kebab: "bike-shop-xgo", camel: "bikeShopXgo", pascal: "BikeShopXgo" },
  });
  expect(projectName("class", [])).toMatchObject({ pascal: "Class" });
});

test.each([
  ["BikeShop", "as in bike-shop"],
  ["bike_shop", "as in bike-shop"],
  ["bike--shop", "as in bike-shop"],
  ["2-bikes", "as in bikes"],
  ["../bikes", "as in bikes"],
  ["-", "as in bike-shop"],
  ["zod", "is a package that the project needs, so it cannot have that name; take another, as in my-zod"],
  ["con", "is a reserved name on some systems; take another, as in my-con"],
])("%s is refused with the fix", (given, fix) => {
  expect(() => projectName(given, ["zod"])).toThrow(fix);
});

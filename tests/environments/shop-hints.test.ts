import { expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { shopHints } from "../../environments/shop/hints.ts";
import { declaredFailures } from "../../src/feedback/declared-failures.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { loadBundledExtension, loadBundledTasks } from "../../src/task/bundled.ts";
import { Task } from "../../src/task/task.ts";
import { wanderingMoments } from "../../src/testing/failing-moments.ts";
import { lintHints } from "../../src/testing/lint-hints.ts";
import { hintsOf } from "../feedback/hints-of.ts";

const library = { ShopAPI: shopHints };
const extension = await loadBundledExtension();
const truths = (await loadBundledTasks(environmentOf, "shop")).map((task) =>
  replayGroundTruth(task, environmentOf(task.environments), extension),
);

test("no hint on walks through the shop's tasks breaks a rule, and none tells of a coming ground truth", () => {
  const { findings, exceptions, failures } = lintHints(library, truths, "0", 40);
  expect(findings).toEqual([]);
  expect(exceptions).toEqual([]);
  expect(failures).toBeGreaterThan(4000);
});

test("every declared failure is met from the default config alone", () => {
  const met = new Set<string>();
  const configs = [{}, { verified: ["C1", "C2", "C3"] }];
  for (const config of configs)
    for (let seed = 0; seed < 50; seed++)
      for (const { call, error } of wanderingMoments(wanderer(config), String(seed), 100))
        met.add(`${call.tool} ${error.code}`);
  const unmet = declaredFailures(shopHints.environment).filter(({ tool, code }) => !met.has(`${tool} ${code}`));
  expect(unmet).toEqual([]);
});

function wanderer(config: object) {
  const fields = { id: "wander", family: "wander", category: "base", environments: ["ShopAPI"] };
  const task = Task.parse({ ...fields, config: { ShopAPI: config }, turns: [{ user: "Go on.", groundTruth: [] }] });
  return replayGroundTruth(task, environmentOf(["ShopAPI"]));
}

test("all that is in the way is said at once, in the order in which it has to be put right", () => {
  const { guide, direct, code } = hintsOf(shopHints, { today: "2025-07-01" }, [
    ["start_return", { order_id: "1001", line_id: "2", quantity: 3, reason: "unwanted" }],
  ]);
  expect(code).toBe("notVerified");
  expect(guide!.suggestion.unmet).toEqual([
    "customer verified",
    "not a final-sale item, unless it is faulty or the wrong one",
    "within the days that the policy gives",
    "no more than the line holds",
  ]);
  expect(guide!.text).toContain("make up no reason");
  expect(direct!.suggestion.tools).toEqual(["verify_customer"]);
});

test("hints follow the state: the same call is answered otherwise after the label, the parcel and the money", () => {
  const refund = ["refund_return", { return_id: "R1002-1", to: "V1" }] as const;
  const steps = [
    ["start_return", { order_id: "1002", line_id: "1", quantity: 1, reason: "unwanted" }],
    ["receive_return", { return_id: "R1002-1", condition: "sealed" }],
    ["approve_return", { return_id: "R1002-1", manager_pin: "4711" }],
    ["refund_return", { return_id: "R1002-1", to: "P2" }],
  ] as const;
  const said = [0, 1, 2, 3, 4].map(
    (count) => hintsOf(shopHints, { verified: ["C2"] }, [...steps.slice(0, count), refund]).guide!.suggestion.unmet,
  );
  const target = "'to' is the method that paid, or 'store_credit'";
  const approval = "return approved by a manager";
  expect(said).toEqual([
    ["return opened"],
    ["return received", target, approval],
    [target, approval],
    [target],
    ["return not settled yet"],
  ]);
});

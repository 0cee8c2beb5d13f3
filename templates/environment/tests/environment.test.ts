import { hintOn } from "envtune";
import { checkLaws } from "envtune/testing";
import { expect, test } from "vitest";
import { sampleNameEnvironment as environment, sampleNameHints as hints } from "../src/index.ts";

const config = {
  bikes: { A1: { owner: "Ada Lind", broken: ["lamp" as const] }, A2: { owner: "Bo Lind", broken: [] } },
};

// Some seconds: 500 programs of up to 50 calls. `runs` makes it fewer.
test("laws", () => {
  checkLaws(environment, { config, hints });
});

test("a repair from the stand to the door", () => {
  let state = environment.init(config);
  for (const call of [
    { tool: "order_parts", args: { part: "lamp", count: 2 } },
    { tool: "mount_bike", args: { bike: "A1" } },
    { tool: "fit_part", args: { part: "lamp" } },
    { tool: "hand_over", args: { bike: "A1" } },
  ]) {
    const step = environment.step(state, call);
    expect(step.outcome).toMatchObject({ ok: true });
    state = step.state;
  }
  expect(state).toMatchObject({ on_stand: null, ready_for: ["Ada Lind"], stock: { lamp: 1 } });
});

test("a bike that is not on the stand cannot be repaired, and the hint says all that is in the way", () => {
  const start = environment.init(config);
  const call = { tool: "fit_part", args: { part: "lamp" } } as const;
  const { state, outcome } = environment.step(start, call);
  expect(state).toBe(start);
  if (outcome.ok) throw new Error("it succeeded");
  expect(outcome.error.code).toBe("standEmpty");
  const offered = new Set(Object.keys(environment.tools));
  const moment = { environment, state, call, error: outcome.error, history: [], offered };
  const hint = hintOn({ [environment.name]: hints }, moment, "guide");
  expect(hint?.text).toBe(
    "Not met: a bike on the stand (the stand is empty); the part in stock (there is no lamp). Put the bike on the stand first. Order the part first.",
  );
});

import { fc, test as property } from "@fast-check/vitest";
import { createDraft, enableArrayMethods, finishDraft, freeze } from "immer";
import { describe, expect, test } from "vitest";
import { openDraft } from "../../src/core/draft.ts";

enableArrayMethods();

/** A frozen value to start from: objects and lists of each other, down to numbers. */
const { value: states } = fc.letrec<{ value: any; part: any }>((tie) => ({
  value: fc.record({ a: tie("part"), b: fc.array(tie("part"), { maxLength: 5 }), c: tie("part") }),
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.integer({ min: 0, max: 9 }),
    fc.array(tie("part"), { maxLength: 4 }),
    fc.record({ a: tie("part"), b: tie("part") }),
  ),
}));

type Change = {
  readonly path: readonly number[];
  readonly at: number;
  readonly kind: number;
  readonly from: readonly number[];
};
const path = fc.array(fc.nat(4), { maxLength: 4 });
const changes = fc.array(fc.record({ path, at: fc.nat(5), kind: fc.nat(11), from: path }), { maxLength: 12 });

const isContainer = (value: unknown): value is any => typeof value === "object" && value !== null;

/** Walks as far as the path leads through containers. */
function containerAt(root: any, steps: readonly number[]): any {
  let at = root;
  for (const step of steps) {
    const keys = Object.keys(at);
    const next = at[keys[step % Math.max(1, keys.length)]!];
    if (!isContainer(next)) break;
    at = next;
  }
  return at;
}

/** One change, the same to any draft. What it returns depends on what the draft answered. */
function apply(draft: any, { path, at, kind, from }: Change): unknown {
  const target = containerAt(draft, path);
  if (!Array.isArray(target)) {
    const key = ["a", "b", "d"][at % 3]!;
    if (kind < 3) target[key] = at;
    else if (kind < 5) target[key] = { a: at, b: [at] };
    else if (kind < 7) delete target[key];
    else if (kind < 9) target[key] = JSON.parse(JSON.stringify(containerAt(draft, from)));
    else return Object.entries(target).length;
    return undefined;
  }
  switch (kind) {
    case 0:
      return target.push({ a: at, b: at });
    case 1:
      return JSON.stringify(target.splice(at % (target.length + 1), 1, at, [at]));
    case 2:
      return target.unshift(target.pop() ?? 0);
    case 3:
      return JSON.stringify(target.shift());
    case 4:
      target.reverse();
      return undefined;
    case 5:
      target.sort((x: unknown, y: unknown) => JSON.stringify(x).length - JSON.stringify(y).length);
      return undefined;
    case 6: {
      const found = target.find(isContainer);
      if (isContainer(found) && !Array.isArray(found)) found.b = at;
      return JSON.stringify(found);
    }
    case 7:
      return target.findIndex((item: unknown) => item === at);
    case 8:
      if (at < target.length) target[at] = at;
      return target.length;
    case 9:
      return JSON.stringify(target.map((item: unknown) => (isContainer(item) ? Object.keys(item) : item)));
    case 10:
      for (const item of target) if (isContainer(item) && !Array.isArray(item)) item.a = at;
      return target.some(isContainer);
    default:
      target.length = Math.min(target.length, at);
      return undefined;
  }
}

function isDeeplyFrozen(value: unknown): boolean {
  return !isContainer(value) || (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));
}

function finished(state: object, change: (draft: any) => unknown): any {
  const opened = openDraft(state);
  change(opened.draft);
  return opened.finish(opened.draft);
}

describe("drafts", () => {
  property.prop([states, changes], { numRuns: 1000 })(
    "come to what immer's drafts come to, and answer alike on the way",
    (state, made) => {
      freeze(state, true);
      const before = JSON.stringify(state);
      const opened = openDraft(state);
      const immers = createDraft(state);
      for (const change of made) expect(apply(opened.draft, change)).toEqual(apply(immers, change));
      const next = opened.finish(opened.draft);
      expect(next).toEqual(finishDraft(immers));
      expect(JSON.stringify(state)).toBe(before);
      expect(isDeeplyFrozen(next)).toBe(true);
    },
  );

  const state = freeze({ a: { x: 1 }, b: [{ x: 1 }, { x: 2 }] }, true);

  test("share whatever did not change, and the state itself where nothing did", () => {
    const next = finished(state, (draft) => {
      draft.b[1].x = 3;
    });
    expect(next).toEqual({ a: { x: 1 }, b: [{ x: 1 }, { x: 3 }] });
    expect(next.a).toBe(state.a);
    expect(next.b[0]).toBe(state.b[0]);
    expect(finished(state, (draft) => draft.b.map((item: { x: number }) => item.x))).toBe(state);
    expect(finished(state, (draft) => Object.assign(draft.a, { x: 1 }))).toBe(state);
  });

  test("an item that left a list can be changed and put elsewhere", () => {
    const next = finished(state, (draft) => {
      const [first] = draft.b.splice(0, 1);
      first.x = 7;
      draft.a = first;
      draft.b[0].x = 8;
    });
    expect(next).toEqual({ a: { x: 7 }, b: [{ x: 8 }] });
  });

  test("a state that is not frozen is left as it was, too", () => {
    const loaded = JSON.parse(JSON.stringify(state));
    const next = finished(loaded, (draft) => {
      draft.b.shift();
      draft.b[0].x = 9;
      draft.a.x = 9;
    });
    expect(next).toEqual({ a: { x: 9 }, b: [{ x: 9 }] });
    expect(loaded).toEqual(state);
  });

  test("a draft inside a new value is finished with it", () => {
    const next = finished(state, (draft) => {
      draft.a = { kept: draft.b[0], list: [draft.b[1]] };
      draft.b[0].x = 5;
    });
    expect(next).toEqual({ a: { kept: { x: 5 }, list: [{ x: 2 }] }, b: [{ x: 5 }, { x: 2 }] });
    expect(isDeeplyFrozen(next)).toBe(true);
  });

  test("cannot be used once closed, nor take a prototype for a key", () => {
    const opened = openDraft(state);
    const draft = opened.draft as any;
    expect(() => Reflect.set(draft.a, "__proto__", { y: 1 })).toThrow("__proto__");
    opened.close();
    expect(() => draft.a).toThrow("after its step had ended");
    expect(() => {
      draft.c = 1;
    }).toThrow("after its step had ended");
  });
});

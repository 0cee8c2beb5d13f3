import { expect, test } from "vitest";
import type { SessionEvent } from "../../src/server/session/session-event.ts";
import { createSessionTable } from "../../src/server/session/session-table.ts";
import { bundledCatalog } from "./catalog.ts";

const catalog = await bundledCatalog();

function tableWith(limits = {}) {
  const events: SessionEvent[] = [];
  const clock = { time: 0 };
  const table = createSessionTable({ catalog, limits, onEvent: (event) => events.push(event), now: () => clock.time });
  const pass = (seconds: number) => {
    clock.time += 1000 * seconds;
  };
  return { table, events, pass };
}

test("a full table says how many there are, and has room again after a close", () => {
  const { table } = tableWith({ maxSessions: 2 });
  const first = table.create();
  table.create();
  expect(() => table.create()).toThrow(expect.objectContaining({ code: "capacity", details: { active: 2, max: 2 } }));
  expect(table.close(first.id)).toBe(true);
  expect(table.close(first.id)).toBe(false);
  expect(table.create().id).not.toBe(first.id);
});

test("idle sessions go; those in use and those attached stay", () => {
  const { table, events, pass } = tableWith({ idleSeconds: 60 });
  const [idle, used, attached] = [table.create(), table.create(), table.create()];
  table.attach(attached.id);
  const gone: string[] = [];
  table.onClose(idle.id, () => gone.push("idle"));
  pass(59);
  table.get(used.id);
  pass(2);
  expect(table.reap()).toBe(1);
  expect(gone).toEqual(["idle"]);
  expect(() => table.get(idle.id)).toThrow(/no such session/);
  expect(table.active).toBe(2);
  table.detach(attached.id);
  pass(59);
  table.reap();
  expect(table.active).toBe(1);
  pass(2);
  table.reap();
  expect(table.active).toBe(0);
  expect(events.filter(({ kind }) => kind === "closed")).toHaveLength(3);
});

test("whoever has called off a listener is not told of the close", () => {
  const { table } = tableWith();
  const { id } = table.create();
  const told: string[] = [];
  const callOff = table.onClose(id, () => told.push("first"));
  table.onClose(id, () => told.push("second"));
  callOff();
  table.close(id);
  expect(told).toEqual(["second"]);
});

test("a session is attached once at a time", () => {
  const { table } = tableWith();
  const { id } = table.create();
  table.attach(id);
  expect(() => table.attach(id)).toThrow(expect.objectContaining({ code: "attached" }));
  table.detach(id);
  table.detach(id);
  expect(table.attach(id).id).toBe(id);
  expect(table.attached).toBe(1);
  table.close(id);
  expect(table.attached).toBe(0);
});

test("a table that drains lets episodes end, and starts none", () => {
  const { table } = tableWith();
  const session = table.create();
  session.reset({ environments: ["MathAPI"] });
  table.drain();
  expect(() => table.create()).toThrow(expect.objectContaining({ code: "draining" }));
  expect(() => session.reset()).toThrow(expect.objectContaining({ code: "draining" }));
  expect(session.step({ type: "message", content: "Done." }).done).toBe(true);
});

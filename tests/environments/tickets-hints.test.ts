import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ticketHints } from "../../environments/tickets/hints.ts";
import { tickets } from "../../environments/tickets/index.ts";
import { endAlike, type Made, meetEveryFailure, met, type Scene, succeeds } from "./every-failure.ts";

const login: Made = ["ticket_login", { username: "ann", password: "secret" }];
const file = (more: object = {}): Made => ["create_ticket", { title: "Printer", description: "Jams", ...more }];
const get = (ticket_id: unknown): Made => ["get_ticket", { ticket_id }];
const close = (ticket_id: unknown): Made => ["close_ticket", { ticket_id }];
const resolve = (ticket_id: unknown, resolution = "Fixed"): Made => ["resolve_ticket", { ticket_id, resolution }];
const edit = (ticket_id: unknown, updates: object): Made => ["edit_ticket", { ticket_id, updates }];
const filed = (id: unknown, more: object = {}) => ({
  id,
  title: `Title of ${id}`,
  status: "Open",
  created_by: "ann",
  ...more,
});
const queue = { ticket_queue: [filed(2), filed(4), filed(9), filed("T-77")], ticket_counter: 10 };
const scene = (...calls: Made[]): Scene => ({ calls });
const inQueue = (...calls: Made[]): Scene => ({ config: queue, calls });
const hint = (...calls: Made[]) => met(ticketHints, inQueue(...calls));

const scenes: Parameters<typeof meetEveryFailure>[1] = {
  "create_ticket notLoggedIn": [scene(file()), inQueue(login, ["logout", {}], file())],
  // The scale of priorities is the same in all states.
  "create_ticket invalidPriority": [scene(login, file({ priority: 9 })), scene(login, file({ priority: 0 }))],
  "get_ticket notFound": [scene(get(3)), inQueue(get(3))],
  "close_ticket notFound": [scene(close(1)), scene(login, close(1))],
  "close_ticket alreadyClosed": [
    inQueue(close(2), close(2)),
    { config: { ticket_queue: [filed(2, { status: "Closed" })] }, calls: [close(2)] },
  ],
  "resolve_ticket notFound": [scene(resolve(10)), inQueue(resolve(10))],
  "resolve_ticket alreadyResolved": [
    inQueue(resolve(2, "Reset"), resolve(2, "Reset")),
    inQueue(resolve(2, "Other"), resolve(2, "Reset")),
  ],
  "edit_ticket notFound": [scene(edit(3, { status: "Closed" })), inQueue(edit(3, { status: "Closed" }))],
  // Which fields there are does not depend on the state.
  "edit_ticket invalidFields": [inQueue(edit(2, { owner: "bob" })), inQueue(edit(2, { stauts: "Closed" }))],
  "ticket_login emptyCredentials": [
    scene(["ticket_login", { username: "", password: "x" }]),
    scene(login, ["ticket_login", { username: "", password: "x" }]),
  ],
  "logout nobodyLoggedIn": [scene(["logout", {}]), scene(login, ["logout", {}], ["logout", {}])],
  "get_user_tickets creatorMissing": [
    { config: { ticket_queue: [{ id: 1 }] }, calls: [login, ["get_user_tickets", {}]] },
    { config: { ticket_queue: [{ id: 1 }, filed(2)] }, calls: [login, ["get_user_tickets", {}]] },
  ],
  "get_user_tickets notLoggedIn": [scene(["get_user_tickets", {}]), inQueue(["get_user_tickets", {}])],
};

describe("hints of tickets", () => {
  test("every declared failure has one, and the same call reads differently in two states where they matter", () => {
    meetEveryFailure(ticketHints, scenes);
    expect(Object.keys(scenes).filter((failure) => !endAlike(scenes[failure]!))).toEqual([
      "create_ticket invalidPriority",
      "edit_ticket invalidFields",
    ]);
  });

  test("a reader of the text alone logs in, files what is missing, and goes on", () => {
    const readHint = (text: string, [tool, args]: Made): Made[] => {
      const calls: Made[] = [];
      if (/Log in first|someone has to log in/.test(text)) calls.push(login);
      if (/file that first|File one first/.test(text)) calls.push(file());
      const priority = /'priority', the nearest that is possible is (\d)/.exec(text);
      const id = /'ticket_id', (?:that id is written|the nearest ids? (?:is|are)) ('[^']+'|\d+)/.exec(text)?.[1];
      calls.push([
        tool,
        {
          ...args,
          ...(priority ? { priority: Number(priority[1]) } : {}),
          ...(id === undefined ? {} : { ticket_id: id.startsWith("'") ? id.slice(1, -1) : Number(id) }),
        },
      ]);
      return calls;
    };
    const config = fc.constantFrom<object>({}, queue, { ticket_queue: [filed("1")], ticket_counter: 2 });
    const anyId = fc.constantFrom<unknown>(1, 2, 3, 10, 500, "2", "10", "T-7", "T-77", "#9");
    const call = fc.oneof(
      fc.constantFrom(-1, 0, 3, 8).map((priority) => file({ priority })),
      anyId.chain((id) => fc.constantFrom(get(id), close(id), resolve(id), edit(id, { status: "Closed" }))),
      fc.constant<Made>(["get_user_tickets", {}]),
    );
    let repaired = 0;
    fc.assert(
      fc.property(config, fc.boolean(), call, (config, loggedIn, made) => {
        const before = loggedIn ? [login] : [];
        if (succeeds(ticketHints, { config, calls: [...before, made] })) return;
        const { guide } = met(ticketHints, { config, calls: [...before, made] });
        const calls = [...before, ...readHint(guide!.text, made)];
        // With an empty queue, the first ticket may well get another id than the one that was asked for.
        const until =
          config === queue || !("ticket_id" in made[1]) || made[1].ticket_id === 1 ? calls.length : calls.length - 1;
        for (let count = 1; count <= until; count++)
          expect(succeeds(ticketHints, { config, calls: calls.slice(0, count) }), guide!.text).toBe(true);
        repaired++;
      }),
      { numRuns: 300 },
    );
    expect(repaired).toBeGreaterThan(80);
  });

  test("what a missing login is due to: a logout, a failed login, a login to another system", () => {
    expect(hint(login, ["logout", {}], get(2), file()).diagnose!.text).toContain("logged out 2 calls ago");
    expect(hint(["ticket_login", { username: "ann", password: "" }], file()).diagnose!.text).toContain(
      "The login 1 call ago failed.",
    );
    const { rules } = ticketHints;
    const rule = rules.create_ticket!.notLoggedIn as (context: object) => { diagnose: string };
    const past = { call: { tool: "authenticate_travel", args: {} }, text: "{}", age: 3 };
    const state = tickets.init({});
    const advice = rule({ state, args: { priority: 1 }, history: [past] });
    expect(advice.diagnose).toContain("The login 3 calls ago was to another system; each has its own.");
  });

  test("a ticket without an id is never offered as the one that may be meant", () => {
    const odd = { ticket_queue: [filed(2, { status: "Closed" }), { title: "No id", status: "Open" }, filed(5)] };
    const { guide } = met(ticketHints, { config: odd, calls: [close(2)] });
    expect(guide!.suggestion.values).toEqual([5]);
  });

  test("tickets that no login can list", () => {
    const config = { ticket_queue: [{ id: 1 }, filed(2)] };
    const list: Made = ["get_user_tickets", { status: "Open" }];
    for (const calls of [[list], [login, list]]) {
      const { diagnose, guide } = met(ticketHints, { config, calls });
      expect(diagnose!.text).toContain("1 of 2 has none");
      expect(guide!.text).toContain("look at single tickets by their ids instead");
    }
    expect(met(ticketHints, { config, calls: [login, list] }).text).toBe("Error during execution: 'created_by'");
  });

  test("a login and a priority that are both amiss are said at once", () => {
    const { diagnose, guide } = hint(file({ priority: 9 }));
    expect(diagnose!.text).toContain("logged in to tickets");
    expect(diagnose!.text).toContain("9 is outside");
    expect(guide!.text).toContain("nearest that is possible is 5");
    expect(hint(file()).diagnose!.text).not.toContain("priority");
  });

  test("ids: in another type, by a title, the next one to be filed, the nearest", () => {
    expect(hint(get("9")).guide!.suggestion).toMatchObject({ argument: "ticket_id", values: [9] });
    expect(hint(get("Title of 4")).guide!.suggestion.values).toEqual([4]);
    const next = hint(close(10));
    expect(next.guide!.suggestion).toEqual({ unmet: ["logged in to tickets", "a ticket with that id"] });
    expect(next.direct!.suggestion.tools).toEqual(["ticket_login", "create_ticket"]);
    expect(hint(login, close(10)).direct!.suggestion.tools).toEqual(["create_ticket"]);
    for (const condition of next.guide!.suggestion.unmet!)
      expect(Object.values(tickets.tools).some(({ spec }) => spec.provides?.includes(condition))).toBe(true);
    expect(hint(get(3)).guide!.suggestion.values).toEqual([2, 4]);
    const told = hint(login, file(), get(77));
    expect(told.guide!.suggestion.values![0]).toBe(10);
    expect(told.guide!.text).toContain("A ticket was filed 1 call ago; its id stands in what came back.");
    expect(told.diagnose!.text).not.toMatch(/\b10\b/);
  });

  test("a ticket that is closed already: when it was, and the nearest that are not", () => {
    const { diagnose, guide } = hint(close(4), get(2), close(4));
    expect(diagnose!.text).toContain("a call changed it 2 calls ago");
    expect(guide!.suggestion.values).toEqual([2, 9]);
    const again = hint(resolve(4, "Reset"), resolve(4, "Replaced"));
    expect(again.guide!.text).toContain("its status has to be set to 'Open' first");
    expect(
      succeeds(ticketHints, inQueue(resolve(4, "Reset"), edit(4, { status: "Open" }), resolve(4, "Replaced"))),
    ).toBe(true);
    expect(hint(resolve(4, "Reset"), resolve(4, "Reset")).diagnose!.text).toContain("That very resolution is noted.");
  });

  test("fields of an update: misspelt ones put right, others left out", () => {
    const { guide } = hint(edit(2, { stauts: "Closed", owner: "bob" }));
    expect(guide!.suggestion).toEqual({ argument: "updates", values: [{ status: "Closed" }] });
    expect(guide!.text).toContain('{"status":"Closed"}');
    expect(hint(edit(2, { resolution: "Reset" })).direct!.suggestion.tools).toEqual(["resolve_ticket"]);
    const both = hint(edit(3, { owner: "bob" }));
    expect(both.code).toBe("notFound");
    expect(both.diagnose!.text).toContain("'updates' cannot have 'owner'");
  });

  test("no hint throws or grows long, whatever the ids and fields are", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("", "__proto__", "$int", "x".repeat(5000)));
    const id = fc.oneof(text, fc.integer(), fc.constantFrom<unknown>({ $float: "nan" }, { $int: "9".repeat(400) }));
    fc.assert(
      fc.property(id, text, (id, field) => {
        for (const made of [get(id), resolve(id), edit(id, { [field]: 1 }), edit(2, { [field]: 1 })]) {
          if (failsByDeclaration(made)) expect(hint(made).direct!.text.length).toBeLessThan(1200);
        }
      }),
    );
  });
});

/** Whether a call reaches its tool and fails there. */
function failsByDeclaration([tool, args]: Made): boolean {
  const { outcome } = tickets.step(tickets.init(queue as never), { tool, args } as never);
  return !outcome.ok && ["notFound", "invalidFields"].includes(outcome.error.code);
}

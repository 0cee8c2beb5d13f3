import { describe, expect, test } from "vitest";
import { tickets } from "../../environments/tickets/index.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";
import { sessionOf } from "./session.ts";

const session = (config: Parameters<typeof tickets.init>[0] = {}) => sessionOf(tickets, tickets.init(config));
const open = (id: number | string) => ({ id, status: "Open", created_by: "ann", title: "Broken" });

describe("tickets", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(tickets, lawCases.tickets as LawOptions);
  });

  test("files a ticket and leads it to its end", () => {
    const run = session();
    expect(run.text("ticket_login('ann', 'secret')")).toBe('{"success": true}');
    expect(run.text("create_ticket('Broken', priority=5)")).toBe(
      '{"id": 1, "title": "Broken", "description": "", "status": "Open", "priority": 5, "created_by": "ann"}',
    );
    expect(run.text("edit_ticket(1, {'title': None, 'priority': 2.0})")).toBe(
      '{"status": "Ticket 1 has been updated successfully."}',
    );
    expect(run.text("resolve_ticket(ticket_id=1, resolution='Mended')")).toBe(
      '{"status": "Ticket 1 has been resolved successfully."}',
    );
    expect(run.text("get_user_tickets(status='resolved')")).toBe(
      "[{'id': 1, 'title': 'Broken', 'description': '', 'status': 'Resolved', 'priority': 2.0, 'created_by': 'ann', 'resolution': 'Mended'}]",
    );
    expect(run.text("resolve_ticket(1, 'Again')")).toBe('{"error": "Ticket with ID 1 is already resolved."}');
    expect(run.text("close_ticket(1)")).toBe('{"status": "Ticket 1 has been closed successfully."}');
  });

  test("ids are ints or strings, and 1.0 is 1", () => {
    const run = session({ ticket_queue: [open(1), open("ticket_002")] });
    expect(run.text("close_ticket('ticket_002')")).toBe(
      '{"status": "Ticket ticket_002 has been closed successfully."}',
    );
    expect(run.text("close_ticket(1.0)")).toBe('{"status": "Ticket 1.0 has been closed successfully."}');
    expect(run.execute("close_ticket('1')").outcome).toMatchObject({
      error: { code: "notFound", message: "Ticket with ID 1 not found.", data: { id: "1", known: [1, "ticket_002"] } },
    });
  });

  test("logins are needed to file and to list, each failing in its own form", () => {
    const run = session();
    expect(run.text("create_ticket('x')")).toBe(
      '{"error": "User not authenticated. Please log in to create a ticket."}',
    );
    expect(run.text("get_user_tickets()")).toBe(
      "[{'error': 'User not authenticated. Please log in to view tickets.'}]",
    );
    expect(run.execute("logout()")).toMatchObject({
      text: '{"success": false}',
      outcome: { error: { code: "nobodyLoggedIn" } },
    });
    const empty = run.execute("ticket_login(username='ann', password='')");
    expect(empty).toMatchObject({ text: '{"success": false}', outcome: { error: { data: { empty: ["password"] } } } });
  });

  test("a ticket without an id hides those behind it", () => {
    const run = session({ ticket_queue: [open(1), { ticket_001: { title: "No id" } }, open(2)] });
    expect(run.execute("get_ticket(1)").outcome.ok).toBe(true);
    const { outcome, text } = run.execute("get_ticket(2)");
    expect(text).toBe("Error during execution: 'id'");
    expect(outcome).toMatchObject({
      error: { code: "raised", data: { tool: "get_ticket", kind: "KeyError", reason: "'id'" } },
    });
  });

  test("fields that a ticket lacks, or that are no texts, raise as in Python", () => {
    const run = session({ current_user: "ann", ticket_queue: [{ id: 12, description: "Down", priority: 3 }] });
    expect(run.execute("close_ticket(12)")).toMatchObject({
      text: "Error during execution: 'status'",
      outcome: { error: { code: "raised", data: { kind: "KeyError" } } },
    });
    expect(run.execute("get_user_tickets()")).toMatchObject({
      text: "Error during execution: 'created_by'",
      outcome: { error: { code: "creatorMissing", data: { without: 1, tickets: 1 } } },
    });
    const other = session({ current_user: "ann", ticket_queue: [{ id: 1, created_by: "ann" }] });
    expect(other.execute("get_user_tickets('open')").text).toBe("Error during execution: 'status'");
    other.execute("edit_ticket(1, {'status': 3})");
    expect(other.execute("get_user_tickets('open')")).toMatchObject({
      text: "Error during execution: 'int' object has no attribute 'lower'",
      outcome: { error: { code: "raised", data: { kind: "AttributeError" } } },
    });
    expect(other.execute("edit_ticket(1, {1: 'x'})")).toMatchObject({
      text: "Error during execution: sequence item 0: expected str instance, int found",
      outcome: { error: { code: "raised", data: { kind: "TypeError" } } },
    });
  });

  test("an edit of fields that cannot be edited changes nothing", () => {
    const run = session({ ticket_queue: [open(1)] });
    const before = run.state;
    expect(run.execute("edit_ticket(1, {'status': 'Closed', 'owner': 'bob'})")).toMatchObject({
      text: '{"error": "Invalid fields for update: owner"}',
      outcome: { error: { code: "invalidFields", data: { invalid: ["owner"] } } },
    });
    expect(run.text("edit_ticket(1, {2: 'x'})")).toBe(
      "Error during execution: sequence item 0: expected str instance, int found",
    );
    expect(run.state).toBe(before);
  });

  test("a status edited into something else than text breaks the listing", () => {
    const run = session({ current_user: "ann", ticket_queue: [open(1)] });
    run.execute("edit_ticket(1, {'status': 5})");
    expect(run.text("get_user_tickets('open')")).toBe("Error during execution: 'int' object has no attribute 'lower'");
  });

  test("a config it does not know is refused", () => {
    expect(() => tickets.init({ ticket_queue: [{ id: 1, colour: "red" }] } as never)).toThrow();
    expect(() => tickets.init({ queue: [] } as never)).toThrow(/queue/);
  });
});

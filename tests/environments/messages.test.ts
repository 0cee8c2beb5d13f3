import { describe, expect, test } from "vitest";
import { messages } from "../../environments/messages/index.ts";
import { checkLaws, type LawOptions } from "../../src/testing/laws.ts";
import { lawCases } from "./law-cases.ts";
import { sessionOf } from "./session.ts";

const session = (config: Parameters<typeof messages.init>[0] = {}) => sessionOf(messages, messages.init(config));

describe("messages", () => {
  test("obeys the laws, with its hints asked for", () => {
    checkLaws(messages, lawCases.messages as LawOptions);
  });

  test("sends with ids from the seeded generator", () => {
    const run = session({ current_user: "USR001" });
    expect(run.text("send_message('USR002', 'Hi')")).toBe(
      '{"sent_status": true, "message_id": {"new_id": 67410}, "message": "Message sent to \'USR002\' successfully."}',
    );
    const other = session({ current_user: "USR001", random_seed: 1 });
    expect(other.text("send_message('USR002', 'Hi')")).not.toContain("67410");
  });

  test("shows what was sent by receiver, searches it and counts it", () => {
    const run = session();
    run.execute("message_login('USR001')");
    run.execute("send_message('USR004', 'Thanks for the FILE')");
    expect(run.text("view_messages_sent()")).toBe(
      '{"messages": {"USR002": ["My name is Alice. I want to connect."], "USR003": ["Could you upload the file?"], ' +
        '"USR004": ["Could you upload the file?", "Thanks for the FILE"]}}',
    );
    expect(run.text("search_messages('thanks for the file')")).toBe(
      '{"results": [{"receiver_id": "USR004", "message": "Thanks for the FILE"}]}',
    );
    expect(run.text("get_message_stats()")).toBe('{"stats": {"received_count": 4, "total_contacts": 3}}');
  });

  test("without a login nothing is sent, and no id is drawn", () => {
    const run = session();
    const before = run.state;
    const { outcome, text } = run.execute("send_message(receiver_id='USR002', message='Hi')");
    expect(text).toBe('{"error": "No user is currently logged in."}');
    expect(outcome).toMatchObject({
      error: { code: "notLoggedIn", data: { users: ["Alice", "Bob", "Catherine", "Daniel"] } },
    });
    expect(run.state).toBe(before);
  });

  test("an unknown user id is a soft failure that lists the known ones", () => {
    const { outcome, text } = session().execute("message_login(user_id='Alice')");
    expect(text).toBe('{"login_status": false, "message": "User ID \'Alice\' not found."}');
    expect(outcome).toMatchObject({ ok: false, error: { code: "unknownUserId" } });
    expect((outcome as any).error.data.known[0]).toEqual({ name: "Alice", id: "USR001" });
    expect(messages.tools.message_login.spec.failures?.unknownUserId.soft).toBe(true);
  });

  test("a contact whose id is taken is not added, yet the count goes up", () => {
    const run = session({ user_map: { Ann: "USR005" } });
    const { outcome, text } = run.execute("add_contact(user_name='Bob')");
    expect(text).toBe('{"error": "User ID \'USR005\' already exists."}');
    expect(outcome).toMatchObject({ error: { code: "idTaken", data: { takenBy: "Ann" } } });
    expect(run.state).toMatchObject({ userCount: 5, users: [["Ann", "USR005"]] });
    expect(run.text("add_contact(user_name='Bob')")).toBe(
      '{"added_status": true, "user_id": "USR006", "message": "Contact \'Bob\' added successfully."}',
    );
  });

  test("deleting the latest message removes the first that is equal to it", () => {
    const inbox = [{ USR002: "same" }, { USR003: "other" }, { USR002: "same" }];
    const run = session({ current_user: "USR001", inbox });
    run.execute("delete_message('USR002')");
    expect(messages.attributes(run.state).inbox).toEqual([{ USR003: "other" }, { USR002: "same" }]);
    expect(run.execute("delete_message('USR009')").outcome).toMatchObject({
      error: {
        code: "noMessageTo",
        message: "Receiver ID USR009 not found.",
        data: { receivers: ["USR003", "USR002"] },
      },
    });
  });

  test("a search stumbles over contents that are no text", () => {
    const run = session({ current_user: "USR001", inbox: [{ USR002: ["in a list"] }] });
    expect(run.text("search_messages('list')")).toBe("Error during execution: 'list' object has no attribute 'lower'");
  });

  test("states compare by what is public, the order of a dict aside", () => {
    const one = messages.init({ inbox: [{ a: "1", b: "2" }], random_seed: 1 });
    const two = messages.init({ inbox: [{ b: "2", a: "1" }], random_seed: 2 });
    expect(messages.same(one, two)).toBe(true);
    expect(messages.differences(one, messages.init({ inbox: [{ a: "1" }] }))).toEqual(["inbox"]);
  });

  test("a config it does not know is refused", () => {
    expect(() => messages.init({ inbocks: [] } as never)).toThrow(/inbocks/);
    expect(() => messages.init({ inbox: [{}] })).toThrow(/receiver/);
  });

  test("tells who is logged in, and a login of the same user changes nothing", () => {
    const run = session();
    expect(run.text("message_get_login_status()")).toBe('{"login_status": false}');
    run.execute("message_login('USR002')");
    const before = run.state;
    expect(run.text("message_get_login_status()")).toBe('{"login_status": true}');
    run.execute("message_login('USR002')");
    expect(run.state).toBe(before);
  });

  test("every message is counted, and the inbox is compared by what it holds", () => {
    const run = session({ current_user: "USR001" });
    const start = run.state;
    run.execute("send_message('USR002', 'Hi')");
    expect(run.state.messageCount).toBe(start.messageCount + 1);
    expect(messages.differences(start, run.state)).toContain("inbox");
    const of = (inbox: object[]) => messages.init({ inbox } as never);
    const [one, same, other, more] = [
      of([{ USR001: "a" }, { USR002: "b" }]),
      of([{ USR001: "a" }, { USR002: "b" }]),
      of([{ USR001: "a" }, { USR002: "c" }]),
      of([{ USR001: "a" }]),
    ];
    expect([same, other, more].map((state) => messages.same(one, state))).toEqual([true, false, false]);
  });

  test("an id that was drawn before is drawn anew", () => {
    const start = messages.init({ current_user: "USR001" });
    const run = sessionOf(messages, { ...start, generatedIds: [67410] });
    const { after } = run.call("send_message", { receiver_id: "USR002", message: "Hi" });
    expect(new Set(after.generatedIds).size).toBe(2);
    expect(after.random.draws).toBeGreaterThan(1);
  });
});

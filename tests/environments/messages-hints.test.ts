import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageHints } from "../../environments/messages/hints.ts";
import { messages } from "../../environments/messages/index.ts";
import { endAlike, type Made, meetEveryFailure, met, type Scene, succeeds } from "./every-failure.ts";

const login: Made = ["message_login", { user_id: "USR001" }];
const send = (receiver_id: string): Made => ["send_message", { receiver_id, message: "Hi" }];
const remove = (receiver_id: string): Made => ["delete_message", { receiver_id }];
const add = (user_name: string): Made => ["add_contact", { user_name }];
const lookUp = (user: string): Made => ["get_user_id", { user }];
const pair = { user_map: { Ann: "USR001", Bob: "USR002" }, user_count: 2 };
const scene = (...calls: Made[]): Scene => ({ calls });
const inPair = (...calls: Made[]): Scene => ({ config: pair, calls });
const hint = (...calls: Made[]) => met(messageHints, scene(...calls));

const scenes: Parameters<typeof meetEveryFailure>[1] = {
  "get_user_id unknownUser": [scene(lookUp("Catherin")), inPair(lookUp("Catherin"))],
  "message_login unknownUserId": [
    scene(["message_login", { user_id: "USR005" }]),
    inPair(login, ["message_login", { user_id: "USR005" }]),
  ],
  "send_message notLoggedIn": [scene(send("USR003")), inPair(send("USR003"))],
  "send_message unknownReceiver": [scene(login, send("USR005")), inPair(login, send("USR005"))],
  "delete_message notLoggedIn": [scene(remove("USR001")), inPair(remove("USR001"))],
  "delete_message noMessageTo": [
    scene(login, remove("USR001")),
    scene(login, send("USR001"), remove("USR001"), remove("USR001")),
  ],
  "view_messages_sent notLoggedIn": [scene(["view_messages_sent", {}]), inPair(["view_messages_sent", {}])],
  "search_messages notLoggedIn": [
    scene(["search_messages", { keyword: "a" }]),
    scene(["message_login", { user_id: "Alice" }], ["search_messages", { keyword: "a" }]),
  ],
  "get_message_stats notLoggedIn": [scene(["get_message_stats", {}]), inPair(["get_message_stats", {}])],
  "add_contact nameTaken": [
    { config: { user_map: { Kim: "USR001" } }, calls: [add("Kim")] },
    scene(add("Kim"), add("Kim")),
  ],
  "add_contact idTaken": [
    { config: { user_count: 1, user_map: { Ann: "USR002" } }, calls: [add("Kim")] },
    { config: { user_count: 1, user_map: { Ann: "USR002", Bob: "USR003" } }, calls: [add("Kim")] },
  ],
};

describe("hints of messages", () => {
  test("every declared failure has one, and the same call reads differently in two states", () => {
    meetEveryFailure(messageHints, scenes);
    expect(Object.values(scenes).every(endAlike)).toBe(true);
  });

  test("a reader of the text alone logs in as the user it acts for, and finds the receiver", () => {
    /** Knows from the dialogue who acts, who is meant and, it may be, an id; all else it reads. */
    const readHint = (text: string, actor: string, given: string): { before: Made[]; receiver?: string } => {
      const before: Made[] = [];
      if (text.includes("Log in first")) before.push(["message_login", { user_id: actor }]);
      if (/add that contact first/.test(text)) before.push(add("Someone New"));
      return {
        before,
        receiver:
          /for 'receiver_id', (?:ids are written like|the nearest ids? (?:is|are)) '([^']+)'/i.exec(text)?.[1] ?? given,
      };
    };
    let repaired = 0;
    const given = fc.constantFrom("USR001", "usr002", "2", "user 03", "USR005", "USR0055", "USR4");
    fc.assert(
      fc.property(given, fc.boolean(), (receiver, loggedIn) => {
        const before = loggedIn ? [login] : [];
        if (succeeds(messageHints, scene(...before, send(receiver)))) return;
        const { guide } = hint(...before, send(receiver));
        const read = readHint(guide!.text, "USR001", receiver);
        const calls = [...before, ...read.before, send(read.receiver!)];
        for (let made = 1; made <= calls.length; made++)
          expect(succeeds(messageHints, scene(...calls.slice(0, made))), guide!.text).toBe(true);
        repaired++;
      }),
    );
    expect(repaired).toBeGreaterThan(30);
  });

  test("a name where an id is needed leads to looking it up, and tells no id", () => {
    for (const call of [["message_login", { user_id: "bob" }] as const, send("bob"), remove("bob")]) {
      const { diagnose, guide, direct } = hint(login, call);
      expect(diagnose!.text).toMatch(/is the name of (one|a user)/);
      expect(guide!.text).toContain("Look up the id of 'Bob' first");
      expect(guide!.text).not.toContain("USR002");
      expect(direct!.suggestion.tools).toEqual(["get_user_id"]);
    }
    expect(hint(login, lookUp("Bob"), send("Bob")).guide!.text).toContain(
      "Look again at what 'get_user_id' returned 1 call ago.",
    );
    expect(hint(login, lookUp("Alice"), send("Bob")).guide!.text).not.toContain("Look again");
  });

  test("an id written in another way, one that is still to come, and one that a call told before", () => {
    expect(hint(login, send("usr2")).guide!.suggestion).toMatchObject({ argument: "receiver_id", values: ["USR002"] });
    const next = hint(login, send("USR005"));
    expect(next.guide!.text).toContain("the id that the next new contact gets");
    expect(next.guide!.suggestion.unmet).toEqual(["a user with that id"]);
    expect(next.direct!.suggestion.tools).toEqual(["add_contact"]);
    expect(hint(add("Kim"), login, send("USR999")).guide!.suggestion.values![0]).toBe("USR005");
    expect(messages.tools.add_contact.spec.provides).toContain(next.guide!.suggestion.unmet![0]);
  });

  test("all that a call lacks is said at once", () => {
    const { diagnose } = hint(send("USR005"));
    expect(diagnose!.suggestion.unmet).toEqual(["logged in to messages", "a user with that id"]);
    expect(hint(send("USR002")).diagnose!.suggestion.unmet).toEqual(["logged in to messages"]);
    expect(hint(remove("USR001")).diagnose!.suggestion.unmet).toEqual([
      "logged in to messages",
      "a message to that receiver",
    ]);
  });

  test("a failed login does not log anyone out, and says who is logged in at `guide`", () => {
    const { diagnose, guide } = hint(login, ["message_login", { user_id: "USR777" }]);
    expect(diagnose!.text).toContain("the one who was logged in before still is");
    expect(diagnose!.text).not.toContain("USR001");
    expect(guide!.text).toContain("Logged in now is 'USR001'.");
  });

  test("a message is deleted by its receiver, not by its own id", () => {
    const { guide } = hint(login, send("USR003"), remove("67410"));
    expect(guide!.text).toContain("a message is deleted by its receiver");
    expect(guide!.suggestion.values).toEqual(["USR003"]);
    const none = met(messageHints, { config: { inbox: [] }, calls: [login, remove("USR002")] });
    expect(none.guide!.text).toContain("Nothing is left to delete");
  });

  test("names: the nearest, someone new, and an id in place of a name", () => {
    expect(hint(lookUp("Catherin")).guide!.suggestion).toMatchObject({ argument: "user", values: ["Catherine"] });
    const someone = hint(lookUp("Quentin Zyx"));
    expect(someone.guide!.text).toContain("Someone new has to be added as a contact first");
    expect(succeeds(messageHints, scene(add("Quentin Zyx"), lookUp("Quentin Zyx")))).toBe(true);
    expect(hint(lookUp("USR004")).guide!.text).toContain("can be used as it is wherever an id is needed");
    const added = hint(add("Kim"), ["list_users", {}], add("Kim")).guide!.text;
    expect(added).toContain("the id stands in what that call returned");
  });

  test("an id made up for a contact that is taken: the number of tries is what the hint says", () => {
    const config = { user_count: 1, user_map: { Ann: "USR002", Bob: "USR003", Cy: "USR004" } };
    const taken = met(messageHints, { config, calls: [add("Kim")] });
    expect(taken.guide!.text).toContain("after 2 more that fail like this");
    expect(succeeds(messageHints, { config, calls: Array(3).fill(add("Kim")) })).toBe(false);
    expect(succeeds(messageHints, { config, calls: Array(4).fill(add("Kim")) })).toBe(true);
  });

  test("no hint throws or grows long, whatever a user or a receiver is called", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("", "'", "USR", "x".repeat(5000), "__proto__", "ALICE ", "999"));
    fc.assert(
      fc.property(text, fc.boolean(), (given, loggedIn) => {
        const before = loggedIn ? [login] : [];
        for (const call of [lookUp(given), send(given), remove(given), ["message_login", { user_id: given }] as const])
          if (!succeeds(messageHints, scene(...before, call)))
            expect(hint(...before, call).direct!.text.length).toBeLessThan(1200);
      }),
    );
  });
});

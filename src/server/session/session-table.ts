import { randomBytes } from "node:crypto";
import type { Catalog } from "../catalog.ts";
import type { ResetDefaults } from "./reset-options.ts";
import { createSession, type Session } from "./session.ts";
import { SessionError } from "./session-error.ts";
import type { SessionEvent } from "./session-event.ts";

export interface TableLimits {
  readonly maxSessions: number;
  /** A session that nothing is attached to is closed after this long without a request. */
  readonly idleSeconds: number;
  /** Steps of one episode at most; the last of them ends it. */
  readonly maxSteps: number;
}
export const defaultLimits: TableLimits = { maxSessions: 4096, idleSeconds: 600, maxSteps: 1000 };

export interface TableOptions {
  readonly catalog: Catalog;
  readonly defaults?: ResetDefaults;
  readonly limits?: Partial<TableLimits>;
  readonly onEvent?: (event: SessionEvent) => void;
  /** Milliseconds, from any start. */
  readonly now?: () => number;
}

/** The sessions of a server, whichever protocol they are used by. */
export interface SessionTable {
  readonly catalog: Catalog;
  readonly limits: TableLimits;
  readonly defaults: ResetDefaults;
  readonly active: number;
  readonly attached: number;
  /** Throws a `SessionError`: `capacity` with the counts, or `draining`. */
  create(): Session;
  /** Throws a `SessionError`, `unknownSession`, where there is none or no more. Its idle time starts anew. */
  get(id: string): Session;
  /** As `get`, for those who go on without it. */
  find(id: string): Session | undefined;
  /** Gets a session for one connection alone, during which it is never idle. Throws `attached` where another one has it. */
  attach(id: string): Session;
  detach(id: string): void;
  isAttached(id: string): boolean;
  /** Whether it was there. */
  close(id: string): boolean;
  /** Does what is given when the session is closed, by whomever. Returns what calls that off. */
  onClose(id: string, listener: () => void): () => void;
  /** Closes what has been idle for too long; happens by itself, several times in the idle time. Returns how many. */
  reap(): number;
  /** From now on nothing new is created. */
  drain(): void;
  readonly draining: boolean;
  /** Closes all sessions, and stops the reaper. */
  shutDown(): void;
}

interface Entry {
  readonly session: Session;
  touched: number;
  attached: boolean;
  readonly listeners: Set<() => void>;
}

export function createSessionTable(options: TableOptions): SessionTable {
  const { catalog, defaults = {}, onEvent = () => {}, now = () => performance.now() } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const entries = new Map<string, Entry>();
  let draining = false;
  let attached = 0;
  let [task, seed] = [0, 0];
  const context = {
    ...{ catalog, defaults, maxSteps: limits.maxSteps, onEvent },
    unasked: { nextTask: () => catalog.tasks[task++ % catalog.tasks.length]!, nextSeed: () => seed++ },
    mayStart() {
      if (draining) throw new SessionError("draining", "the server is shutting down: start the episode on another one");
    },
  };

  const entryOf = (id: string): Entry => {
    const entry = entries.get(id);
    if (!entry)
      throw new SessionError(
        "unknownSession",
        "there is no such session: it was closed, was idle for too long, or never was",
      );
    entry.touched = now();
    return entry;
  };
  const remove = (id: string, why: "client" | "idle" | "shutdown"): boolean => {
    const entry = entries.get(id);
    if (!entry) return false;
    entries.delete(id);
    if (entry.attached) attached--;
    for (const listener of entry.listeners) listener();
    onEvent({ kind: "closed", session: id, why });
    return true;
  };

  const table: SessionTable = {
    ...{ catalog, limits, defaults },
    get active() {
      return entries.size;
    },
    get attached() {
      return attached;
    },
    get draining() {
      return draining;
    },
    create() {
      context.mayStart();
      if (entries.size >= limits.maxSessions)
        throw new SessionError(
          "capacity",
          `all ${limits.maxSessions} sessions are in use: close some, or raise --max-sessions`,
          { active: entries.size, max: limits.maxSessions },
        );
      const session = createSession(randomBytes(16).toString("base64url"), context);
      entries.set(session.id, { session, touched: now(), attached: false, listeners: new Set() });
      onEvent({ kind: "created", session: session.id });
      return session;
    },
    get: (id) => entryOf(id).session,
    find: (id) => (entries.has(id) ? entryOf(id).session : undefined),
    attach(id) {
      const entry = entryOf(id);
      if (entry.attached) throw new SessionError("attached", "the session already has an attached connection");
      entry.attached = true;
      attached++;
      return entry.session;
    },
    detach(id) {
      const entry = entries.get(id);
      if (!entry?.attached) return;
      entry.attached = false;
      entry.touched = now();
      attached--;
    },
    isAttached: (id) => entries.get(id)?.attached ?? false,
    close: (id) => remove(id, "client"),
    onClose(id, listener) {
      const { listeners } = entryOf(id);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    reap() {
      const limit = now() - 1000 * limits.idleSeconds;
      const idle = [...entries].filter(([, entry]) => !entry.attached && entry.touched < limit);
      for (const [id] of idle) remove(id, "idle");
      return idle.length;
    },
    drain() {
      draining = true;
    },
    shutDown() {
      draining = true;
      clearInterval(reaper);
      for (const id of [...entries.keys()]) remove(id, "shutdown");
    },
  };
  const reaper = setInterval(() => table.reap(), Math.min(10_000, 250 * limits.idleSeconds));
  reaper.unref();
  return table;
}

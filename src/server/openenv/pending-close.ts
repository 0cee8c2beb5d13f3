import type { Session } from "../session/session.ts";

/** Sessions that were asked to close while a socket had them; they close as it goes. */
export const pendingClose: WeakSet<Session> = new WeakSet();
